// What a spec allows, said from its words: who publishes, handles, asks and answers what. Reads the model alone, never what
// was made of it for a broker, so that it can contradict that.
import type { ConsumerGroup, Model } from '../model/model.ts';

export interface Participation {
  readonly service: string;
  /** Events that it publishes. */
  readonly publishes: readonly string[];
  readonly groups: readonly ConsumerGroup[];
  /** Requests that it asks, and those that it answers. */
  readonly asks: readonly string[];
  readonly answers: readonly string[];
}

/** Lists every service that takes part, with what the spec lets it do. */
export function participations(model: Model): readonly Participation[] {
  return model.services.map(({ name: service }) => ({
    service,
    publishes: [
      ...new Set(
        model.publications
          .filter((publication) => publication.service === service)
          .map(({ event }) => event),
      ),
    ],
    groups: model.groups.filter((group) => group.service === service),
    asks: model.requests
      .filter(({ requester }) => requester === service)
      .map(({ name }) => name),
    answers: model.requests
      .filter(({ responder }) => responder === service)
      .map(({ name }) => name),
  }));
}

/** Groups that must get an event. */
export function groupsOf(model: Model, event: string): readonly string[] {
  return model.groups
    .filter(({ events }) => events.includes(event))
    .map(({ name }) => name);
}

/** The channel that carries an event. */
export function channelOf(model: Model, event: string): string {
  const found = model.events.find(({ name }) => name === event);
  if (found === undefined) throw new Error(`no event ${event}`);
  return found.channel;
}

/** Somebody who may publish an event; null when nobody in the spec does. */
export function publisherOf(model: Model, event: string): string | null {
  return (
    model.publications.find((publication) => publication.event === event)
      ?.service ?? null
  );
}

/** Whether a group keeps what it gives up, and in how many steps it sets failed messages of a channel aside before. */
export function failuresOf(
  model: Model,
  group: ConsumerGroup,
  channel: string,
): { readonly hasDeadLetter: boolean; readonly steps: number } {
  const carried = new Set(
    model.channels.find(({ name }) => name === channel)?.events ?? [],
  );
  const own = model.subscriptions.filter(
    (subscription) =>
      subscription.group === group.name &&
      subscription.events.some((event) => carried.has(event)),
  );
  const aside = own
    .map(({ retry }) => retry.value)
    .filter(({ mode }) => mode === 'non-blocking');
  return {
    hasDeadLetter: own.some(({ hasDeadLetter }) => hasDeadLetter.value),
    steps: Math.max(0, ...aside.map(({ attempts }) => attempts - 1)),
  };
}
