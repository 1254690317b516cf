// What changed between the keywords of two schemas of one place, in words; fields and types are told elsewhere.
import { byCodeUnit } from '../core/artifact.ts';
import { isJsonObject, own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { canonical } from './canonical.ts';

/** Keywords that are told as fields, types, references or marks. */
const toldElsewhere: ReadonlySet<string> = new Set([
  '$defs',
  '$ref',
  'const',
  'enum',
  'format',
  'properties',
  'required',
  'type',
  'x-pii',
]);

/** The keywords that people write most, in the order in which they are told; others follow by name. */
const usual: readonly string[] = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'pattern',
  'default',
];

/** Describes each keyword that came, went or has another value; `what` is the place, such as `field "total"`. */
export function describeKeywords(
  what: string,
  before: JsonObject,
  after: JsonObject,
): readonly string[] {
  const others = [
    ...new Set([...Object.keys(before), ...Object.keys(after)]),
  ].filter(
    (keyword) => !toldElsewhere.has(keyword) && !usual.includes(keyword),
  );
  return [...usual, ...others.toSorted(byCodeUnit)].flatMap((keyword) =>
    keywordChange(what, keyword, [own(before, keyword), own(after, keyword)]),
  );
}

function keywordChange(
  what: string,
  keyword: string,
  [old, now]: readonly [JsonValue | undefined, JsonValue | undefined],
): readonly string[] {
  if (isContent(keyword) && (isClosing(old, now) || areSchemas(old, now)))
    return [];
  if (old === undefined)
    return now === undefined ? [] : [`${what} got ${named(keyword, now)}`];
  if (now === undefined) return [`${what} lost its ${keyword}`];
  return canonical(old) === canonical(now)
    ? []
    : [wentFromTo(what, keyword, [old, now])];
}

function wentFromTo(
  what: string,
  keyword: string,
  [old, now]: readonly [JsonValue, JsonValue],
): string {
  return isSchema(keyword, old) || isSchema(keyword, now)
    ? `${keyword} of ${what} changed`
    : `${keyword} of ${what} went from ${JSON.stringify(old)} to ${JSON.stringify(now)}`;
}

/** Those of a list or a map have words of their own: for a schema in both, and for an object that is closed or opened. */
const isContent = (keyword: string): boolean =>
  keyword === 'items' || keyword === 'additionalProperties';

const isClosing = (
  old: JsonValue | undefined,
  now: JsonValue | undefined,
): boolean => (old === false) !== (now === false);

const areSchemas = (
  old: JsonValue | undefined,
  now: JsonValue | undefined,
): boolean => isJsonObject(old) && isJsonObject(now);

function named(keyword: string, value: JsonValue): string {
  return isSchema(keyword, value)
    ? keyword
    : `${keyword} ${JSON.stringify(value)}`;
}

/** Schemas inside schemas are too long to be written out; a default is data. */
const isSchema = (keyword: string, value: JsonValue): boolean =>
  keyword !== 'default' && typeof value === 'object' && value !== null;
