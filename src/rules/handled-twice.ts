// One service receives an event twice, through subscriptions that overlap.
import type { Subscription } from '../model/model.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/handled-twice`. */
export const handledTwice = defineRule(
  {
    name: 'handled-twice',
    area: 'idempotency',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'One service receives an event twice, through subscriptions that overlap.',
    message:
      '"{service}" receives "{event}" twice: by "{first}" in the group "{firstGroup}" and by "{second}" in "{secondGroup}"',
    hint: 'Narrow "{second}" of consumer "{service}", or give both the same "group".',
    why: 'Each group has a position of its own, so both handlers run, at different times and in no order to each other. Nobody who reads the pattern expects that.',
    source:
      'RabbitMQ documentation, "Topics"; Apache Kafka documentation, "Consumer groups"',
  },
  ({ model }) => {
    const seen = new Map<string, Subscription>();
    return model.subscriptions.flatMap((subscription) => {
      const { service, pattern, group, role, events, origin } = subscription;
      if (role.kind !== 'written') return [];
      const [overlap] = events.flatMap((event) => {
        const key = `${service} ${event}`;
        const first = seen.get(key);
        if (first === undefined) seen.set(key, subscription);
        // The same name in two groups is meant: the author listed both.
        return first === undefined ||
          first.pattern === pattern ||
          first.group === group
          ? []
          : [{ event, first }];
      });
      if (overlap === undefined) return [];
      const { event, first } = overlap;
      return [
        {
          at: origin,
          service,
          event,
          first: first.pattern,
          firstGroup: first.group,
          second: pattern,
          secondGroup: group,
        },
      ];
    });
  },
);
