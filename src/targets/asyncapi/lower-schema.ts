// JSON Schema 2020-12 to the Schema Object of AsyncAPI 3, which extends draft 7, with its definitions as components.
// What draft 7 cannot say (`unevaluated…`, `minContains`) is left out: the document accepts a little more, never less.
import { documentKey } from './document-key.ts';
import { isJsonObject, own } from '../../core/json.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { definitionName, definitionRef } from '../../model/schema-refs.ts';
import { mapRefs, mapSchemas } from '../../model/schema-walk.ts';

const dropped: ReadonlySet<string> = new Set([
  '$anchor',
  '$defs',
  '$dynamicAnchor',
  '$dynamicRef',
  '$id',
  '$schema',
  '$vocabulary',
  'dependentRequired',
  'dependentSchemas',
  'maxContains',
  'minContains',
  'prefixItems',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

/** Schemas under `components`, which grow as messages ask for them. */
export interface SchemaRegistry {
  /** Registers a self-contained schema under a wanted key and gives its reference; `scope` tells equal-looking definitions apart. */
  readonly add: (key: string, schema: JsonObject, scope: string) => JsonObject;
  /** All registered schemas, in order of registration. */
  readonly all: () => JsonObject;
}

/** Makes an empty registry. One definition that several schemas share becomes one component. */
export function schemaRegistry(): SchemaRegistry {
  const schemas = new Map<string, JsonObject>();
  const keys = new Map<string, string>();
  const freeKey = (wanted: string): string => {
    let key = wanted;
    for (let count = 2; schemas.has(key); count += 1)
      key = `${wanted}-${count}`;
    return key;
  };
  const reserve = (wanted: string): string => {
    const key = freeKey(wanted);
    schemas.set(key, {});
    return key;
  };
  return {
    add: (wanted, schema, scope) => {
      const root = reserve(wanted);
      const definitions = definitionsOf(schema);
      const fresh: [string, string][] = [];
      const names = new Map(
        definitions.map(([name, definition]) => {
          const identity = `${scope} ${name} ${JSON.stringify(definition)}`;
          const known = keys.get(identity);
          if (known !== undefined) return [name, known];
          const key = reserve(documentKey(name));
          keys.set(identity, key);
          fresh.push([name, key]);
          return [name, key];
        }),
      );
      const place = (part: JsonObject): JsonObject =>
        lowerSchema(mapRefs(part, (ref) => moved(ref, root, names)));
      for (const [name, definition] of definitions) {
        const key = fresh.find(([each]) => each === name)?.[1];
        if (key !== undefined) schemas.set(key, place(definition));
      }
      schemas.set(root, place(schema));
      return { $ref: componentRef(root) };
    },
    all: () => Object.fromEntries(schemas),
  };
}

/** Rewrites what draft 7 says in other words. */
export function lowerSchema(schema: JsonObject): JsonObject {
  return mapSchemas(schema, (part) => {
    if (!Object.keys(part).some(isLowered)) return part;
    const kept = Object.fromEntries(
      Object.entries(part).filter(([keyword]) => !dropped.has(keyword)),
    );
    return besideRef({ ...kept, ...tuple(part), ...dependencies(part) });
  });
}

const isLowered = (keyword: string): boolean =>
  keyword === '$ref' || dropped.has(keyword);

// Draft 7 ignores what stands beside `$ref`.
function besideRef(schema: JsonObject): JsonObject {
  const { $ref: ref, ...rest } = schema;
  if (ref === undefined || Object.keys(rest).length === 0) return schema;
  const others = own(rest, 'allOf');
  const parts = Array.isArray(others) ? (others as readonly JsonValue[]) : [];
  return { ...rest, allOf: [{ $ref: ref }, ...parts] };
}

function tuple(schema: JsonObject): JsonObject {
  const prefix = own(schema, 'prefixItems');
  if (prefix === undefined) return {};
  const rest = own(schema, 'items');
  return {
    items: prefix,
    ...(rest !== undefined && { additionalItems: rest }),
  };
}

/** What both keywords say of one member becomes one schema: draft 7 has one keyword for the two. */
function dependencies(schema: JsonObject): JsonObject {
  const required = own(schema, 'dependentRequired');
  const schemas = own(schema, 'dependentSchemas');
  const all = new Map(isJsonObject(required) ? Object.entries(required) : []);
  for (const [name, part] of isJsonObject(schemas)
    ? Object.entries(schemas)
    : []) {
    const names = all.get(name);
    all.set(
      name,
      names === undefined ? part : { allOf: [part, { required: names }] },
    );
  }
  return all.size === 0 ? {} : { dependencies: Object.fromEntries(all) };
}

function definitionsOf(
  schema: JsonObject,
): readonly (readonly [string, JsonObject])[] {
  const definitions = own(schema, '$defs');
  if (!isJsonObject(definitions)) return [];
  return Object.entries(definitions).map(([name, value]) => [
    name,
    isJsonObject(value) ? value : value === false ? { not: {} } : {},
  ]);
}

function moved(
  ref: string,
  root: string,
  names: ReadonlyMap<string, string>,
): string {
  const name = definitionName(ref);
  const key = name === null ? undefined : names.get(name);
  if (name !== null && key !== undefined) {
    return componentRef(key) + ref.slice(definitionRef(name).length);
  }
  if (ref === '#') return componentRef(root);
  return ref.startsWith('#/') ? componentRef(root) + ref.slice(1) : ref;
}

function componentRef(key: string): string {
  return `#/components/schemas/${key}`;
}
