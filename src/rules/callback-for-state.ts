// A consumer is told that something happened, and has to ask the publisher what.
import { isKeyField } from '../model/event-key.ts';
import { gather } from '../core/gather.ts';
import type { Event } from '../model/model.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/callback-for-state`. */
export const callbackForState = defineRule(
  {
    name: 'callback-for-state',
    area: 'operations',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A consumer is told that something happened, and has to ask the publisher what.',
    message:
      '"{consumer}" is told "{event}", which holds nothing but identities, and asks "{publisher}" by "{request}" for the rest',
    hint: 'Carry in "{event}" what "{consumer}" asks for by "{request}", and drop the request.',
    why: 'Both have to be up at once, and the answer tells how things are now and not how they were at the event. Every event brings a call back, at the rate of the events.',
    source:
      'M. Fowler, "What do you mean by Event-Driven?" (event notification); C. Richardson, Microservices Patterns, chapter 3',
  },
  ({ model, publicationsByEvent, subscriptionsByEvent }) => {
    const asked = gather(model.requests, ({ requester, responder }) => [
      `${requester} ${responder}`,
    ]);
    if (asked.size === 0) return [];
    return model.events.filter(isThin).flatMap((event) => {
      const pairs = (publicationsByEvent().get(event.name) ?? []).flatMap(
        ({ service: publisher }) =>
          (subscriptionsByEvent().get(event.name) ?? []).map(
            ({ service: consumer }) => ({ publisher, consumer }),
          ),
      );
      const found = pairs.flatMap(({ publisher, consumer }) =>
        (asked.get(`${consumer} ${publisher}`) ?? [])
          .filter(({ request }) =>
            request.fields.some(({ name }) => isKeyField(event.key, name)),
          )
          .map(({ name }) => ({ publisher, consumer, request: name })),
      );
      const [first] = found;
      if (first === undefined) return [];
      return [
        {
          at: { pointer: event.origin, at: 'key' as const },
          event: event.name,
          ...first,
        },
      ];
    });
  },
);

/** An event, not a command, whose fields are its key and other identities. */
const isThin = ({ kind, key, payload: { fields, schema } }: Event): boolean =>
  kind !== 'command' &&
  schema === null &&
  fields.length > 0 &&
  fields.every(
    ({ name }) => isKeyField(key, name) || /(Id|_id|ID)$/.test(name),
  );
