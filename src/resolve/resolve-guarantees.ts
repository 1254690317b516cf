// Guarantees and retention: the system's defaults, and what an event, a channel or a subscription says over them.
import { child, pointer, type Pointer } from '../core/pointer.ts';
import { parseDuration } from '../core/units.ts';
import type { Guarantees } from '../model/model.ts';
import type {
  Compatibility,
  Delivery,
  Ordering,
  Retention,
  Sourced,
} from '../model/settings.ts';
import type { RawGuarantees } from '../schema/raw-spec.ts';
import { byDefault, choice } from './sourced.ts';
import type { Scope } from './scope.ts';

const day = 86_400_000;

// The schema has checked the words; these casts name what it allows.
const asDelivery = (word: string): Delivery => word as Delivery;
const asOrdering = (word: string): Ordering => word as Ordering;
const asCompatibility = (word: string): Compatibility => word as Compatibility;
const asRetention = (word: string): Retention =>
  word === 'forever' ? 'forever' : Math.ceil(parseDuration(word) ?? 7 * day);

/** Guarantees as written at one place; null where nothing is said. */
export interface WrittenGuarantees {
  readonly delivery: Sourced<Delivery> | null;
  readonly ordering: Sourced<Ordering> | null;
  readonly retention: Sourced<Retention> | null;
  readonly compatibility: Sourced<Compatibility> | null;
}

/** Reads the guarantees written on one thing. */
export function writtenGuarantees(
  raw: RawGuarantees,
  owner: Pointer,
): WrittenGuarantees {
  return {
    delivery: choice(raw.delivery, child(owner, 'delivery'), asDelivery),
    ordering: choice(raw.ordering, child(owner, 'ordering'), asOrdering),
    retention: choice(raw.retention, child(owner, 'retention'), asRetention),
    compatibility: choice(
      raw.compatibility,
      child(owner, 'compatibility'),
      asCompatibility,
    ),
  };
}

/** Resolves the system's guarantees, each with its default. */
export function resolveGuarantees(scope: Scope): Guarantees {
  const owner = pointer('guarantees');
  const written = writtenGuarantees(scope.raw.guarantees ?? {}, owner);
  return {
    delivery:
      written.delivery ??
      byDefault(
        'at-least-once',
        owner,
        'Losing events is rarely acceptable, and duplicates can be handled',
      ),
    ordering:
      written.ordering ??
      byDefault(
        'per-key',
        owner,
        'Causal order matters within one key; total order does not scale',
      ),
    retention:
      written.retention ??
      byDefault(
        7 * day,
        owner,
        'Long enough for an outage over a weekend, and bounded',
      ),
    compatibility:
      written.compatibility ??
      byDefault(
        'backward',
        owner,
        'Consumers are upgraded first and read what is still in the log',
      ),
  };
}
