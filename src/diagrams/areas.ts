// Parts of a system small enough for one picture: bounded contexts, split where one is too large.
import type { Model } from '../model/model.ts';
import { gather, type ModelIndex } from './model-index.ts';

export interface Area {
  /** Bounded context; null for the services that name none. */
  readonly context: string | null;
  /** Which part of a context that was split, counted from 1; null when it was not. */
  readonly part: number | null;
  readonly services: readonly string[];
}

/** One picture holds at most this many services, channels and arrows; measured by eye at the size of a wall poster. */
const limits = { services: 12, channels: 16, links: 34 };
const servicesPerPart = 8;

/** Tells whether the whole system is legible in one picture. */
export function fitsOnePicture(model: Model): boolean {
  return (
    model.services.length <= limits.services &&
    model.channels.length <= limits.channels &&
    linkCount(model) <= limits.links
  );
}

function linkCount(model: Model): number {
  const channelOf = new Map(
    model.events.map((event) => [event.name, event.channel]),
  );
  const published = new Set(
    model.publications.map((one) =>
      JSON.stringify([one.service, channelOf.get(one.event)]),
    ),
  );
  const consumed = new Set(
    model.groups.flatMap((group) =>
      group.channels.map((channel) => JSON.stringify([group.service, channel])),
    ),
  );
  return published.size + consumed.size;
}

/**
 * Divides the services by bounded context, in order of first mention; more than eight in one context are split into
 * parts of near equal size. Services without a context come last.
 */
export function areasOf(model: Model): readonly Area[] {
  const contexts = [
    ...new Set(model.services.map((service) => service.context)),
  ].sort((left, right) => Number(left === null) - Number(right === null));
  return contexts.flatMap((context) => {
    const services = model.services
      .filter((service) => service.context === context)
      .map((service) => service.name);
    const parts = Math.ceil(services.length / servicesPerPart);
    const size = Math.ceil(services.length / parts);
    return Array.from({ length: parts }, (_, index) => ({
      context,
      part: parts === 1 ? null : index + 1,
      services: services.slice(index * size, (index + 1) * size),
    }));
  });
}

/** Events that one area sends another. */
export interface AreaLink {
  readonly from: number;
  readonly to: number;
  readonly events: readonly string[];
}

/** Lists, by the areas' places in the list, which events travel from one to another; one link per pair. */
export function areaLinks(
  model: Model,
  index: ModelIndex,
  areas: readonly Area[],
): readonly AreaLink[] {
  const place = new Map(
    areas.flatMap((area, at) =>
      area.services.map((service) => [service, at] as const),
    ),
  );
  const hops = model.publications.flatMap((publication) =>
    (index.subscriptionsByEvent.get(publication.event) ?? []).map(
      (subscription) => ({
        event: publication.event,
        from: place.get(publication.service) ?? -1,
        to: place.get(subscription.service) ?? -1,
      }),
    ),
  );
  const byPair = gather(
    hops.filter((hop) => hop.from !== hop.to),
    (hop) => [`${hop.from} ${hop.to}`],
  );
  return [...byPair.values()].map((pair) => ({
    from: pair[0]?.from ?? -1,
    to: pair[0]?.to ?? -1,
    events: [...new Set(pair.map((hop) => hop.event))],
  }));
}
