// Subscriptions that share a queue do not agree whether dead letters are kept.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/rabbitmq-shared-dead-letter`. */
export const rabbitmqSharedDeadLetter = defineRule(
  {
    name: 'rabbitmq-shared-dead-letter',
    area: 'broker',
    severity: 'info',
    profile: 'recommended',
    broker: 'rabbitmq',
    summary:
      'Subscriptions that share a queue do not agree whether dead letters are kept.',
    message:
      'the queue of "{group}" keeps dead letters, also those of {without}, declared to drop what fails',
    hint: 'Give {without} of consumer "{service}" a "group" of its own, or remove "deadLetter: false" there.',
    why: 'Dead-lettering is a setting of the queue. What one of its subscriptions wants, all of them have.',
    source: 'RabbitMQ documentation, "Dead Letter Exchanges"',
  },
  ({ model, subscriptions }) =>
    model.groups.flatMap(({ name, service, delivery, subscriptions: ids }) => {
      const members = ids.flatMap((id) => subscriptions().get(id) ?? []);
      const without = members.filter(
        ({ hasDeadLetter }) => !hasDeadLetter.value,
      );
      const [first] = without;
      const isShared =
        without.length < members.length && delivery.value !== 'at-most-once';
      if (first === undefined || !isShared) return [];
      return [
        {
          at: first.hasDeadLetter.origin,
          without: shortList(without.map(({ pattern }) => pattern)),
          group: name,
          service,
        },
      ];
    }),
);
