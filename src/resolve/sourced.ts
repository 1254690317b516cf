// Values with their provenance: written by the author, filled in, or following from other parts.
import type { Pointer } from '../core/pointer.ts';
import { child } from '../core/pointer.ts';
import type { Sourced } from '../model/settings.ts';
import type { RawChoice } from '../schema/raw-spec.ts';

/** A value that the author wrote at `origin`. */
export function written<T>(
  value: T,
  origin: Pointer,
  because: string | null = null,
): Sourced<T> {
  return { value, from: 'spec', origin, because };
}

/** A value that the tool fills in; `origin` is the thing that lacks it. */
export function byDefault<T>(
  value: T,
  origin: Pointer,
  because: string,
): Sourced<T> {
  return { value, from: 'default', origin, because };
}

/** A value that follows from what stands at `origin`. */
export function derived<T>(
  value: T,
  origin: Pointer,
  because: string,
): Sourced<T> {
  return { value, from: 'derived', origin, because };
}

/** Takes the written value when there is one, else the default. */
export function orDefault<T>(
  value: T | undefined,
  place: { readonly owner: Pointer; readonly key: string },
  fallback: { readonly value: T; readonly because: string },
): Sourced<T> {
  return value === undefined
    ? byDefault(fallback.value, place.owner, fallback.because)
    : written(value, child(place.owner, place.key));
}

/** Reads a choice, short or with its `because`; null when it is not written. `read` narrows the checked word. */
export function choice<T>(
  raw: RawChoice | undefined,
  origin: Pointer,
  read: (word: string) => T,
): Sourced<T> | null {
  if (raw === undefined) return null;
  return typeof raw === 'string'
    ? written(read(raw), origin)
    : written(read(raw.choice), origin, raw.because ?? null);
}
