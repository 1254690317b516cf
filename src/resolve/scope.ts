// What every resolving function sees: the checked spec, its names, and a way to report.
import type { Change } from '../core/change.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Pointer } from '../core/pointer.ts';
import { certainNear, nearest, quotedList } from '../core/text.ts';
import type { Broker } from '../brokers/broker.ts';
import type { RawEvent, RawList, RawMap, RawSpec } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { SchemaLibrary } from './schema-library.ts';

export interface Scope {
  readonly raw: RawSpec;
  readonly broker: Broker;
  /** Files that `$ref`s in payload schemas name. */
  readonly schemaLibrary: SchemaLibrary;
  readonly report: (diagnostic: Diagnostic) => void;
  /** Like `report`, for a mistake that shows in several places: the first is told, and the others beside it. */
  readonly reportOnce: (cause: string, diagnostic: Diagnostic) => void;
  /** Tells whether a name that is defined stands mistyped somewhere, which has been told there. */
  readonly isMistyped: (name: string) => boolean;
}

/** Lists a section's entries in spec order; an absent section has none. */
export function entriesOf<T>(
  section: RawMap<T> | undefined,
): readonly (readonly [string, T])[] {
  return section === undefined ? [] : Object.entries(section);
}

/** Reads a section's entry by name; inherited names such as `constructor` are not there. */
export function entry<T>(
  section: RawMap<T> | undefined,
  name: string,
): T | undefined {
  return section !== undefined && Object.hasOwn(section, name)
    ? section[name]
    : undefined;
}

/** Reads what may be one word or a list of them. */
export function listOf(raw: RawList | undefined): readonly string[] {
  if (raw === undefined) return [];
  return typeof raw === 'string' ? [raw] : raw;
}

/** Looks up an event; reports `unknown-event` with the nearest name when there is none. */
export function eventNamed(
  scope: Scope,
  name: string,
  from: {
    readonly pointer: Pointer;
    readonly where: string;
    readonly at?: 'key' | 'value';
  },
): RawEvent | null {
  const found = entry(scope.raw.events, name);
  if (found !== undefined) return found;
  scope.reportOnce(
    `unknown event ${name}`,
    resolveDiagnostics.make(
      'unknown-event',
      {
        pointer: from.pointer,
        at: from.at ?? 'value',
        change: renameTo(scope, name, Object.keys(scope.raw.events ?? {})),
      },
      {
        where: from.where,
        name,
        advice: adviceFor(
          name,
          Object.keys(scope.raw.events ?? {}),
          `Define "${name}" under "events".`,
        ),
      },
    ),
  );
  return null;
}

/**
 * The change of a mistyped name to the one that it can only stand for; null when there is a doubt. A doubt is also whether
 * the definition is what is mistyped: the wrong spelling has to stand once, and the right one in other places too.
 */
export function renameTo(
  scope: Scope,
  name: string,
  known: readonly string[],
): Change | null {
  const to = certainNear(name, known);
  if (to === null) return null;
  const text = JSON.stringify(scope.raw);
  return mentions(text, name) === 1 && mentions(text, to) > 1
    ? { kind: 'rename', to }
    : null;
}

/** How often a name stands in a text, not counting longer names that hold it. */
function mentions(text: string, name: string): number {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(
    `(?<![\\w.]|\\w-)${escaped}(?![\\w]|[.-]\\w)`,
    'g',
  );
  return [...text.matchAll(pattern)].length;
}

/** Words the remedy for an unknown name: the nearest known one, or what else to do. */
export function adviceFor(
  name: string,
  known: readonly string[],
  otherwise: string,
): string {
  const near = nearest(name, known);
  return near === null ? otherwise : `Did you mean "${near}"?`;
}

/** Like `adviceFor`, naming the known ones when none is near. */
export function adviceFrom(name: string, known: readonly string[]): string {
  const some = known.slice(0, 12);
  const rest =
    known.length > some.length
      ? ` (and ${known.length - some.length} more)`
      : '';
  return adviceFor(
    name,
    known,
    known.length === 0
      ? `Define "${name}" first: there is none yet.`
      : `Use ${quotedList(some, 'or')}${rest}.`,
  );
}
