// One hop with everything that decides what it is worth.
import type { Capabilities } from '../model/capabilities.ts';
import type {
  Channel,
  Event,
  Publication,
  Subscription,
} from '../model/model.ts';
import type { Pointer } from '../core/pointer.ts';
import { failureHandling } from '../model/failure-handling.ts';
import { isDualWrite } from '../model/worth.ts';

/** An event from its publisher through its channel to one subscription. */
export interface Hop {
  readonly event: Event;
  readonly channel: Channel | null;
  /** Partitions that the channel will have; RabbitMQ's lanes are no matter here, as each key keeps to one of them. */
  readonly partitions: number;
  /** The channel is an event store, which is kept for ever whatever its retention says. */
  readonly isStore: boolean;
  /** The event's aggregate is described, so that its events are numbered and a read model keeps to the numbers. */
  readonly isNumbered: boolean;
  readonly publication: Publication | null;
  readonly subscription: Subscription | null;
  /** Another subscription of the group keeps dead letters; where a group is a queue, they are the queue's. */
  readonly groupKeepsFailed: boolean;
  /** The consumer's service publishes nothing, so that what it does lies outside the broker. */
  readonly isEffectOutside: boolean;
  /** The consumer's service is of another system, and so is its code. */
  readonly isForeign: boolean;
  /** The group handles no other message with the key of this one, so that there is nothing to be out of order with. */
  readonly isAloneInGroup: boolean;
  /** Where the consumer reads events of one thing from several channels; null when it does not. */
  readonly splitAt: Pointer | null;
  readonly capabilities: Capabilities;
}

/** Tells whether a message that fails every attempt is kept. */
export function keepsFailed({
  subscription,
  groupKeepsFailed,
  capabilities,
}: Hop): boolean {
  if (subscription === null || failureHandling(subscription).hasDeadLetter)
    return true;
  return capabilities.orderingScope === 'queue' && groupKeepsFailed;
}

/** Tells whether state is committed and the event published in two steps. */
export function hasTwoWrites({ publication }: Hop): boolean {
  return publication !== null && isDualWrite(publication);
}

/** Tells whether a message that comes twice acts once, or is said to. */
export function isGuarded({ subscription }: Hop): boolean {
  return subscription !== null && subscription.idempotency.value !== 'none';
}
