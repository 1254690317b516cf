// Applies a compatibility mode to a new schema and the versions before it, and says who breaks.
// Modes as Confluent's Schema Registry defines them: BACKWARD, FORWARD and FULL look at the latest version, their
// transitive variants at all of them.
import { checkReadable, verdictOf } from './check-readable.ts';
import type { Incompatibility, Policy, Verdict } from './check-readable.ts';
import type { Schema } from './json-schema.ts';

/** What a new version of a schema owes to the versions before it. */
export type CompatibilityMode =
  | 'backward'
  | 'backward-transitive'
  | 'forward'
  | 'forward-transitive'
  | 'full'
  | 'full-transitive'
  | 'none';

/**
 * Which reading fails.
 *
 * - `backward`: readers with the new schema, of events written with an older one.
 * - `forward`: readers still on an older schema, of events written with the new one.
 */
export type Direction = 'backward' | 'forward';

/** A schema and the version it is known by. */
export interface VersionedSchema {
  readonly version: string;
  readonly schema: Schema;
}

/** An incompatibility between two versions. */
export interface VersionFinding extends Incompatibility {
  readonly direction: Direction;
  /** The older of the two versions compared. */
  readonly olderVersion: string;
  /** A sentence that says who breaks, and when. */
  readonly whoBreaks: string;
}

/** What a mode found. */
export interface Compatibility {
  readonly verdict: Verdict;
  readonly findings: readonly VersionFinding[];
  readonly assumptions: readonly string[];
  /** Advice on the content model where it, and not the change, is what breaks the mode; else `null`. */
  readonly tradeOff: string | null;
}

/** The readings that each mode promises. */
export const DIRECTIONS: Readonly<
  Record<CompatibilityMode, readonly Direction[]>
> = {
  backward: ['backward'],
  'backward-transitive': ['backward'],
  forward: ['forward'],
  'forward-transitive': ['forward'],
  full: ['backward', 'forward'],
  'full-transitive': ['backward', 'forward'],
  none: [],
};

/** Why full compatibility and the strict reading of open objects hardly go together. */
export const FULL_TRADE_OFF: string =
  'Under the strict policy full compatibility leaves no room for a new optional field: in an open object older events ' +
  'may already carry anything under its name, so it breaks backward compatibility, and in a closed object older readers ' +
  'refuse it, so it breaks forward compatibility. Use the lenient policy (writers write only what they declare, readers ' +
  'pass over what they do not know), or keep the schema closed and declare "backward-transitive".';

/**
 * Checks a new schema against older versions under a mode.
 *
 * @param older the versions kept, oldest first; modes that are not transitive look at the last one only
 */
export function checkCompatibility(
  mode: CompatibilityMode,
  {
    schema: newest,
    older,
  }: { readonly schema: Schema; readonly older: readonly VersionedSchema[] },
  policy: Policy,
): Compatibility {
  const compared = mode.endsWith('-transitive') ? older : older.slice(-1);
  const results = compared.flatMap((old) =>
    DIRECTIONS[mode].map((direction) =>
      compareVersions({ newest, old, direction }, policy),
    ),
  );
  const findings = results.flatMap((result) => result.findings);
  return {
    verdict: verdictOf(findings),
    findings,
    assumptions: [
      ...new Set(results.flatMap((result) => result.assumptions)),
    ].sort(),
    tradeOff:
      policy === 'strict' && isFull(mode) && findings.some(isAboutContentModel)
        ? FULL_TRADE_OFF
        : null,
  };
}

function compareVersions(
  {
    newest,
    old,
    direction,
  }: {
    readonly newest: Schema;
    readonly old: VersionedSchema;
    readonly direction: Direction;
  },
  policy: Policy,
): Pick<Compatibility, 'findings' | 'assumptions'> {
  const isBackward = direction === 'backward';
  const [reader, writer] = isBackward
    ? [newest, old.schema]
    : [old.schema, newest];
  const { incompatibilities, assumptions } = checkReadable(
    reader,
    writer,
    policy,
  );
  const whoBreaks = isBackward
    ? `consumers that read with the new schema break on events written with version ${old.version}`
    : `consumers that still read with version ${old.version} break on events written with the new schema`;
  return {
    findings: incompatibilities.map((finding) => ({
      ...finding,
      direction,
      olderVersion: old.version,
      whoBreaks,
    })),
    assumptions: assumptions.map(
      (assumption) =>
        `${isBackward ? 'New schema' : `Version ${old.version}`}: ${assumption}.`,
    ),
  };
}

function isFull(mode: CompatibilityMode): boolean {
  return mode === 'full' || mode === 'full-transitive';
}

function isAboutContentModel({ kind }: VersionFinding): boolean {
  return (
    kind === 'property-added-to-open-model' ||
    kind === 'property-removed' ||
    kind === 'additional-properties-narrowed'
  );
}
