// What in a schema is not read as it was probably meant: words without meaning in its dialect, and those that cannot be read.
import { own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { isJsonObject } from '../core/json.ts';
import type { Pointer } from '../core/pointer.ts';
import { quotedList } from '../core/text.ts';
import { isTuple } from './schema-parts.ts';
import {
  keywordsRead,
  staysInside,
  type Survey,
  type Surveyed,
} from './schema-survey.ts';

/** Something in a document that is not read as it was probably meant, or cannot be read at all. */
export interface Remark {
  readonly kind: 'ignored' | 'unreadable';
  readonly at: Pointer;
  readonly reason: string;
  readonly advice: string;
}

/** Reads a reference by the pointer of the schema that it stands in. */
export interface RefReader {
  /** Its text in the converted document. */
  readonly text: (ref: string, at: Pointer) => string;
  /** What it names, where that is inside the document. */
  readonly target: (ref: string, at: Pointer) => JsonValue | undefined;
}

interface Looked {
  readonly at: Pointer;
  readonly known: Surveyed;
  readonly refs: RefReader;
  readonly survey: Survey;
}

/** Says what of a schema has no meaning, or none that is read. */
export function remarksOn(schema: JsonObject, from: Looked): readonly Remark[] {
  return [...ignored(schema, from), ...unreadable(schema, from)];
}

function ignored(schema: JsonObject, from: Looked): readonly Remark[] {
  const { at, known } = from;
  const { dialect } = known;
  const read = new Set(keywordsRead(schema, dialect));
  const passed = Object.keys(schema).filter((keyword) => !read.has(keyword));
  const later = passed.filter((keyword) => dialect.later.has(keyword));
  const beside = passed.filter(
    (keyword) =>
      !dialect.later.has(keyword) && !saysTarget(schema, keyword, from),
  );
  const found: Remark[] = [];
  const say = (reason: string, advice: string): void => {
    found.push({ kind: 'ignored', at, reason, advice });
  };
  if (later.length > 0)
    say(
      `${dialect.name} does not know ${quotedList(later)}`,
      'Declare the draft that has it, or remove it.',
    );
  if (beside.length > 0)
    say(
      `${dialect.name} ignores ${quotedList(beside)} beside "$ref"`,
      'Put the reference and the rest into "allOf" to have both, or remove what is ignored.',
    );
  if (read.has('additionalItems') && !isTuple(schema))
    say(
      '"additionalItems" means something only beside a list of "items"',
      'Remove it, or write "items" as what every item has to be.',
    );
  return found;
}

/** Tells whether a keyword beside a reference only repeats what it leads to, so that nothing is lost. */
function saysTarget(
  schema: JsonObject,
  keyword: string,
  { at, refs }: Looked,
): boolean {
  const ref = own(schema, '$ref');
  const target = typeof ref === 'string' ? refs.target(ref, at) : undefined;
  return (
    isJsonObject(target) &&
    JSON.stringify(own(target, keyword)) ===
      JSON.stringify(own(schema, keyword))
  );
}

function unreadable(
  schema: JsonObject,
  { at, known: { dialect }, survey }: Looked,
): readonly Remark[] {
  const found: Remark[] = [];
  const say = (reason: string, advice: string): void => {
    found.push({ kind: 'unreadable', at, reason, advice });
  };
  if (isTuple(schema) && Object.hasOwn(schema, 'prefixItems'))
    say(
      'it has both a list of "items" and "prefixItems"',
      'Keep "prefixItems", and "items" for what comes after them.',
    );
  if (
    Object.hasOwn(schema, '$recursiveRef') &&
    !dialect.later.has('$recursiveRef') &&
    !staysInside(survey, at)
  )
    say(
      '"$recursiveRef" between several schemas with "$recursiveAnchor" is not read',
      'Write "$ref" with the schema that is meant.',
    );
  for (const keyword of ['exclusiveMinimum', 'exclusiveMaximum'] as const)
    if (!dialect.hasBooleanLimits && typeof own(schema, keyword) === 'boolean')
      say(
        `"${keyword}: ${String(own(schema, keyword))}" is draft-04`,
        limitAdvice(schema, keyword),
      );
  return found;
}

function limitAdvice(
  schema: JsonObject,
  keyword: 'exclusiveMinimum' | 'exclusiveMaximum',
): string {
  const limit = keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum';
  const edge = own(schema, limit);
  return own(schema, keyword) === true && typeof edge === 'number'
    ? `Write "${keyword}: ${edge}" instead of "${limit}: ${edge}", or declare draft-04 by "$schema".`
    : `Remove "${keyword}", or declare draft-04 by "$schema".`;
}
