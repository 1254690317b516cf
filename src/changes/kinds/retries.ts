// How long a consumer tries again what it cannot handle: the outage that it survives by itself.
import { formatDuration } from '../../core/units.ts';
import { failureHandling } from '../../model/failure-handling.ts';
import type { Subscription } from '../../model/model.ts';
import { retryDelays } from '../../model/retry-delays.ts';
import type { Retry } from '../../model/settings.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import { broken, subject } from '../parties.ts';
import type { Pair } from '../side.ts';

const entries = {
  'retry-shortened': {
    severity: 'warning',
    message:
      'what "{service}" cannot handle of "{pattern}" is {end} after {now} instead of {old}: {changes}',
    hint: 'Keep the old retry where what "{service}" depends on may be out of reach for longer than the new one lasts.',
    why: 'An outage that is over before the last attempt is survived. One that lasts longer sends every message of its time to the dead letters, from where somebody has to put them back, or loses them where there are none.',
  },
  'retry-lengthened': {
    severity: 'info',
    message:
      'what "{service}" cannot handle of "{pattern}" is {end} after {now} instead of {old}: {changes}',
    hint: null,
    why: 'Longer outages are survived. What is tried again in place holds up what comes after it for as long.',
  },
  'retry-changed': {
    severity: 'info',
    message: 'the retry of "{pattern}" at "{service}" changed: {changes}',
    hint: null,
    why: 'Failed messages are tried again at other times, for as long as before; an order that is lost by it is told on its own. What waits for a retry on the broker keeps its old delay.',
  },
} as const;

/** Reports: `diff/retry-*`. */
export const retries = defineKind(entries, (comparison, tell) =>
  comparison.subscriptions().both.flatMap((pair) => retryChanges(pair, tell)),
);

const isBestEffort = ({ delivery }: Subscription): boolean =>
  delivery.value === 'at-most-once';

function retryChanges(
  { before, after }: Pair<Subscription>,
  tell: Teller<typeof entries>,
): readonly Change[] {
  // From or to at most once: that is told as what it is, and includes what becomes of failed messages.
  if (isBestEffort(before) || isBestEffort(after)) return [];
  const old = failureHandling(before);
  const now = failureHandling(after);
  const changes = membersChanged({ before: old.retry, after: now.retry });
  if (changes.length === 0) return [];
  const { service, pattern, origin } = after;
  const about = { subject: subject('service', service), pointer: origin };
  const words = { service, pattern, changes: changes.join(', ') };
  const longer = compareLength(now.retry, old.retry);
  if (longer === 0) return [tell('retry-changed', about, words)];
  const ends = {
    end: now.hasDeadLetter ? 'set aside as a dead letter' : 'dropped',
    old: lengthText(old.retry),
    now: lengthText(now.retry),
  };
  return [
    longer < 0
      ? tell(
          'retry-shortened',
          { ...about, breaks: [broken('consumers', [service])] },
          { ...words, ...ends },
        )
      : tell('retry-lengthened', about, { ...words, ...ends }),
  ];
}

const members: readonly (readonly [string, (retry: Retry) => string])[] = [
  ['attempts', ({ attempts }) => String(attempts)],
  ['backoff', ({ backoff }) => backoff],
  ['first', ({ firstMs }) => formatDuration(firstMs)],
  ['max', ({ maxMs }) => formatDuration(maxMs)],
  ['mode', ({ mode }) => mode],
];

/** What of a retry changed, with from and to; beside the number of attempts nothing counts where there is one. */
function membersChanged({ before, after }: Pair<Retry>): readonly string[] {
  const isOnce = before.attempts === 1 || after.attempts === 1;
  return members
    .slice(0, isOnce ? 1 : undefined)
    .filter(([, textOf]) => textOf(before) !== textOf(after))
    .map(
      ([name, textOf]) =>
        `${name} went from ${textOf(before)} to ${textOf(after)}`,
    );
}

/** By the time until the last attempt, and by the number of attempts where that is the same. */
const compareLength = (now: Retry, old: Retry): number =>
  Math.sign(waitedMs(now) - waitedMs(old)) ||
  Math.sign(now.attempts - old.attempts);

const waitedMs = (retry: Retry): number =>
  retryDelays(retry).reduce((sum, delay) => sum + delay, 0);

const lengthText = (retry: Retry): string =>
  retry.attempts === 1
    ? 'the first attempt'
    : `${retry.attempts} attempts over ${formatDuration(waitedMs(retry))}`;
