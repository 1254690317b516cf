// How much there is to carry, and how many are there to handle it. What the broker gets for it is told of its resources.
import { gather } from '../../core/gather.ts';
import { shortList } from '../../core/text.ts';
import { formatRate, formatSize } from '../../core/units.ts';
import type { ConsumerGroup, Event } from '../../model/model.ts';
import type { Volume } from '../../model/settings.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { broken, consumersOf, distinct, subject } from '../parties.ts';
import type { Pair } from '../side.ts';

const entries = {
  'volume-raised': {
    severity: 'warning',
    message: 'the volume of "{event}" went from {old} to {now}',
    hint: 'Make sure that its consumers and the broker can carry {now}: "event-arch validate" tells where they cannot.',
    why: 'Partitions, copies of consumers, retention and alerts were sized for less. What cannot be handled waits, and what waits for longer than it is kept is lost.',
  },
  'volume-lowered': {
    severity: 'info',
    message: 'the volume of "{event}" went from {old} to {now}',
    hint: null,
    why: 'What was sized for more carries it.',
  },
  'volume-stated': {
    severity: 'info',
    message: 'the volume of "{event}" went from {old} to {now}',
    hint: null,
    why: 'What is sized by the volume is sized anew, and what cannot carry it is told.',
  },
  'capacity-lowered': {
    severity: 'warning',
    message:
      'the capacity of "{service}" in {groups} went from {old} to {now} (copies × messages at once)',
    hint: 'Make sure that "{service}" still keeps up with what it consumes at its peak.',
    why: 'Fewer messages are handled at once. What cannot be handled in time waits, and after a failure it takes longer to catch up.',
  },
  'capacity-raised': {
    severity: 'info',
    message:
      'the capacity of "{service}" in {groups} went from {old} to {now} (copies × messages at once)',
    hint: null,
    why: 'More messages are handled at once, as far as partitions, lanes and order allow.',
  },
} as const;

type Tell = Teller<typeof entries>;

/** Reports: `diff/volume-*`, `diff/capacity-*`. */
export const load = defineKind(entries, (comparison, tell) => [
  ...comparison
    .events()
    .both.flatMap((pair) => volumeChanges(comparison, { pair, tell })),
  ...capacityChanges(comparison, tell),
]);

function volumeChanges(
  comparison: Comparison,
  { pair, tell }: { readonly pair: Pair<Event>; readonly tell: Tell },
): readonly Change[] {
  const [old, now] = [pair.before.volume, pair.after.volume].map(
    (volume) => volume?.value ?? null,
  );
  const words = {
    event: pair.after.name,
    old: volumeText(old ?? null),
    now: volumeText(now ?? null),
  };
  if (words.old === words.now) return [];
  const about = {
    subject: subject('event', pair.after.name),
    pointer: pair.after.volume?.origin ?? pair.after.origin,
  };
  const breaks = [consumersOf(comparison.after, pair.after.name)];
  if (old == null || now == null) return [tell('volume-stated', about, words)];
  return [
    isMore(now, old)
      ? tell('volume-raised', { ...about, breaks }, words)
      : tell('volume-lowered', about, words),
  ];
}

const isMore = (now: Volume, old: Volume): boolean =>
  now.ratePerSecond > old.ratePerSecond ||
  now.peakPerSecond > old.peakPerSecond ||
  now.bytes > old.bytes;

function volumeText(volume: Volume | null): string {
  if (volume === null) return 'not said';
  const { ratePerSecond, peakPerSecond, bytes } = volume;
  return `${formatRate(ratePerSecond)} (peak ${formatRate(peakPerSecond)}) of ${formatSize(bytes)}`;
}

/** Told once for all groups of a service that changed alike. */
function capacityChanges(
  comparison: Comparison,
  tell: Tell,
): readonly Change[] {
  const changed = comparison
    .groups()
    .both.filter(
      ({ before, after }) => capacityText(before) !== capacityText(after),
    );
  const alike = gather(changed, ({ before, after }) => [
    JSON.stringify([after.service, capacityText(before), capacityText(after)]),
  ]);
  return [...alike.values()].flatMap((pairs) =>
    pairs.slice(0, 1).map(({ before, after }) => {
      const names = distinct(pairs.map((pair) => pair.after.name));
      const { service } = after;
      const about = {
        subject: subject('service', service),
        pointer: after.instances.origin,
      };
      const words = {
        service,
        old: capacityText(before),
        now: capacityText(after),
        groups: `the ${names.length === 1 ? 'group' : 'groups'} ${shortList(names)}`,
      };
      return atOnce(after) < atOnce(before)
        ? tell(
            'capacity-lowered',
            { ...about, breaks: [broken('consumers', [service])] },
            words,
          )
        : tell('capacity-raised', about, words);
    }),
  );
}

const atOnce = ({ instances, concurrency }: ConsumerGroup): number =>
  instances.value * concurrency.value;

const capacityText = ({ instances, concurrency }: ConsumerGroup): string =>
  `${instances.value} × ${concurrency.value}`;
