// Declared volumes to quotas: a client that runs wild is slowed down before it takes the cluster with it.
import { quotedList } from '../../core/text.ts';
import { addUp } from '../../model/load.ts';
import type { Model } from '../../model/model.ts';
import type { MissingQuota, Quota } from './design.ts';
import type { ModelIndex } from './model-index.ts';
import { principalName } from './names.ts';

/** Twice the declared peak: room for retries and for a volume that was declared too low. */
const producerFactor = 2;
/** Three times the peak that it handles, so that a consumer can catch up after an outage. */
const consumerFactor = 3;

/**
 * Gives a quota to each service whose events all declare a volume. A direction with an undeclared event stays without:
 * a limit made of half the traffic would throttle a healthy service.
 */
export function planQuotas(
  model: Model,
  index: ModelIndex,
): {
  readonly quotas: readonly Quota[];
  readonly missing: readonly MissingQuota[];
} {
  const quotas: Quota[] = [];
  const missing: MissingQuota[] = [];
  for (const service of model.services) {
    const principal = principalName(service.name);
    const sent = peakOf(published(index, service.name), index);
    const read = peakOf(consumed(index, service.name), index);
    if (sent.bytes !== null || read.bytes !== null) {
      quotas.push({
        principal,
        producerBytesPerSecond: scaled(sent.bytes, producerFactor),
        consumerBytesPerSecond: scaled(read.bytes, consumerFactor),
        why: { origin: service.origin, because: tell(sent.bytes, read.bytes) },
      });
    }
    const gaps = [
      ...(sent.bytes === null ? told('producing', sent.undeclared) : []),
      ...(read.bytes === null ? told('consuming', read.undeclared) : []),
    ];
    if (gaps.length > 0) missing.push({ principal, because: gaps.join('; ') });
  }
  return { quotas, missing };
}

interface Peak {
  /** Bytes per second; null when an event declares no volume, or there is none. */
  readonly bytes: number | null;
  readonly undeclared: readonly string[];
}

function peakOf(events: readonly string[], index: ModelIndex): Peak {
  const load = addUp(events, index.events);
  if (load === null) return { bytes: null, undeclared: events };
  const isWhole = load.undeclared.length === 0;
  return {
    bytes: isWhole ? load.peakBytesPerSecond : null,
    undeclared: load.undeclared,
  };
}

function published(index: ModelIndex, service: string): readonly string[] {
  const publications = index.publicationsByService.get(service) ?? [];
  return [...new Set(publications.map((publication) => publication.event))];
}

// A group fetches whole topics: it pays for every event of its channels, also for those it skips.
function consumed(index: ModelIndex, service: string): readonly string[] {
  const groups = index.groupsByService.get(service) ?? [];
  return groups.flatMap((group) =>
    group.channels.flatMap((name) => index.channels.get(name)?.events ?? []),
  );
}

function scaled(bytes: number | null, factor: number): number | null {
  return bytes === null ? null : Math.ceil(bytes * factor);
}

function tell(sent: number | null, read: number | null): string {
  return [
    ...(sent === null
      ? []
      : [`produces ${sent} B/s at peak, times ${producerFactor}`]),
    ...(read === null
      ? []
      : [`consumes ${read} B/s at peak, times ${consumerFactor} to catch up`]),
  ].join('; ');
}

function told(
  direction: string,
  undeclared: readonly string[],
): readonly string[] {
  if (undeclared.length === 0) return [];
  const shown = undeclared.slice(0, 3);
  const rest = undeclared.length - shown.length;
  const more = rest === 0 ? '' : ` and ${rest} more`;
  return [
    `no limit on ${direction}: no volume for ${quotedList(shown)}${more}`,
  ];
}
