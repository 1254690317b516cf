// An event of an aggregate is not named after it.
import { child } from '../core/pointer.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/name-outside-aggregate`. */
export const nameOutsideAggregate = defineRule(
  {
    name: 'name-outside-aggregate',
    area: 'naming',
    severity: 'info',
    profile: 'recommended',
    summary: 'An event of an aggregate is not named after it.',
    message:
      '"{event}" belongs to the aggregate "{aggregate}", which its name does not tell',
    hint: 'Rename "{event}" to "{aggregate}.{last}", or correct its "aggregate".',
    why: 'Whoever subscribes by a pattern such as "{aggregate}.*" misses it, and a reader looks for it elsewhere.',
    source: 'E. Evans, Domain-Driven Design, "Ubiquitous Language"',
  },
  ({ model }) =>
    model.events.flatMap(({ name, aggregate, origin }) => {
      if (aggregate === null || `.${name}.`.includes(`.${aggregate}.`))
        return [];
      const isPart =
        name.startsWith(`${aggregate}-`) || name.startsWith(`${aggregate}_`);
      if (isPart) return [];
      return [
        {
          at: child(origin, 'aggregate'),
          event: name,
          aggregate,
          last: name.split('.').at(-1) ?? '',
        },
      ];
    }),
);
