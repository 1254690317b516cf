// The forms in which a consumer's subscriptions are written, made one.
import { child, pointer, type Pointer } from '../core/pointer.ts';
import type { RawConsumer, RawSubscription } from '../schema/raw-spec.ts';
import { entriesOf } from './scope.ts';

export interface Written {
  readonly service: string;
  readonly raw: readonly string[] | RawConsumer;
  readonly events: readonly string[];
}

export interface Entry {
  readonly pattern: string;
  readonly group: string | null;
  readonly settings: RawSubscription;
  readonly origin: Pointer;
  readonly at: 'key' | 'value';
  /** True for a name in a list, which has no settings. */
  readonly isListed: boolean;
}

/** Lists a consumer's subscriptions, whichever way they are written. */
export function writtenEntries({ service, raw }: Written): readonly Entry[] {
  const isShort = Array.isArray(raw);
  // `Array.isArray` does not narrow readonly arrays out of the union.
  const long = raw as RawConsumer;
  const subscribes = isShort ? (raw as readonly string[]) : long.subscribes;
  const base = isShort
    ? pointer('consumers', service)
    : pointer('consumers', service, 'subscribes');
  if (Array.isArray(subscribes)) {
    return (subscribes as readonly string[]).map((pattern, index) => ({
      pattern,
      group: null,
      settings: {},
      origin: child(base, index),
      at: 'value',
      isListed: true,
    }));
  }
  return entriesOf(
    subscribes as Exclude<RawConsumer['subscribes'], readonly string[]>,
  ).flatMap(([pattern, settings]): readonly Entry[] => {
    const origin = child(base, pattern);
    if (!Array.isArray(settings)) {
      const one = (settings ?? {}) as RawSubscription;
      return [
        {
          pattern,
          group: one.group ?? null,
          settings: one,
          origin,
          at: 'key' as const,
          isListed: false,
        },
      ];
    }
    return (settings as readonly RawSubscription[]).map((one, index) => ({
      pattern,
      group: one.group ?? null,
      settings: one,
      origin: child(origin, index),
      at: 'value' as const,
      isListed: false,
    }));
  });
}
