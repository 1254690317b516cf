// A resolved spec as a tree in which every value says where it came from. Knows neither YAML nor JSON text.
import type { JsonValue } from '../core/json.ts';
import { child, type Pointer } from '../core/pointer.ts';
import type { Source, Sourced } from '../model/settings.ts';

export type Shown = ShownValue | ShownMap | ShownList;

export interface ShownValue {
  readonly kind: 'value';
  readonly value: JsonValue;
  readonly from: Source;
  /** Where it stands in the tree. */
  readonly at: Pointer;
  /** Where it is written in the spec, or what it follows from. */
  readonly origin: Pointer;
  readonly because: string | null;
  /** How the spec writes the value together with its justification; null where it cannot. */
  readonly becauseBeside: 'choice' | 'kind' | null;
}

export interface ShownMap {
  readonly kind: 'map';
  readonly entries: readonly ShownEntry[];
  /** Small enough to stand on one line, with its provenance summed up. */
  readonly isCompact: boolean;
}

export interface ShownList {
  readonly kind: 'list';
  readonly items: readonly Shown[];
}

export interface ShownEntry {
  readonly key: string;
  readonly node: Shown;
  /** Follows from other parts of the spec; written there too, it would mean something else. */
  readonly isImplied: boolean;
}

/** Tells whether the author's files hold something at a pointer. */
export type IsWritten = (at: Pointer) => boolean;

/** An entry that the spec may hold; one without a value is left out. */
export function entry(key: string, node: Shown | null): readonly ShownEntry[] {
  return node === null ? [] : [{ key, node, isImplied: false }];
}

/** An entry that can only be told, not written. */
export function implied(key: string, node: Shown): readonly ShownEntry[] {
  return [{ key, node, isImplied: true }];
}

/** Makes a map of entries. */
export function shownMap(
  ...entries: readonly (readonly ShownEntry[])[]
): ShownMap {
  return { kind: 'map', entries: entries.flat(), isCompact: false };
}

/** Makes a map that may stand on one line. */
export function compactMap(
  ...entries: readonly (readonly ShownEntry[])[]
): ShownMap {
  return { ...shownMap(...entries), isCompact: true };
}

/** Shows what only the author can say; null and nothing are left out. */
export function said(
  value: JsonValue | undefined,
  at: Pointer,
): ShownValue | null {
  if (value === null || value === undefined) return null;
  return {
    kind: 'value',
    value,
    from: 'spec',
    at,
    origin: at,
    because: null,
    becauseBeside: null,
  };
}

/** An entry of what only the author can say. */
export function told(
  owner: Pointer,
  key: string,
  value: JsonValue | undefined,
): readonly ShownEntry[] {
  return entry(key, said(value, child(owner, key)));
}

/** Shows a value with its own provenance. */
export function shown<T>(
  sourced: Sourced<T>,
  at: Pointer,
  print: (value: T) => JsonValue,
): ShownValue {
  const { value, from, origin, because } = sourced;
  return {
    kind: 'value',
    value: print(value),
    from,
    at,
    origin,
    because,
    becauseBeside: null,
  };
}

/** Shows a value that is written, or filled in for the given reason. */
export function filled(
  value: JsonValue,
  place: { readonly owner: Pointer; readonly key: string },
  otherwise: {
    readonly isWritten: IsWritten;
    readonly from?: Source;
    readonly because: string;
  },
): ShownValue {
  const at = child(place.owner, place.key);
  const isOwn = otherwise.isWritten(at);
  return {
    kind: 'value',
    value,
    from: isOwn ? 'spec' : (otherwise.from ?? 'default'),
    at,
    origin: isOwn ? at : place.owner,
    because: isOwn ? null : otherwise.because,
    becauseBeside: null,
  };
}
