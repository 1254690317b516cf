// What becomes of a message that a subscription cannot handle: the same answer for every section that tells of it.
import type { Retry } from '../../model/settings.ts';
import type { Subscription } from '../../model/model.ts';
import type { DocumentContext } from './document-context.ts';

/** Tells whether a message is acknowledged before it is handled, so that nothing is left to try again or to park. */
export function isBestEffort(
  { index }: DocumentContext,
  subscription: Subscription,
): boolean {
  // Subscriptions that share a position are acknowledged alike.
  const group = index.groupOf.get(subscription.id);
  return (group ?? subscription).delivery.value === 'at-most-once';
}

/** Gives how a subscription tries again; null when it does not. */
export function retryOf(
  context: DocumentContext,
  subscription: Subscription,
): Retry | null {
  const retry = subscription.retry.value;
  return retry.attempts <= 1 || isBestEffort(context, subscription)
    ? null
    : retry;
}

/** Lists where a subscription parks what it cannot handle; nothing when it drops it. */
export function parkedIn(
  context: DocumentContext,
  subscription: Subscription,
): readonly string[] {
  const group = context.index.groupOf.get(subscription.id);
  return group === undefined ||
    !subscription.hasDeadLetter.value ||
    isBestEffort(context, subscription)
    ? []
    : context.names.parked(group).map(({ name }) => name);
}
