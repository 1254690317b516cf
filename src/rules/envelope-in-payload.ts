// A payload repeats what the envelope of every event holds.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/envelope-in-payload`. */
export const envelopeInPayload = defineRule(
  {
    name: 'envelope-in-payload',
    area: 'schemas',
    severity: 'info',
    profile: 'strict',
    summary: 'A payload repeats what the envelope of every event holds.',
    message:
      '{fields} in the payload of {event}: every envelope holds that already',
    hint: 'Remove {fields} from the payload of {event}, and read {attributes} of the envelope.',
    why: 'Two places for one fact can disagree, and each consumer reads another. The envelope is the same for all events, so that tracing and deduplication work without knowing any payload.',
    source: 'CloudEvents 1.0, "Context Attributes"; W3C Trace Context',
    joins: 'event',
  },
  ({ model }) =>
    model.events.flatMap(({ name, payload }) => {
      const repeated = payload.fields.flatMap((field) => {
        const attribute = attributes.get(field.name.toLowerCase());
        return attribute === undefined ? [] : [{ field, attribute }];
      });
      const [first] = repeated;
      if (first === undefined) return [];
      return [
        {
          at: { pointer: first.field.origin, at: 'key' },
          event: name,
          fields: shortList(repeated.map(({ field }) => field.name)),
          attributes: shortList([
            ...new Set(repeated.map(({ attribute }) => attribute)),
          ]),
        },
      ];
    }),
);

/** Common names of what the envelope holds, in lower case, with the attribute's own name. */
const attributes: ReadonlyMap<string, string> = new Map([
  ['eventid', 'id'],
  ['messageid', 'id'],
  ['eventtype', 'type'],
  ['eventtime', 'time'],
  ['occurredat', 'time'],
  ['sentat', 'time'],
  ['correlationid', 'correlationid'],
  ['causationid', 'causationid'],
  ['traceid', 'traceparent'],
  ['traceparent', 'traceparent'],
]);
