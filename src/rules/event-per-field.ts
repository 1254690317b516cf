// A service publishes an event for each field of one thing.
import { isKeyField, keyName } from '../model/event-key.ts';
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import type { Event } from '../model/model.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/event-per-field`. */
export const eventPerField = defineRule(
  {
    name: 'event-per-field',
    area: 'schemas',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A service publishes an event for each field of one thing.',
    message:
      '"{service}" tells {count} single fields of one thing in events of their own: {events}',
    hint: 'Publish what has happened, with all fields that change together, in the place of {events}.',
    why: 'What happened once comes in pieces, in an order that nobody promised, and a consumer cannot tell when it is whole. The reason of the change is lost on the way.',
    source:
      'G. Young, "Versioning in an Event Sourced System"; A. Brandolini, Introducing EventStorming',
  },
  ({ publicationsByService, events }) =>
    [...publicationsByService()].flatMap(([service, published]) => {
      const single = published.flatMap(({ event: name }) => {
        const event = events().get(name);
        return event !== undefined && tellsOneField(event) ? [event] : [];
      });
      const byKey = gather(single, ({ key }) =>
        key === null ? [] : [keyName(key)],
      );
      return [...byKey.values()]
        .filter((found) => found.length >= 4)
        .map((found) => ({
          at: { pointer: found[0]?.origin ?? '', at: 'key' as const },
          service,
          count: found.length,
          events: shortList(found.map(({ name }) => name)),
        }));
    }),
);

/** One field beside the key, and a name that says no more than that it changed. */
const tellsOneField = ({ name, kind, key, payload }: Event): boolean =>
  kind !== 'command' &&
  payload.fields.length === 2 &&
  payload.fields.some((field) => isKeyField(key, field.name)) &&
  /[._-](changed|modified|set|updated)$/.test(name);
