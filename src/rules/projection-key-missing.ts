// An event of a read model does not carry the key of its rows.
import { locateField, shapeLookup } from '../model/locate-field.ts';
import { child } from '../core/pointer.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/projection-key-missing`. */
export const projectionKeyMissing = defineRule(
  {
    name: 'projection-key-missing',
    area: 'operations',
    severity: 'warning',
    profile: 'minimal',
    summary: 'An event of a read model does not carry the key of its rows.',
    message:
      'projection "{projection}" is keyed by "{key}", which is not in {events}',
    hint: 'Add "{key}" to the payload of {events}, or leave them out of "from".',
    why: 'The handler has to find the row that an event is about. Without the key it can only guess, or ask back.',
    source: 'G. Young, "CQRS Documents"',
  },
  ({ model, events }) => {
    const shapeOf = shapeLookup(model.types);
    return model.projections.flatMap(({ name, key, from, origin }) => {
      const without = from.filter((event) => {
        const payload = events().get(event)?.payload;
        // What an authored schema holds beyond its properties cannot be told.
        if (
          payload === undefined ||
          (payload.schema !== null && payload.fields.length === 0)
        )
          return false;
        return locateField(payload, [key], shapeOf) === null;
      });
      if (without.length === 0) return [];
      return [
        {
          at: child(origin, 'key'),
          projection: name,
          key,
          events: shortList(without),
        },
      ];
    });
  },
);
