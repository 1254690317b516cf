// Small models said as traffic: which service publishes and which handles which events.
import type { Event, Model, RequestReply } from '../model/model.ts';
import type { Field, Primitive, Shape } from '../model/payload.ts';
import {
  smallChannel,
  smallEvent,
  smallGroup,
  smallModel,
  smallPublications,
  smallRequest,
  smallSubscription,
} from './small-model.ts';

/** Makes a shape of required fields by their primitive types. */
export function shapeOf(fields: Readonly<Record<string, Primitive>>): Shape {
  const list = Object.entries(fields).map(([name, primitive]): Field => ({
    name,
    type: { kind: 'primitive', name: primitive },
    isRequired: true,
    isPii: false,
    description: null,
    origin: '',
  }));
  return { fields: list, schema: null, origin: '' };
}

/** Makes an event without a key, on the channel of its own name. */
export function eventOf(name: string, facts: Partial<Event> = {}): Event {
  const payload = shapeOf({ orderId: 'uuid' });
  return smallEvent(name, name, { key: null, payload, ...facts });
}

/** Makes a request of the first service to the second. */
export function requestOf(
  name: string,
  [requester, responder]: readonly [string, string],
): RequestReply {
  return {
    ...smallRequest(name, requester, responder),
    request: shapeOf({ productId: 'string' }),
    reply: shapeOf({ available: 'boolean' }),
  };
}

/** Who publishes and who handles which events; each consumer has one group per channel. */
export interface Traffic {
  readonly broker: string;
  readonly events: readonly Event[];
  readonly publishers: Readonly<Record<string, readonly string[]>>;
  readonly consumers: Readonly<Record<string, readonly string[]>>;
}

/** Makes a model in which services exchange events; the rest of it is empty unless `facts` says otherwise. */
export function modelOf(traffic: Traffic, facts: Partial<Model> = {}): Model {
  const { broker, events, publishers, consumers } = traffic;
  const onChannel = (name: string): readonly string[] =>
    events.flatMap((event) => (event.channel === name ? [event.name] : []));
  const channels = [...new Set(events.map(({ channel }) => channel))];
  const groups = Object.entries(consumers).flatMap(([service, names]) =>
    channels.flatMap((channel) => {
      const handled = onChannel(channel).filter((name) => names.includes(name));
      if (handled.length === 0) return [];
      const members = handled.map((name) =>
        smallSubscription(`${service}.${channel}`, service, { events: [name] }),
      );
      return [{ members, group: smallGroup(members, [channel]) }];
    }),
  );
  return {
    ...smallModel({
      broker: { kind: broker, version: '4.1' },
      events,
      channels: channels.map((name) => smallChannel(name, onChannel(name))),
      publications: Object.entries(publishers).flatMap(([service, names]) =>
        smallPublications(service, names),
      ),
      subscriptions: groups.flatMap(({ members }) => members),
      groups: groups.map(({ group }) => group),
    }),
    name: 'Online shop',
    ...facts,
  };
}
