// A service keeps state, but is described without a database.
import { gather } from '../core/gather.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/state-without-database`. */
export const stateWithoutDatabase = defineRule(
  {
    name: 'state-without-database',
    area: 'operations',
    severity: 'info',
    profile: 'recommended',
    summary: 'A service keeps state, but is described without a database.',
    message: '"{service}" keeps {state}, but is described without a database',
    hint: 'Add "database: postgresql" (or what it uses) to service "{service}".',
    why: 'State that is kept nowhere is lost with the process. Which database it is decides what can be committed together with the events.',
    source: 'C. Richardson, Microservices Patterns, "Database per service"',
  },
  ({ model, services }) => {
    const kept = [
      ...model.aggregates
        .filter(({ storage }) => storage.value === 'state')
        .map(({ service, name }) => ({ service, what: `aggregate "${name}"` })),
      ...model.projections.map(({ service, name }) => ({
        service,
        what: `projection "${name}"`,
      })),
      ...model.sagas.map(({ coordinator, name }) => ({
        service: coordinator ?? '',
        what: `the state of saga "${name}"`,
      })),
    ];
    return [...gather(kept, ({ service }) => [service])].flatMap(
      ([service, found]) => {
        const described = services().get(service);
        if (described?.isDeclared !== true || described.database !== null)
          return [];
        return [
          {
            at: { pointer: described.origin, at: 'key' },
            service,
            state: found.map(({ what }) => what).join(', '),
          },
        ];
      },
    );
  },
);
