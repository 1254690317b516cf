// What the effective guarantee of one hop rests on: what the design cannot give by itself, and a reader has to know.
import type {
  Assumption,
  AssumptionKind,
  Axis,
  Worth,
} from '../model/model.ts';
import type { Delivery } from '../model/settings.ts';
import type { Pointer } from '../core/pointer.ts';
import { keepsFailed, type Hop } from './hop.ts';

/** Lists the assumptions of a hop: none of what is weakened anyway. `worth`: what the hop is worth when they hold. */
export function assumptionsOf(
  hop: Hop,
  declared: Delivery,
  worth: Worth,
): readonly Assumption[] {
  // Readers outside have what the channel keeps; of what they do with it, nothing is known.
  if (hop.subscription === null)
    return hop.event.isPublic && !worth.mayBeLost ? boundedOutage(hop) : [];
  return [
    ...(worth.mayBeLost ? [] : boundedOutage(hop)),
    ...parking(hop, worth),
    ...guard(hop, declared),
  ];
}

/** What a parked message means for those that come after it, unless none does. */
function parking(hop: Hop, worth: Worth): readonly Assumption[] {
  const { subscription } = hop;
  if (subscription === null || !keepsFailed(hop) || hop.isAloneInGroup)
    return [];
  const { kind } = subscription.role;
  const { origin } = subscription.hasDeadLetter;
  const isVersioned = kind === 'projection' && hop.isNumbered;
  return [
    ...assumed(isVersioned && !worth.mayBeLost, {
      axis: 'loss',
      kind: 'refused-replay',
      origin,
    }),
    // The coordinator of a saga waits for one outcome at a time: their order is no matter to it.
    ...assumed(worth.ordering !== 'none' && kind !== 'saga', {
      axis: 'order',
      kind: 'dead-letter-gap',
      origin,
    }),
  ];
}

/** A log deletes by age: the bound is how long it keeps, unless what expires is kept elsewhere. */
function boundedOutage({
  channel,
  isStore,
  capabilities,
}: Hop): readonly Assumption[] {
  if (channel === null || isStore || capabilities.keepsExpired) return [];
  const { value, origin } = channel.retention;
  if (value === 'forever' || channel.isCompacted.value) return [];
  return [{ axis: 'loss', kind: 'bounded-outage', boundMs: value, origin }];
}

/** What makes a repeat the same as once, or is said to. */
function guard(
  { subscription, isEffectOutside, isForeign }: Hop,
  declared: Delivery,
): readonly Assumption[] {
  if (subscription === null || subscription.role.kind !== 'written') return [];
  const { value, origin } = subscription.idempotency;
  const kind = guardKind(value, declared);
  if (kind === 'same-cluster' && (isEffectOutside || !isForeign)) return [];
  return assumed(kind !== null, {
    axis: 'doubling',
    kind: kind ?? 'natural-effect',
    origin,
  });
}

function guardKind(
  idempotency: string,
  declared: Delivery,
): AssumptionKind | null {
  if (idempotency === 'inbox') return 'own-database';
  if (idempotency === 'natural') return 'natural-effect';
  switch (declared) {
    case 'at-least-once':
      return 'harmless-repeat';
    case 'exactly-once':
      return 'same-cluster';
    case 'at-most-once':
      return null;
    default:
      return declared satisfies never;
  }
}

function assumed(
  isSo: boolean,
  assumption: {
    readonly axis: Axis;
    readonly kind: AssumptionKind;
    readonly origin: Pointer;
  },
): readonly Assumption[] {
  return isSo ? [{ ...assumption, boundMs: null }] : [];
}
