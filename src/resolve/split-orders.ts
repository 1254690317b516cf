// Consumers that read events of one thing from several channels: order holds within a channel, and none between them.
import { gather } from '../core/gather.ts';
import type { Pointer } from '../core/pointer.ts';
import { keyedThing, keyName } from '../model/event-key.ts';
import type { Event, Model, Subscription } from '../model/model.ts';

/** Where a subscription's events are split from others of the same thing: by subscription id and event. */
export type SplitOrders = ReadonlyMap<string, Pointer>;

/** The key of a split: one event of one subscription. */
export const splitKey = (subscription: string, event: string): string =>
  `${subscription}\n${event}`;

interface Reading {
  readonly subscription: Subscription;
  readonly event: Event;
}

/**
 * Finds the events that one consumer wants in order and that reach it through several channels: of one key and one
 * publisher, or for one read model. Commands wait in queues of their own, and events of two aggregates tell two things.
 */
export function splitOrders(model: Omit<Model, 'flows'>): SplitOrders {
  const readings = orderedReadings(model);
  const publishers = gather(model.publications, ({ event }) => [event]);
  const written = gather(
    readings.filter(({ subscription: { role } }) => role.kind === 'written'),
    ({ subscription, event }) =>
      event.key === null || event.kind === 'command'
        ? []
        : (publishers.get(event.name) ?? []).map(
            ({ service }) =>
              `${subscription.service}\n${keyedThing(event.name, keyName(event.key ?? []))}\n${service}`,
          ),
  );
  const projected = gather(readings, ({ subscription: { role } }) =>
    role.kind === 'projection' ? [role.name ?? ''] : [],
  );
  return new Map([
    ...[...written.values()].flatMap((group) =>
      group.every(({ event }) => event.aggregate !== null)
        ? []
        : split(group, group[0]?.subscription.origin ?? ''),
    ),
    ...[...projected].flatMap(([name, group]) =>
      split(
        group,
        model.projections.find((one) => one.name === name)?.origin ?? '',
      ),
    ),
  ]);
}

function orderedReadings(model: Omit<Model, 'flows'>): readonly Reading[] {
  const events = new Map(model.events.map((event) => [event.name, event]));
  return model.subscriptions
    .filter(({ ordering }) => ordering.value !== 'none')
    .flatMap((subscription) =>
      subscription.events.flatMap((name) => {
        const event = events.get(name);
        return event === undefined ? [] : [{ subscription, event }];
      }),
    );
}

const split = (
  group: readonly Reading[],
  at: Pointer,
): readonly (readonly [string, Pointer])[] =>
  new Set(group.map(({ event }) => event.channel)).size < 2
    ? []
    : group.map(({ subscription, event }) => [
        splitKey(subscription.id, event.name),
        at,
      ]);
