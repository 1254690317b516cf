// A consumer keeps an inbox, but its service has no database to keep it in.
import { defineRule } from './rule.ts';

/** Reports: `rule/inbox-without-database`. */
export const inboxWithoutDatabase = defineRule(
  {
    name: 'inbox-without-database',
    area: 'idempotency',
    severity: 'info',
    profile: 'recommended',
    summary:
      'A consumer keeps an inbox, but its service has no database to keep it in.',
    message:
      'consumer "{service}" keeps an inbox, but "{service}" is described without a database',
    hint: 'Add "database: postgresql" (or what it uses) to service "{service}", or use "idempotency: natural".',
    why: 'An inbox tells duplicates by the ids it has kept. Ids and effect have to be committed together, or a crash between the two lets a duplicate through or loses the effect.',
    source:
      'microservices.io, "Idempotent Consumer"; T. Masternak and S. Pobiega, exactly-once.github.io',
  },
  ({ subscriptionsByService, services }) =>
    [...subscriptionsByService()].flatMap(([service, subscribed]) => {
      const described = services().get(service);
      if (described?.isDeclared !== true || described.database !== null)
        return [];
      const [first] = subscribed
        .map(({ idempotency }) => idempotency)
        .filter(({ value, from }) => value === 'inbox' && from === 'spec');
      return first === undefined ? [] : [{ at: first.origin, service }];
    }),
);
