// What changed between two payload schemas, in words: `field "total" became required`.
import { append } from '../core/lists.ts';
import { isJsonObject, own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { segmentsOf } from '../core/pointer.ts';
import { canonical, withoutAnnotations } from './canonical.ts';
import { describeKeywords } from './describe-keywords.ts';
import { typeChange, typeOf } from './describe-type.ts';

/** Levels of nesting that are told apart; below, a change is told as one of the field above. */
const maxDepth = 6;

interface Place {
  readonly path: string;
  readonly depth: number;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** One change in words, with the field that it is about, e.g. `items[].sku`; the empty path is the payload. */
export interface DescribedChange {
  readonly path: string;
  readonly text: string;
}

/**
 * Describes the changes from one JSON Schema to another, each in one clause without a final stop, in the order of the new
 * schema's fields; empty when both accept the same texts. Fields are named by their path: `items[].sku`.
 */
export function describeChange(
  before: JsonObject,
  after: JsonObject,
): readonly DescribedChange[] {
  const root = {
    before: mapUnder('$defs', before),
    after: mapUnder('$defs', after),
  };
  const found = describeInside(
    { path: '', depth: 0, before, after },
    (schema, side) => resolve(schema, root[side]),
  );
  if (found.length > 0) return found;
  return isSame(before, after)
    ? []
    : [{ path: '', text: 'the schema changed' }];
}

/** Joins described changes to one clause after the other. */
export function changesText(changes: readonly DescribedChange[]): string {
  return changes.map(({ text }) => text).join(', ');
}

type Resolve = (schema: JsonValue, side: 'before' | 'after') => JsonObject;

function describeObject(
  place: Place,
  resolve: Resolve,
): readonly DescribedChange[] {
  const [old, now] = [
    mapUnder('properties', place.before),
    mapUnder('properties', place.after),
  ];
  const [oldNeeds, nowNeeds] = [
    requiredOf(place.before),
    requiredOf(place.after),
  ];
  const changes: DescribedChange[] = [];
  for (const [name, schema] of Object.entries(now)) {
    const path = pathOf(place, name);
    const known = own(old, name);
    if (known === undefined) {
      const type = typeOf(resolve(schema, 'after'));
      changes.push({
        path,
        text: `${needText(nowNeeds, name)} field "${path}" (${type}) was added`,
      });
      continue;
    }
    if (oldNeeds.has(name) !== nowNeeds.has(name))
      changes.push({
        path,
        text: `field "${path}" became ${needText(nowNeeds, name)}`,
      });
    append(
      changes,
      describeField(
        {
          path,
          depth: place.depth + 1,
          before: resolve(known, 'before'),
          after: resolve(schema, 'after'),
        },
        resolve,
      ),
    );
  }
  for (const name of Object.keys(old)) {
    if (own(now, name) !== undefined) continue;
    const path = pathOf(place, name);
    changes.push({
      path,
      text: `${needText(oldNeeds, name)} field "${path}" was removed`,
    });
  }
  return [...changes, ...describeContent(place)];
}

const pathOf = ({ path }: Place, name: string): string =>
  path === '' ? name : `${path}.${name}`;

const needText = (needs: ReadonlySet<JsonValue>, name: string): string =>
  needs.has(name) ? 'required' : 'optional';

function describeField(
  place: Place,
  resolve: Resolve,
): readonly DescribedChange[] {
  const { path, before, after } = place;
  const hasOtherType = typeOf(before) !== typeOf(after);
  const changes = hasOtherType
    ? [{ path, text: typeChange(path, place) }, ...keywordChanges(place)]
    : describeInside(place, resolve);
  const isPersonal = own(after, 'x-pii') === true;
  const marks =
    isPersonal === (own(before, 'x-pii') === true)
      ? []
      : [{ path, text: `field "${path}" ${personal(isPersonal)}` }];
  const all = [...changes, ...marks];
  if (all.length > 0) return all;
  // Definitions are compared where they are used, so a reference alone is no change.
  return isSame(withoutReferences(before), withoutReferences(after))
    ? []
    : [{ path, text: `field "${path}" changed` }];
}

/** What changed of a schema whose type is the same: its keywords, fields, items and values. */
function describeInside(
  place: Place,
  resolve: Resolve,
): readonly DescribedChange[] {
  const keywords = keywordChanges(place);
  return place.depth >= maxDepth
    ? keywords
    : [
        ...keywords,
        ...describeObject(place, resolve),
        ...describeItems(place, resolve),
      ];
}

/** Items of a list and values of a map. */
function describeItems(
  place: Place,
  resolve: Resolve,
): readonly DescribedChange[] {
  return ['items', 'additionalProperties'].flatMap((keyword) => {
    const [old, now] = [own(place.before, keyword), own(place.after, keyword)];
    if (!isJsonObject(old) || !isJsonObject(now)) return [];
    return describeField(
      {
        path: `${place.path}[]`,
        depth: place.depth + 1,
        before: resolve(old, 'before'),
        after: resolve(now, 'after'),
      },
      resolve,
    );
  });
}

function describeContent({
  path,
  before,
  after,
}: Place): readonly DescribedChange[] {
  const [old, now] = [before, after].map(
    (schema) => own(schema, 'additionalProperties') === false,
  );
  if (old === now) return [];
  const verb = now === true ? 'no longer takes' : 'now takes';
  return [
    { path, text: `${nameOf(path)} ${verb} fields that it does not name` },
  ];
}

const nameOf = (path: string): string =>
  path === '' ? 'the payload' : `field "${path}"`;

const keywordChanges = ({
  path,
  before,
  after,
}: Place): readonly DescribedChange[] =>
  describeKeywords(nameOf(path), before, after).map((text) => ({ path, text }));

function mapUnder(keyword: string, schema: JsonObject): JsonObject {
  const map = own(schema, keyword);
  return isJsonObject(map) ? map : {};
}

function requiredOf(schema: JsonObject): ReadonlySet<JsonValue> {
  const required = own(schema, 'required');
  return new Set(Array.isArray(required) ? (required as JsonValue[]) : []);
}

/** Follows references into `$defs`, a few of them; what else there is stays as it is. */
function resolve(schema: JsonValue, definitions: JsonObject): JsonObject {
  let current = isJsonObject(schema) ? schema : {};
  for (let hops = 0; hops < maxDepth; hops += 1) {
    const ref = own(current, '$ref');
    if (typeof ref !== 'string') return current;
    const [first, name, ...rest] = segmentsOf(ref.slice(1));
    const target =
      first === '$defs' && name !== undefined && rest.length === 0
        ? own(definitions, name)
        : undefined;
    if (!isJsonObject(target)) return current;
    current = target;
  }
  return current;
}

function withoutReferences(schema: JsonObject): JsonObject {
  const {
    $ref: _ref,
    $defs: _defs,
    properties: _own,
    items: _items,
    required: _required,
    ...rest
  } = schema;
  return rest;
}

const personal = (is: boolean): string =>
  `is ${is ? 'now' : 'no longer'} marked as personal`;

const isSame = (left: JsonObject, right: JsonObject): boolean =>
  canonical(withoutAnnotations(left)) === canonical(withoutAnnotations(right));
