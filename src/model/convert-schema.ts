// Writes a surveyed document of JSON Schema in the words of draft 2020-12. Knows nothing about what references lead to.
import { append } from '../core/lists.ts';
import { isJsonObject, own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { child, type Pointer } from '../core/pointer.ts';
import { remarksOn, type RefReader, type Remark } from './schema-remarks.ts';
import type { Dialect } from './schema-dialects.ts';
import { isTuple, partsUnder, type Part } from './schema-parts.ts';
import {
  keywordsRead,
  staysInside,
  type Survey,
  type Surveyed,
} from './schema-survey.ts';

interface Converting {
  readonly survey: Survey;
  readonly refs: RefReader;
  readonly remarks: Remark[];
}

/** Converts a document that has been surveyed. */
export function convertSchema(
  document: JsonObject,
  survey: Survey,
  refs: RefReader,
): { readonly schema: JsonObject; readonly remarks: readonly Remark[] } {
  const converting: Converting = { survey, refs, remarks: [] };
  const schema = convert(converting, document, '');
  return { schema, remarks: converting.remarks };
}

function convert(
  converting: Converting,
  schema: JsonObject,
  at: Pointer,
): JsonObject {
  const known = converting.survey.schemas.get(at);
  if (known === undefined) return schema;
  if (known.isKnown)
    append(converting.remarks, remarksOn(schema, { ...converting, at, known }));
  const written = new Map<string, JsonValue>();
  for (const keyword of inOrder(schema, known.dialect)) {
    for (const [name, value] of wordsOf(converting, schema, { keyword, at }))
      written.set(name, merged(written.get(name), value));
  }
  return nameless(limits(Object.fromEntries(written), known.dialect), {
    known,
    isRoot: at === '',
  });
}

const addsToAll = (keyword: string): boolean =>
  keyword === 'dependencies' || keyword === '$recursiveRef';

/** What goes behind an `allOf` that is there comes after it. */
function inOrder(schema: JsonObject, dialect: Dialect): readonly string[] {
  return keywordsRead(schema, dialect).toSorted(
    (left, right) => Number(addsToAll(left)) - Number(addsToAll(right)),
  );
}

/** What one keyword is in 2020-12: mostly itself. */
function wordsOf(
  converting: Converting,
  schema: JsonObject,
  { keyword, at }: { readonly keyword: string; readonly at: Pointer },
): readonly (readonly [string, JsonValue])[] {
  const value = own(schema, keyword) ?? null;
  if (isDropped(converting, schema, { keyword, at })) return [];
  if (keyword === '$ref' && typeof value === 'string')
    return [[keyword, converting.refs.text(value, at)]];
  if (keyword === '$recursiveRef') return recursion(converting, schema, at);
  if (keyword === 'items' && isTuple(schema))
    return tuple(converting, schema, at);
  const parts = partsUnder(schema, keyword);
  if (keyword === 'dependencies' && isJsonObject(value))
    return dependencies(converting, { value, parts, at });
  return rewritten(converting, { keyword, value, parts, at });
}

function rewritten(
  converting: Converting,
  from: {
    readonly keyword: string;
    readonly value: JsonValue;
    readonly parts: readonly Part[];
    readonly at: Pointer;
  },
): readonly (readonly [string, JsonValue])[] {
  const { keyword, value, parts, at } = from;
  const [first] = parts;
  if (first === undefined) return [[keyword, value]];
  const made = parts.map(
    (part) => [part, converted(converting, part, at)] as const,
  );
  return [[first.to[0] ?? keyword, rebuilt(value, made)]];
}

/** Tells whether a keyword has no meaning any more, or none that is read: that has been told. */
function isDropped(
  { survey }: Converting,
  schema: JsonObject,
  { keyword, at }: { readonly keyword: string; readonly at: Pointer },
): boolean {
  return (
    keyword === '$schema' ||
    (keyword === 'additionalItems' && !isTuple(schema)) ||
    keyword === '$recursiveAnchor' ||
    (keyword === '$recursiveRef' && !staysInside(survey, at))
  );
}

function converted(
  converting: Converting,
  { value, from }: Part,
  at: Pointer,
): JsonValue {
  return isJsonObject(value)
    ? convert(converting, value, child(at, ...from))
    : value;
}

/** Puts converted schemas back into what held them: a map, a list, or nothing at all. */
function rebuilt(
  value: JsonValue,
  made: readonly (readonly [Part, JsonValue])[],
): JsonValue {
  const [first] = made;
  if (first !== undefined && first[0].from.length === 1) return first[1];
  const byName = new Map(
    made.map(([part, own]) => [part.from[1], [part.to[1] ?? '', own] as const]),
  );
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map(
      (item, index) => byName.get(String(index))?.[1] ?? item,
    );
  return isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(
          ([name, item]) => byName.get(name) ?? [name, item],
        ),
      )
    : value;
}

