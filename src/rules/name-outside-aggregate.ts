// An event of an aggregate is not named after it.
import { gather } from '../core/gather.ts';
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
    message: 'the aggregate "{aggregate}" is not told by the name of {event}',
    hint: 'Rename {event} to {renamed}, or correct "aggregate" there.',
    why: 'Whoever subscribes by a pattern such as "{aggregate}.*" misses it, and a reader looks for it elsewhere.',
    source: 'E. Evans, Domain-Driven Design, "Ubiquitous Language"',
    joins: ['event', 'renamed'],
  },
  ({ model }) => {
    const outside = model.events.flatMap(({ name, aggregate, origin }) =>
      aggregate === null || isNamedAfter(name, aggregate)
        ? []
        : [{ name, aggregate, origin }],
    );
    const inside = (one: { name: string; aggregate: string }): string =>
      `${one.aggregate}.${one.name.split('.').at(-1) ?? ''}`;
    const taken = gather(
      [...model.events.map(({ name }) => name), ...outside.map(inside)],
      (name) => [name],
    );
    return outside.map((one) => ({
      at: child(one.origin, 'aggregate'),
      event: one.name,
      aggregate: one.aggregate,
      // Of two events that would get one name, each keeps the whole of its own.
      renamed:
        taken.get(inside(one))?.length === 1
          ? inside(one)
          : `${one.aggregate}.${one.name}`,
    }));
  },
);

const isNamedAfter = (name: string, aggregate: string): boolean =>
  `.${name}.`.includes(`.${aggregate}.`) ||
  name.startsWith(`${aggregate}-`) ||
  name.startsWith(`${aggregate}_`);
