// A service outside this system is to keep part of it.
import { gather } from '../core/gather.ts';
import { child } from '../core/pointer.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/external-keeper`. */
export const externalKeeper = defineRule(
  {
    name: 'external-keeper',
    area: 'ownership',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A service outside this system is to keep part of it.',
    message: '"{service}" is external, but is to keep {parts}',
    hint: 'Give {parts} to a service of this system, or remove "external: true" from "{service}".',
    why: 'Nothing is generated for an external service. What only it could do is done by nobody.',
    source: 'S. Brown, The C4 model, "System context"',
  },
  ({ model, services }) => {
    const kept = [
      ...model.aggregates.map(({ service, name }) => ({
        service,
        part: `aggregate "${name}"`,
      })),
      ...model.projections.map(({ service, name }) => ({
        service,
        part: `projection "${name}"`,
      })),
      ...model.sagas.map(({ coordinator, name }) => ({
        service: coordinator ?? '',
        part: `saga "${name}"`,
      })),
    ];
    return [...gather(kept, ({ service }) => [service])].flatMap(
      ([service, parts]) => {
        const described = services().get(service);
        if (described?.isExternal !== true) return [];
        return [
          {
            at: child(described.origin, 'external'),
            service,
            parts: parts.map(({ part }) => part).join(' and '),
          },
        ];
      },
    );
  },
);
