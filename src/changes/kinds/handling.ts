// How services publish and handle: outbox, idempotency, dead letters.
import { gather } from '../../core/gather.ts';
import { shortList } from '../../core/text.ts';
import { failureHandling } from '../../model/failure-handling.ts';
import type { Subscription } from '../../model/model.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { broken, distinct, subject } from '../parties.ts';
import { matchBy, type Pair } from '../side.ts';

const entries = {
  'outbox-dropped': {
    severity: 'warning',
    message: '"{service}" publishes {events} without an outbox now',
    hint: 'Keep "outbox: true" on "{service}".',
    why: 'State and event are no longer committed together: a crash between the two loses the event, or tells what never happened.',
  },
  'outbox-added': {
    severity: 'info',
    message: '"{service}" publishes {events} through an outbox now',
    hint: null,
    why: 'State and event are committed together.',
  },
  'idempotency-dropped': {
    severity: 'warning',
    message:
      '"{service}" no longer handles "{pattern}" idempotently ({old} before)',
    hint: 'Keep "idempotency: {old}" on "{service}".',
    why: 'A message that comes twice has its effect twice.',
  },
  'idempotency-changed': {
    severity: 'info',
    message:
      'the idempotency of "{service}" for "{pattern}" went from {old} to {now}',
    hint: null,
    why: 'It bears duplicates, for the first time or by other means.',
  },
  'dead-letter-dropped': {
    severity: 'warning',
    message:
      '"{service}" no longer sets aside messages of "{pattern}" that it cannot handle',
    hint: 'Keep "deadLetter: true" on "{service}".',
    why: 'What fails for good is lost, or blocks what comes after it.',
  },
  'dead-letter-added': {
    severity: 'info',
    message:
      '"{service}" sets aside messages of "{pattern}" that it cannot handle now',
    hint: null,
    why: 'What fails for good is kept for somebody to look at.',
  },
} as const;

type Tell = Teller<typeof entries>;

/** Reports: `diff/outbox-*`, `diff/idempotency-*`, `diff/dead-letter-*`. */
export const handling = defineKind(entries, (comparison, tell) => [
  ...outboxChanges(comparison, tell),
  ...comparison
    .subscriptions()
    .both.flatMap((pair) => handlingChanges(pair, tell)),
]);

/** Told once for all events of a service that got or lost an outbox. */
function outboxChanges(
  { before, after, renames }: Comparison,
  tell: Tell,
): readonly Change[] {
  const publications = matchBy(
    before.model.publications,
    after.model.publications,
    {
      before: ({ service, event }) =>
        JSON.stringify([
          renames.services.get(service) ?? service,
          renames.events.get(event) ?? event,
        ]),
      after: ({ service, event }) => JSON.stringify([service, event]),
    },
  );
  const changed = publications.both
    .filter(
      (pair) => pair.before.hasOutbox.value !== pair.after.hasOutbox.value,
    )
    .map((pair) => pair.after);
  const alike = gather(changed, ({ service, hasOutbox }) => [
    `${service} ${hasOutbox.value}`,
  ]);
  return [...alike.values()].flatMap((publications) => {
    const [first] = publications;
    if (first === undefined) return [];
    const { service, hasOutbox } = first;
    const about = {
      subject: subject('service', service),
      pointer: hasOutbox.origin,
    };
    const names = distinct(publications.map(({ event }) => event));
    const words = { service, events: shortList(names) };
    return [
      hasOutbox.value
        ? tell('outbox-added', about, words)
        : tell('outbox-dropped', about, words),
    ];
  });
}

const isBestEffort = ({ delivery }: Subscription): boolean =>
  delivery.value === 'at-most-once';

function handlingChanges(
  pair: Pair<Subscription>,
  tell: Tell,
): readonly Change[] {
  const { before, after } = pair;
  // From or to at most once: that is told as what it is, and includes what becomes of failed messages.
  if (isBestEffort(before) !== isBestEffort(after))
    return idempotencyChanges(pair, tell);
  return [...idempotencyChanges(pair, tell), ...deadLetterChanges(pair, tell)];
}

function idempotencyChanges(
  { before, after }: Pair<Subscription>,
  tell: Tell,
): readonly Change[] {
  const { service, pattern, origin } = after;
  const [old, now] = [before.idempotency.value, after.idempotency.value];
  if (old === now) return [];
  const about = { subject: subject('service', service), pointer: origin };
  const breaks = [broken('consumers', [service])];
  const words = { service, pattern, old };
  return [
    now === 'none'
      ? tell('idempotency-dropped', { ...about, breaks }, words)
      : tell('idempotency-changed', about, { ...words, now }),
  ];
}

function deadLetterChanges(
  { before, after }: Pair<Subscription>,
  tell: Tell,
): readonly Change[] {
  const { service, pattern, origin } = after;
  const { hasDeadLetter } = failureHandling(after);
  if (failureHandling(before).hasDeadLetter === hasDeadLetter) return [];
  const about = { subject: subject('service', service), pointer: origin };
  const breaks = [broken('consumers', [service])];
  const words = { service, pattern };
  return [
    hasDeadLetter
      ? tell('dead-letter-added', about, words)
      : tell('dead-letter-dropped', { ...about, breaks }, words),
  ];
}
