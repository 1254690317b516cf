// Several services publish the same event.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/several-publishers`. */
export const severalPublishers = defineRule(
  {
    name: 'several-publishers',
    area: 'ownership',
    severity: 'warning',
    profile: 'recommended',
    summary: 'Several services publish the same event.',
    message: '"{event}" is published by {services}',
    hint: 'Leave "{event}" to the service that owns what it tells, and give the others events of their own.',
    why: 'A fact has one source. With several, nobody owns the contract, no order holds between them, and each can publish what the others do not allow.',
    source:
      'C. Richardson, Microservices Patterns; B. Stopford, Designing Event-Driven Systems (single writer principle)',
  },
  ({ model, publicationsByEvent }) =>
    model.events.flatMap(({ name, kind, origin }) => {
      const services = [
        ...new Set(
          (publicationsByEvent().get(name) ?? []).map(({ service }) => service),
        ),
      ];
      if (kind === 'command' || services.length < 2) return [];
      return [
        {
          at: { pointer: origin, at: 'key' },
          event: name,
          services: shortList(services),
        },
      ];
    }),
);