function recursion(
  { refs }: Converting,
  schema: JsonObject,
  at: Pointer,
): readonly (readonly [string, JsonValue])[] {
  const $ref = refs.text('#', at);
  return Object.hasOwn(schema, '$ref')
    ? [['allOf', [{ $ref }]]]
    : [['$ref', $ref]];
}

function tuple(
  converting: Converting,
  schema: JsonObject,
  at: Pointer,
): readonly (readonly [string, JsonValue])[] {
  const items = partsUnder(schema, 'items').map((part) =>
    converted(converting, part, at),
  );
  // 2020-12 has no empty list there, and one without schemas says nothing.
  return items.length === 0 || Object.hasOwn(schema, 'prefixItems')
    ? []
    : [['prefixItems', items]];
}

function dependencies(
  converting: Converting,
  from: {
    readonly value: JsonObject;
    readonly parts: readonly Part[];
    readonly at: Pointer;
  },
): readonly (readonly [string, JsonValue])[] {
  const lists = Object.entries(from.value).filter(([, value]) =>
    Array.isArray(value),
  );
  const schemas = from.parts.map(
    (part) => [part, converted(converting, part, from.at)] as const,
  );
  const plain = schemas.filter(([{ to }]) => to[0] === 'dependentSchemas');
  const beside = schemas.filter(([{ to }]) => to[0] === 'allOf');
  return [
    ...(lists.length === 0
      ? []
      : [['dependentRequired', Object.fromEntries(lists)] as const]),
    ...(plain.length === 0
      ? []
      : [
          [
            'dependentSchemas',
            Object.fromEntries(
              plain.map(([{ to }, schema]) => [to[1] ?? '', schema]),
            ),
          ] as const,
        ]),
    ...beside.map(
      ([
        {
          from: [, name = ''],
        },
        schema,
      ]) => ['allOf', [{ dependentSchemas: { [name]: schema } }]] as const,
    ),
  ];
}

/** Joins what two keywords of an earlier draft say by one of 2020-12. */
function merged(known: JsonValue | undefined, value: JsonValue): JsonValue {
  if (known === undefined) return value;
  if (Array.isArray(known) && Array.isArray(value)) {
    const all = [...known, ...value] as readonly JsonValue[];
    return all.every((item) => typeof item === 'string')
      ? [...new Set(all)]
      : all;
  }
  if (!isJsonObject(known) || !isJsonObject(value)) return value;
  const both = new Map(Object.entries(known));
  for (const [name, item] of Object.entries(value))
    both.set(name, merged(both.get(name), item));
  return Object.fromEntries(both);
}

/** `exclusiveMinimum: true` of draft-04 makes `minimum` exclusive; elsewhere it is told, and dropped. */
function limits(schema: JsonObject, { hasBooleanLimits }: Dialect): JsonObject {
  return [
    ['exclusiveMinimum', 'minimum'] as const,
    ['exclusiveMaximum', 'maximum'] as const,
  ].reduce<JsonObject>((whole, [exclusive, limit]) => {
    const { [exclusive]: flag, ...rest } = whole;
    if (typeof flag !== 'boolean') return whole;
    const { [limit]: edge, ...others } = rest;
    return hasBooleanLimits && flag && edge !== undefined
      ? { ...others, [exclusive]: edge }
      : rest;
  }, schema);
}

/** Takes the names out of a schema: references have become pointers, and a name left behind would give them another base. */
function nameless(
  schema: JsonObject,
  { known, isRoot }: { readonly known: Surveyed; readonly isRoot: boolean },
): JsonObject {
  const isName = (keyword: string, value: JsonValue): boolean => {
    if (typeof value !== 'string') return false;
    if (keyword === '$id') return !isRoot || value.startsWith('#');
    return keyword === '$anchor' || (keyword === 'id' && known.isKnown);
  };
  return Object.fromEntries(
    Object.entries(schema).filter(
      ([keyword, value]) => !isName(keyword, value),
    ),
  );
}
