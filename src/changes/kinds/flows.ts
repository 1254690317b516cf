// Guarantees, flow by flow: what a consumer could count on and what it can count on now.
import { gather } from '../../core/gather.ts';
import { quotedList } from '../../core/text.ts';
import type { Event, Flow, WeakeningCause } from '../../model/model.ts';
import type { Delivery, Ordering } from '../../model/settings.ts';
import { defineKind, type Change } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { broken, distinct, subject } from '../parties.ts';
import { matchBy, type Pair, type Side } from '../side.ts';

type Aspect = 'delivery' | 'ordering';
const ranks: Readonly<Record<Delivery | Ordering, number>> = {
  'at-most-once': 0,
  'at-least-once': 1,
  'exactly-once': 2,
  none: 0,
  'per-key': 1,
  total: 2,
};

interface Received {
  readonly service: string;
  readonly delivery: Delivery;
  readonly ordering: Ordering;
  readonly isIdempotent: boolean;
  /** What weakens each aspect, beside what is declared. */
  readonly causes: Readonly<Record<Aspect, readonly WeakeningCause[]>>;
}

/** Reports: `diff/delivery-*`, `diff/ordering-*`. */
export const flows = defineKind(
  {
    'delivery-weakened': {
      severity: 'error',
      message:
        'the effective delivery of "{event}" to {services} went from {old} to {now}{cause}',
      hint: 'Restore what gave {old}, or state why the consumers can do with {now}.',
      why: 'The effective guarantee is the weakest of publisher, channel and consumer. A consumer that counted on more now loses messages, or handles some of them twice.',
    },
    'delivery-duplicates': {
      severity: 'warning',
      message:
        'the effective delivery of "{event}" to {services} went from {old} to {now}, and {unready} without idempotency will see duplicates',
      hint: 'Set "idempotency: inbox" (or natural) on {unready}.',
      why: 'At-least-once repeats messages after a failure. A consumer that was built for at-most-once has never met a duplicate.',
    },
    'delivery-strengthened': {
      severity: 'info',
      message:
        'the effective delivery of "{event}" to {services} went from {old} to {now}',
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
  },
  (comparison, tell) =>
    comparison.events().both.flatMap((pair) => {
      const about = {
        subject: subject('event', pair.after.name),
        pointer: pair.after.origin,
      };
      const both = receivedBoth(comparison, pair);
      const told = (aspect: Aspect): readonly Change[] =>
        [
          ...gather(
            both.filter(
              ({ before: old, after: now }) => old[aspect] !== now[aspect],
            ),
            ({ before: old, after: now }) => [`${old[aspect]} ${now[aspect]}`],
          ).values(),
        ].map((group): Change => {
          const names = distinct(
            group.map(({ after: { service } }) => service),
          );
          const [first] = group;
          if (first === undefined) throw new Error('a group has a member');
          const [old, now] = [first.before[aspect], first.after[aspect]];
          const breaks = [broken('consumers', names)];
          const words = {
            event: pair.after.name,
            services: quotedList(names),
            old,
            now,
          };
          if (ranks[now] < ranks[old])
            return tell(
              `${aspect}-weakened`,
              { ...about, breaks },
              { ...words, cause: causeText(first.after.causes[aspect]) },
            );
          const unready = group
            .filter(({ after: { isIdempotent } }) => !isIdempotent)
            .map(({ after: { service } }) => service);
          if (
            aspect === 'ordering' ||
            now === 'exactly-once' ||
            unready.length === 0
          )
            return tell(`${aspect}-strengthened`, about, words);
          return tell(
            'delivery-duplicates',
            { ...about, breaks: [broken('consumers', unready)] },
            { ...words, unready: quotedList(distinct(unready)) },
          );
        });
      return [...told('delivery'), ...told('ordering')];
    }),
);

function receivedBoth(
  { before, after, renames }: Comparison,
  pair: Pair<Event>,
): readonly Pair<Received>[] {
  return matchBy(
    received(before, pair.before.name),
    received(after, pair.after.name),
    {
      before: ({ service }) => renames.services.get(service) ?? service,
      after: ({ service }) => service,
    },
  ).both;
}

/** What each service gets of an event: the weakest, when it has several flows of it. */
function received(side: Side, event: string): readonly Received[] {
  const found = new Map<string, Received>();
  const subscriptions = side.facts.subscriptions();
  for (const flow of flowsOf(side).get(event) ?? []) {
    const subscription = subscriptions.get(flow.subscription ?? '');
    if (subscription === undefined) continue;
    const { service } = subscription;
    const known = found.get(service);
    const { delivery, ordering } = flow.effective;
    found.set(service, {
      service,
      delivery: weaker(known?.delivery, delivery),
      ordering: weaker(known?.ordering, ordering),
      isIdempotent:
        (known?.isIdempotent ?? true) &&
        subscription.idempotency.value !== 'none',
      causes: {
        delivery: causesOf(flow, 'delivery'),
        ordering: causesOf(flow, 'ordering'),
      },
    });
  }
  return [...found.values()];
}

const causesOf = (
  { weakenings }: Flow,
  aspect: Aspect,
): readonly WeakeningCause[] =>
  weakenings.filter((one) => one.aspect === aspect).map(({ cause }) => cause);

const causeTexts: Readonly<Record<WeakeningCause, string>> = {
  'dual-write': 'state and event are not committed together',
  'no-dead-letter': 'what fails for good is dropped',
  'short-retention': 'messages are deleted before they are surely read',
  'no-key': 'there is no key to order by',
  'non-blocking-retry': 'later messages overtake one that is retried',
  'several-partitions': 'it is spread over several partitions',
  'no-transactions': 'nothing makes reading and publishing one transaction',
  'not-idempotent': 'duplicates are handled twice',
  'dead-letter-gap': 'later messages pass one that was set aside',
};

const causeText = (causes: readonly WeakeningCause[]): string =>
  causes.length === 0
    ? ''
    : `, since ${[...new Set(causes)].map((cause) => causeTexts[cause]).join(' and ')}`;

const weaker = <T extends Delivery | Ordering>(
  known: T | undefined,
  found: T,
): T => (known !== undefined && ranks[known] < ranks[found] ? known : found);

const indexes = new WeakMap<
  Side,
  ReadonlyMap<string, Side['model']['flows']>
>();

/** Flows by event, gathered once a side. */
function flowsOf(side: Side): ReadonlyMap<string, Side['model']['flows']> {
  const known = indexes.get(side);
  if (known !== undefined) return known;
  const made = gather(side.model.flows, ({ event }) => [event]);
  indexes.set(side, made);
  return made;
}
