// Guarantees, flow by flow: what a consumer could count on and what it can count on now.
import { gather } from '../../core/gather.ts';
import { quotedList } from '../../core/text.ts';
import type { Event } from '../../model/model.ts';
import { orderingRank } from '../../model/worth.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import { broken, distinct, subject } from '../parties.ts';
import { receivedBoth, type Received } from '../received.ts';
import type { Pair } from '../side.ts';
import { causeWords, deliveryWords, orderingWords } from '../worth-words.ts';

const entries = {
  'delivery-weakened': {
    severity: 'error',
    message:
      'the effective delivery of "{event}" to {services} went from "{old}" to "{now}"{cause}',
    hint: 'Restore what gave "{old}", or state why the consumers can do with "{now}".',
    why: 'The effective guarantee is the weakest of publisher, channel and consumer. A consumer that counted on more now loses messages, or handles some of them twice.',
  },
  'delivery-duplicates': {
    severity: 'warning',
    message:
      'the effective delivery of "{event}" to {services} went from "{old}" to "{now}", and {unready} without idempotency will see duplicates{cause}',
    hint: 'Set "idempotency: inbox" (or natural) on {unready}.',
    why: 'At-least-once repeats messages after a failure. A consumer that was built for at-most-once has never met a duplicate.',
  },
  'delivery-strengthened': {
    severity: 'info',
    message:
      'the effective delivery of "{event}" to {services} went from "{old}" to "{now}"',
    hint: null,
    why: 'Consumers can count on more.',
  },
  'ordering-weakened': {
    severity: 'error',
    message:
      'the effective ordering of "{event}" for {services} went from {old} to {now}{cause}',
    hint: 'Restore what gave the order {old}, or state why its consumers bear any order.',
    why: 'A later event can overtake an earlier one of the same thing: a consumer that keeps state ends in the wrong one.',
  },
  'ordering-strengthened': {
    severity: 'info',
    message:
      'the effective ordering of "{event}" for {services} went from {old} to {now}',
    hint: null,
    why: 'Consumers can count on more; what orders may also handle less at once.',
  },
} as const;

/** Reports: `diff/delivery-*`, `diff/ordering-*`. */
export const flows = defineKind(entries, (comparison, tell) =>
  comparison.events().both.flatMap((pair) => {
    const both = receivedBoth(comparison, pair);
    return [
      ...groupsOf(both, deliveryVerdict).map((group) =>
        tellDelivery(tell, pair.after, group),
      ),
      ...groupsOf(both, orderingVerdict).map((group) =>
        tellOrdering(tell, pair.after, group),
      ),
    ];
  }),
);

/** Consumers to which the same happened. */
interface Group<V> {
  readonly verdict: V;
  readonly first: Pair<Received>;
  readonly services: readonly string[];
}

function groupsOf<V extends string>(
  both: readonly Pair<Received>[],
  verdictOf: (pair: Pair<Received>) => V | null,
): readonly Group<V>[] {
  const judged = both.flatMap((pair) => {
    const verdict = verdictOf(pair);
    return verdict === null ? [] : [{ pair, verdict }];
  });
  const same = gather(judged, ({ verdict, pair: { before, after } }) => [
    [
      verdict,
      ...[before, after].flatMap((one) => [
        deliveryWords(one),
        orderingWords(one.ordering),
      ]),
    ].join(' | '),
  ]);
  return [...same.values()].flatMap((group) =>
    group.slice(0, 1).map(({ verdict, pair }) => ({
      verdict,
      first: pair,
      services: distinct(group.map((one) => one.pair.after.service)),
    })),
  );
}

function deliveryVerdict({
  before,
  after,
}: Pair<Received>): 'weakened' | 'duplicates' | 'strengthened' | null {
  const loss = Number(after.mayBeLost) - Number(before.mayBeLost);
  // A guard that came or went is told as such; what it alone changes is not told again.
  const doubling =
    before.isIdempotent === after.isIdempotent
      ? Number(after.mayBeDoubled) - Number(before.mayBeDoubled)
      : 0;
  if (loss > 0) return 'weakened';
  if (doubling > 0) return before.mayBeLost ? 'duplicates' : 'weakened';
  return loss < 0 || doubling < 0 ? 'strengthened' : null;
}

function orderingVerdict({
  before,
  after,
}: Pair<Received>): 'weakened' | 'strengthened' | null {
  const change = orderRank(after) - orderRank(before);
  if (change === 0) return null;
  return change < 0 ? 'weakened' : 'strengthened';
}

// The messages of one event keep their order whatever other channels its consumer reads; an event that leaves its
// channel is told as such.
const orderRank = ({ ordering }: Received): number => {
  if (ordering === 'within-channel') return orderingRank('per-key');
  return orderingRank(ordering === 'total-within-channel' ? 'total' : ordering);
};

function tellDelivery(
  tell: Teller<typeof entries>,
  event: Event,
  {
    verdict,
    first,
    services,
  }: Group<'weakened' | 'duplicates' | 'strengthened'>,
): Change {
  const about = aboutEvent(event);
  const breaks = [broken('consumers', services)];
  const words = {
    event: event.name,
    services: quotedList(services),
    old: deliveryWords(first.before),
    now: deliveryWords(first.after),
  };
  const { loss, doubling } = first.after.causes;
  switch (verdict) {
    case 'weakened':
      return tell(
        'delivery-weakened',
        { ...about, breaks },
        { ...words, cause: causeWords([...loss, ...doubling]) },
      );
    case 'duplicates':
      return tell(
        'delivery-duplicates',
        { ...about, breaks },
        {
          ...words,
          unready: quotedList(services),
          cause: causeWords(doubling),
        },
      );
    case 'strengthened':
      return tell('delivery-strengthened', about, words);
    default:
      return verdict satisfies never;
  }
}

function tellOrdering(
  tell: Teller<typeof entries>,
  event: Event,
  { verdict, first, services }: Group<'weakened' | 'strengthened'>,
): Change {
  const about = aboutEvent(event);
  const words = {
    event: event.name,
    services: quotedList(services),
    old: orderingWords(first.before.ordering),
    now: orderingWords(first.after.ordering),
  };
  if (verdict === 'strengthened')
    return tell('ordering-strengthened', about, words);
  return tell(
    'ordering-weakened',
    { ...about, breaks: [broken('consumers', services)] },
    { ...words, cause: causeWords(first.after.causes.order) },
  );
}

const aboutEvent = (event: Event): Pick<Change, 'subject' | 'pointer'> => ({
  subject: subject('event', event.name),
  pointer: event.origin,
});
