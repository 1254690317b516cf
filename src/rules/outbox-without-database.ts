// A publisher has an outbox, but its service has no database to keep it in.
import { defineRule } from './rule.ts';

/** Reports: `rule/outbox-without-database`. */
export const outboxWithoutDatabase = defineRule(
  {
    name: 'outbox-without-database',
    area: 'delivery',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A publisher has an outbox, but its service has no database to keep it in.',
    message:
      'publisher "{service}" has an outbox, but "{service}" is described without a database',
    hint: 'Add "database: postgresql" (or what it uses) to service "{service}"{otherwise}.',
    why: 'An outbox is a table that is written in the same transaction as the state. Without a database there is nothing that it could be consistent with.',
    source: 'C. Richardson, Microservices Patterns, "Transactional outbox"',
  },
  ({ publicationsByService, services }) =>
    [...publicationsByService()].flatMap(([service, published]) => {
      const described = services().get(service);
      // How a system outside keeps its outbox is not ours to say.
      if (described?.isDeclared !== true || described.isExternal) return [];
      if (described.database !== null) return [];
      const [first] = published
        .map(({ hasOutbox }) => hasOutbox)
        .filter(({ value, from }) => value && from === 'spec');
      if (first === undefined) return [];
      // Without it, what commits state would publish in two steps.
      const isNeeded = published.some(({ changesState }) => changesState.value);
      const otherwise = isNeeded ? '' : ', or remove "outbox"';
      return [{ at: first.origin, service, otherwise }];
    }),
);
