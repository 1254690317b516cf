// Alerts over the recorded traffic, the same for every broker that records `event_arch:group_lag:events` and its like.
import { formatDuration, formatRate } from '../core/units.ts';
import type { Load } from '../model/load.ts';
import type { Channel, ConsumerGroup, Model } from '../model/model.ts';
import { lagTolerance } from '../model/tolerances.ts';
import type { LagTolerance } from '../model/tolerances.ts';
import type { AlertRule, Panel, Phrase, SampleSeries } from './monitoring.ts';
import { limitsOf, onLimit } from './alert-limits.ts';

/** The environment that unit tests of rules play in. */
export const testEnvironment = 'test';

/** Names of the recorded series; labels `environment` and `group` or `channel`. */
export const recorded = {
  lagEvents: 'event_arch:group_lag:events',
  handledRate: 'event_arch:group_handled:rate5m',
  drainSeconds: 'event_arch:group_drain:seconds',
  publishedRate: 'event_arch:channel_published:rate5m',
} as const;

export const minutesIn = (ms: number): number => ms / 60_000;

/** Says why a group may be as late as it may. */
export function toleranceWords(tolerance: LagTolerance): Phrase {
  return {
    key: `late.${tolerance.source}`,
    parameters: {
      limit: formatDuration(tolerance.ms),
      declared:
        tolerance.declaredMs === null
          ? ''
          : formatDuration(tolerance.declaredMs),
      name: tolerance.name,
    },
  };
}

/** Says why so many events may wait, and for how many of the group's events that is not known. */
function eventsWords(
  load: Load,
  tolerance: LagTolerance,
  limit: number,
): Phrase {
  const parameters = {
    limit,
    peak: formatRate(load.peakPerSecond),
    late: formatDuration(tolerance.ms),
  };
  const undeclared = load.undeclared.length;
  return undeclared === 0
    ? { key: 'events', parameters }
    : {
        key: 'events.undeclared',
        parameters: { ...parameters, undeclared },
        count: 'undeclared',
      };
}

/** A group as the broker names it, with what is known of its traffic. */
export interface WatchedGroup {
  readonly group: ConsumerGroup;
  readonly name: string;
  readonly load: Load | null;
  /** Test series in which the group lags by so many events. */
  readonly lagging: (
    events: number,
    minutes: number,
  ) => readonly SampleSeries[];
}

/** Alerts when more events wait than arrive at peak within the tolerated lag; nothing where no volume is declared. */
export function behindInEvents(
  model: Model,
  { group, name, load, lagging }: WatchedGroup,
): readonly AlertRule[] {
  if (load === null) return [];
  const tolerance = lagTolerance(model, group);
  const limit = Math.max(
    1,
    Math.ceil((load.peakPerSecond * tolerance.ms) / 1000),
  );
  const [event] = model.events.filter(
    (one) => group.events.includes(one.name) && one.volume !== null,
  );
  return [
    {
      name: 'GroupBehindInEvents',
      severity: 'warning',
      subject: name,
      service: group.service,
      expression: `${recorded.lagEvents} > ${onLimit('system', 'group')} ${limitsOf(model, 'GroupBehindInEvents')}`,
      limit: {
        value: limit,
        text: String(limit),
        labels: [{ group: name }],
        environments: null,
      },
      forMinutes: 5,
      threshold: eventsWords(load, tolerance, limit),
      origin: event?.volume?.origin ?? group.origin,
      guide: 'on-call',
      proof: {
        fires: lagging(limit + 1, 10),
        holds: lagging(limit, 10),
        atMinute: 8,
        labels: { environment: testEnvironment, group: name },
      },
    },
  ];
}

/** A channel, what it is meant to carry, and who publishes to it. */
export interface WatchedChannel {
  readonly channel: Channel;
  readonly load: Load | null;
  /** Test series in which so many events a second arrive. */
  readonly arriving: (
    perSecond: number,
    minutes: number,
  ) => readonly SampleSeries[];
}

/** Alerts when more arrives than the declared peak, on which partitions and limits were computed. */
export function arrivalAbovePeak(
  model: Model,
  { channel, load, arriving }: WatchedChannel,
): readonly AlertRule[] {
  if (load === null || load.undeclared.length > 0) return [];
  const publishers = [
    ...new Set(
      model.publications
        .filter(({ event }) => channel.events.includes(event))
        .map(({ service }) => service),
    ),
  ];
  const [event] = model.events.filter(
    ({ name, volume }) => channel.events.includes(name) && volume !== null,
  );
  const peak = Number(load.peakPerSecond.toPrecision(12));
  return [
    {
      name: 'ArrivalAbovePeak',
      severity: 'info',
      subject: channel.name,
      service: publishers.length === 1 ? (publishers[0] ?? null) : null,
      expression: `${recorded.publishedRate} > ${onLimit('system', 'channel')} ${limitsOf(model, 'ArrivalAbovePeak')}`,
      limit: {
        value: peak,
        text: formatRate(peak),
        labels: [{ channel: channel.name }],
        environments: null,
      },
      forMinutes: 15,
      threshold: { key: 'peak', parameters: { peak: formatRate(peak) } },
      origin: event?.volume?.origin ?? channel.origin,
      guide: 'on-call',
      proof: {
        fires: arriving(peak * 1.05, 30),
        holds: arriving(peak * 0.95, 30),
        atMinute: 25,
        labels: { environment: testEnvironment, channel: channel.name },
      },
    },
  ];
}

const shown = '{environment=~"$environment",group=~"$group"}';

/** The panels over recorded traffic. */
export const trafficPanels: readonly Panel[] = [
  {
    key: 'lag-events',
    section: 'flow',
    unit: 'short',
    queries: [
      { expression: `${recorded.lagEvents}${shown}`, legend: '{{group}}' },
    ],
  },
  {
    key: 'drain',
    section: 'flow',
    unit: 's',
    queries: [
      { expression: `${recorded.drainSeconds}${shown}`, legend: '{{group}}' },
    ],
  },
  {
    key: 'handled',
    section: 'flow',
    unit: 'eps',
    queries: [
      { expression: `${recorded.handledRate}${shown}`, legend: '{{group}}' },
    ],
  },
  {
    key: 'published',
    section: 'flow',
    unit: 'eps',
    queries: [
      {
        expression: `${recorded.publishedRate}{environment=~"$environment"}`,
        legend: '{{channel}}',
      },
    ],
  },
];
