// When a raised version covers what a payload breaks.
import type { Event } from '../model/model.ts';
import type { Cover } from './change.ts';
import type { Comparison } from './comparison.ts';
import { comparable, isSameSchema, jointContent } from './payload-check.ts';
import type { Pair } from './side.ts';

/** A raised version covers a break when the one before it is kept as it was: consumers tell the two apart by the envelope's `dataschema`. */
export function coverOf(
  comparison: Comparison,
  pair: Pair<Event>,
): Cover | null {
  const { before, after } = pair;
  if (after.version <= before.version) return null;
  const kept = after.versions.find(({ version }) => version === before.version);
  if (kept === undefined) return null;
  const content = jointContent(pair);
  const isUnchanged = isSameSchema(
    comparable(comparison.before, before.payload, content),
    comparable(comparison.after, kept.payload, content),
  );
  return isUnchanged
    ? {
        by: 'version',
        reason: `version raised from ${before.version} to ${after.version}, and version ${before.version} is kept`,
      }
    : null;
}
