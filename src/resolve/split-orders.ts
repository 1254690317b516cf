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
 * Finds the events that one consumer wants in order and that reach it through several channels: those of one publisher,
 * of one key unless the order is total, or those for one read model. Commands wait in queues of their own, and events of
 * two aggregates tell two things.
 */
export function splitOrders(model: Omit<Model, 'flows'>): SplitOrders {
  const readings = orderedReadings(model);
  const publishers = gather(model.publications, ({ event }) => [event]);
  const written = readings.filter(
    ({ subscription: { role }, event: { kind } }) =>
      role.kind === 'written' && kind !== 'command',
  );
  const byPublisher = (
    { subscription, event }: Reading,
    about: string,
  ): readonly string[] =>
    (publishers.get(event.name) ?? []).map(
      ({ service }) => `${subscription.service}\n${about}\n${service}`,
    );
  const ofOneKey = gather(written, (reading) => {
    const { name, key } = reading.event;
    return key === null
      ? []
      : byPublisher(reading, keyedThing(name, keyName(key)));
  });
  const inTotal = gather(
    written.filter(
      ({ subscription }) => subscription.ordering.value === 'total',
    ),
    (reading) => byPublisher(reading, ''),
  );
  const projected = gather(readings, ({ subscription: { role } }) =>
    role.kind === 'projection' ? [role.name ?? ''] : [],
  );
  return new Map([
    ...[...ofOneKey.values()]
      .filter((group) => group.some(({ event }) => event.aggregate === null))
      .flatMap(splitForConsumer),
    ...[...inTotal.values()].flatMap(splitForConsumer),
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

const splitForConsumer = (
  group: readonly Reading[],
): readonly (readonly [string, Pointer])[] =>
  split(group, group[0]?.subscription.origin ?? '');

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
