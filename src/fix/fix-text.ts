// Findings that say how they are ended, to the text of a file in which they are. Each edit is proved before it is kept: the
// text has to read as the old value with that one change in it.
import type { Change } from '../core/change.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { isJsonObject, type JsonValue } from '../core/json.ts';
import { segmentsOf } from '../core/pointer.ts';
import { editPlanner, type TextEdit } from '../syntax/plan-edit.ts';
import { readSource } from '../syntax/read-source.ts';

export interface FixedText {
  readonly text: string;
  /** The findings that were corrected. */
  readonly fixed: readonly Diagnostic[];
}

interface Planned {
  readonly finding: Diagnostic;
  readonly edit: TextEdit;
}

/** Corrects what can be corrected with certainty in one file; the text stays as it is otherwise. */
export function fixText(
  text: string,
  findings: readonly Diagnostic[],
): FixedText {
  const plan = editPlanner(text);
  const planned = findings.flatMap((finding): readonly Planned[] => {
    const { pointer, at, change } = finding;
    const edit = change === undefined ? null : plan({ pointer, at, change });
    return edit === null ? [] : [{ finding, edit }];
  });
  const apart = withoutOverlaps(planned);
  const all = applied(text, apart);
  if (isProved(text, all, apart)) return result(all, apart);
  // One of them is not what it seems: each is tried alone on what the ones before it left.
  const kept: Planned[] = [];
  for (const one of apart) {
    const tried = [...kept, one];
    if (isProved(text, applied(text, tried), tried)) kept.push(one);
  }
  return result(applied(text, kept), kept);
}

const result = (text: string, planned: readonly Planned[]): FixedText => ({
  text,
  fixed: planned.map(({ finding }) => finding),
});

/** Of edits that meet the first is kept; the others come in the next pass. */
function withoutOverlaps(planned: readonly Planned[]): readonly Planned[] {
  const kept: Planned[] = [];
  const sorted = planned.toSorted(
    (left, right) => left.edit.start - right.edit.start,
  );
  for (const one of sorted) {
    const last = kept.at(-1);
    if (
      last === undefined ||
      one.edit.start > last.edit.end ||
      isBehind(last, one)
    )
      kept.push(one);
  }
  return kept;
}

const isBehind = (last: Planned, one: Planned): boolean =>
  one.edit.start === last.edit.end && one.edit.start > last.edit.start;

function applied(text: string, planned: readonly Planned[]): string {
  let out = '';
  let at = 0;
  for (const { edit } of planned) {
    out += text.slice(at, edit.start) + edit.to;
    at = edit.end;
  }
  return out + text.slice(at);
}

function isProved(
  before: string,
  after: string,
  planned: readonly Planned[],
): boolean {
  if (planned.length === 0) return true;
  const read = (text: string): JsonValue | null =>
    readSource('', text).value?.value ?? null;
  const old = read(before);
  const found = read(after);
  // A file that could not be read before has no value to compare with; the check that follows tells what it has now.
  if (old === null)
    return planned.every(({ finding }) => finding.change?.kind === 'text');
  // Later items first, so that the places of earlier ones still hold.
  const expected = planned
    .toReversed()
    .reduce<JsonValue | null>(
      (value, { finding }) =>
        value === null
          ? null
          : changed(value, segmentsOf(finding.pointer), finding),
      old,
    );
  return expected !== null && found !== null && isEqual(expected, found);
}

/** The value with a finding's change in it; null when the change does not fit it. */
function changed(
  value: JsonValue,
  path: readonly string[],
  finding: Diagnostic,
): JsonValue | null {
  const { change } = finding;
  if (change === undefined) return null;
  if (change.kind === 'text') return value;
  const [step, ...rest] = path;
  if (step === undefined) return atOnce(value, finding);
  if (rest.length === 0 && isOfEntry(finding))
    return entryChanged(value, step, change);
  const inner = memberOf(value, step);
  const replaced = inner === undefined ? null : changed(inner, rest, finding);
  return replaced === null ? null : withMember(value, step, replaced);
}

/** Tells whether a change is one of the entry, key and value, and not of its value alone. */
const isOfEntry = ({ change, at }: Diagnostic): boolean =>
  change?.kind === 'remove' || (change?.kind === 'rename' && at === 'key');

function entryChanged(
  value: JsonValue,
  step: string,
  change: Change,
): JsonValue | null {
  return change.kind === 'rename'
    ? renamed(value, step, change.to)
    : without(value, step);
}

const withMember = (
  value: JsonValue,
  step: string,
  member: JsonValue,
): JsonValue =>
  Array.isArray(value)
    ? (value as readonly JsonValue[]).with(Number(step), member)
    : { ...(value as Readonly<Record<string, JsonValue>>), [step]: member };

/** The value with another name for one of its members. */
function renamed(value: JsonValue, from: string, to: string): JsonValue | null {
  if (!isJsonObject(value) || Object.hasOwn(value, to)) return null;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key === from ? to : key,
      member,
    ]),
  );
}

/** A change of the value itself. */
function atOnce(value: JsonValue, { change }: Diagnostic): JsonValue | null {
  switch (change?.kind) {
    case 'rename':
      return typeof value === 'string' ? change.to : null;
    case 'insert':
      return isJsonObject(value) && !Object.hasOwn(value, change.key)
        ? { ...value, [change.key]: change.value }
        : null;
    case 'unquote':
      return typeof value === 'string'
        ? (JSON.parse(value) as JsonValue)
        : null;
    case 'quote':
      return quotedMark;
    default:
      return null;
  }
}

/** Stands for the text of a number or word, which keeps its digits as they were written. */
const quotedMark = '\u0000quoted';

function memberOf(value: JsonValue, step: string): JsonValue | undefined {
  if (Array.isArray(value))
    return (value as readonly JsonValue[])[Number(step)];
  return isJsonObject(value) && Object.hasOwn(value, step)
    ? value[step]
    : undefined;
}

function without(value: JsonValue, step: string): JsonValue | null {
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).toSpliced(Number(step), 1);
  if (!isJsonObject(value)) return null;
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => key !== step),
  );
}

function isEqual(expected: JsonValue, found: JsonValue): boolean {
  if (expected === quotedMark) return typeof found === 'string';
  if (Array.isArray(expected)) {
    const items = expected as readonly JsonValue[];
    return (
      Array.isArray(found) &&
      items.length === found.length &&
      items.every((item, index) => isEqual(item, found[index] as JsonValue))
    );
  }
  if (!isJsonObject(expected)) return Object.is(expected, found);
  if (!isJsonObject(found)) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(found).length &&
    keys.every(
      (key) =>
        Object.hasOwn(found, key) &&
        isEqual(expected[key] as JsonValue, found[key] as JsonValue),
    )
  );
}
