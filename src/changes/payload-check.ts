// One schema against those before it: what breaks whom, with payloads as proof. Shared by payloads, headers and requests.
import type { JsonObject } from '../core/json.ts';
import { checkCompatibility } from '../compat/check-compatibility.ts';
import type {
  CompatibilityMode,
  VersionFinding,
} from '../compat/check-compatibility.ts';
import { checkReadable } from '../compat/check-readable.ts';
import type { Policy } from '../compat/check-readable.ts';
import { contentModelOf, type ContentModel } from '../model/content-model.ts';
import type { Event } from '../model/model.ts';
import type { Shape } from '../model/payload.ts';
import type { Compatibility } from '../model/settings.ts';
import { canonical, withoutAnnotations } from './canonical.ts';
import type { Proof } from './change.ts';
import { shapeSchema } from '../model/json-schema.ts';
import type { Pair, Side } from './side.ts';

/**
 * What both designs promise together: every reading that one of them promises, against every version if one of them says so.
 * A mode that is lowered in the same change therefore excuses nothing.
 */
export function jointMode({
  before,
  after,
}: Pair<Compatibility>): CompatibilityMode {
  const words = [before, after].map((mode) => mode.replace('-transitive', ''));
  const isTransitive = [before, after].some((mode) =>
    mode.endsWith('-transitive'),
  );
  const has = (direction: string): boolean =>
    words.includes(direction) || words.includes('full');
  const [backward, forward] = [has('backward'), has('forward')];
  if (!backward && !forward) return 'none';
  const mode = backward && forward ? 'full' : backward ? 'backward' : 'forward';
  return isTransitive ? `${mode}-transitive` : mode;
}

/** The content model under which an event of two designs is compared. */
export function jointContent({ before, after }: Pair<Event>): ContentModel {
  return contentModelOf(
    jointMode({
      before: before.compatibility.value,
      after: after.compatibility.value,
    }),
  );
}

/** Compiles a shape for comparison, without what only describes. */
export function comparable(
  side: Side,
  shape: Shape,
  content: ContentModel,
): JsonObject {
  // An object stays an object without its annotations.
  return withoutAnnotations(
    shapeSchema(side.types, shape, content),
  ) as JsonObject;
}

/** Tells whether two schemas are the same but for order and descriptions. */
export function isSameSchema(left: JsonObject, right: JsonObject): boolean {
  return canonical(left) === canonical(right);
}

export interface KeptVersion {
  readonly version: number;
  readonly schema: JsonObject;
}

/** A new schema, the one that it follows, and the versions kept before that, oldest first. */
export interface Succession {
  readonly mode: CompatibilityMode;
  readonly now: JsonObject;
  readonly last: KeptVersion;
  readonly older: readonly KeptVersion[];
}

/** Finds what a new schema breaks under a mode and what its predecessor did not break already. */
export function newFindings(
  { mode, now, last, older }: Succession,
  policy: Policy,
): readonly VersionFinding[] {
  const named = older.map(({ version, schema }) => ({
    version: String(version),
    schema,
  }));
  const { findings } = checkCompatibility(
    mode,
    {
      schema: now,
      older: [...named, { version: String(last.version), schema: last.schema }],
    },
    policy,
  );
  // What history had against an older version is no news.
  const known =
    mode.endsWith('-transitive') && named.length > 0
      ? checkCompatibility(mode, { schema: last.schema, older: named }, policy)
          .findings
      : [];
  const keys = new Set(known.map(keyOf));
  return findings.filter((finding) => !keys.has(keyOf(finding)));
}

const keyOf = (finding: VersionFinding): string =>
  JSON.stringify([
    finding.direction,
    finding.olderVersion,
    finding.path,
    finding.kind,
  ]);

/** Who may be upgraded first after a change. */
export type UpgradeOrder = 'any' | 'consumers' | 'publishers' | 'together';

/** Tells in which order those who read and those who write a schema can be upgraded. */
export function upgradeOrder(
  now: JsonObject,
  last: JsonObject,
  policy: Policy,
): UpgradeOrder {
  const readsOld = checkReadable(now, last, policy).verdict === 'compatible';
  const readsNew = checkReadable(last, now, policy).verdict === 'compatible';
  if (readsOld && readsNew) return 'any';
  if (readsOld) return 'consumers';
  return readsNew ? 'publishers' : 'together';
}

/** The proof of a finding, with who writes and who refuses. */
export function proofOf(
  finding: VersionFinding,
  named: { readonly now: string; readonly older: string },
): Proof {
  if ('missing' in finding.witness) return finding.witness;
  const isBackward = finding.direction === 'backward';
  return {
    payload: finding.witness.payload,
    writer: isBackward ? named.older : named.now,
    reader: isBackward ? named.now : named.older,
  };
}
