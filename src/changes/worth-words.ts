// What a flow is worth and why, in the words of changes.
import type { HadOrdering, WeakeningCause, Worth } from '../model/model.ts';

/** What a consumer can count on, without the order. */
export type DeliveryWorth = Pick<Worth, 'mayBeLost' | 'mayBeDoubled'>;

/** Says what may happen to a message, both axes in one. */
export function deliveryWords(worth: DeliveryWorth): string {
  const { mayBeLost, mayBeDoubled } = worth;
  if (mayBeLost && mayBeDoubled) return 'may be lost, and may act twice';
  if (mayBeLost) return 'may be lost, and acts at most once';
  return mayBeDoubled ? 'never lost, but may act twice' : 'acts exactly once';
}

const orderWords: Readonly<Record<HadOrdering, string>> = {
  none: 'none',
  'within-channel': 'per-key within each channel',
  'per-key': 'per-key',
  'total-within-channel': 'total within each channel',
  total: 'total',
};

/** Says an order. */
export function orderingWords(ordering: HadOrdering): string {
  return orderWords[ordering];
}

const causeTexts: Readonly<Record<WeakeningCause, string>> = {
  'dual-write': 'state and event are not committed together',
  'no-dead-letter': 'what fails for good is dropped',
  'short-retention': 'messages are deleted before they are surely read',
  'relay-repeats':
    'the relay of the outbox publishes again what it knows no confirmation of',
  'no-transactions': 'nothing makes reading and publishing one transaction',
  untransacted:
    'the generated code reads and publishes without a transaction of the broker',
  'not-idempotent': 'its effect lies outside the broker, and has no guard',
  'no-key': 'there is no key to order by',
  'non-blocking-retry': 'later messages overtake one that is retried',
  'several-partitions': 'it is spread over several partitions',
  'several-channels':
    'events whose order matters come through several channels',
};

/** Says why, after a comma; nothing when no cause is known. */
export function causeWords(causes: readonly WeakeningCause[]): string {
  return causes.length === 0
    ? ''
    : `, since ${[...new Set(causes)].map((cause) => causeTexts[cause]).join(' and ')}`;
}
