// An author's JSON Schema made self-contained: files that it refers to move into its `$defs`, shared types become `#/$defs/<Type>`.
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import { child, segmentsOf, type Pointer } from '../core/pointer.ts';
import { definitionRef } from '../model/schema-refs.ts';
import { mapRefs } from '../model/schema-walk.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { adviceFrom, type Scope } from './scope.ts';

/** Where a schema stands: the pointer that its diagnostics name, and words for it. */
export interface SchemaPlace {
  readonly pointer: Pointer;
  readonly where: string;
}

interface Inlining {
  readonly scope: Scope;
  readonly place: SchemaPlace;
  /** Files already moved, by path: the name of their definition. */
  readonly moved: Map<string, string>;
  readonly definitions: Map<string, JsonValue>;
}

/** Makes a schema self-contained. Reports: `resolve/schema-not-found`. An unreadable reference becomes one that accepts anything. */
export function inlineSchema(
  scope: Scope,
  schema: JsonObject | boolean,
  place: SchemaPlace,
): JsonObject {
  if (typeof schema === 'boolean') return schema ? {} : { not: {} };
  const inlining: Inlining = {
    scope,
    place,
    moved: new Map(),
    definitions: new Map(),
  };
  const inlined = mapRefs(schema, (ref) =>
    target(inlining, ref, { file: null, prefix: '#', root: schema }),
  );
  if (inlining.definitions.size === 0) return inlined;
  const own$defs = own(inlined, '$defs');
  return {
    ...inlined,
    $defs: {
      ...(isJsonObject(own$defs) ? own$defs : {}),
      ...Object.fromEntries(inlining.definitions),
    },
  };
}

/** The document that a reference stands in: the spec, or a file that moved to `prefix`. */
interface Base {
  readonly file: string | null;
  readonly prefix: string;
  readonly root: JsonObject;
}

function target(inlining: Inlining, ref: string, base: Base): string {
  const typeName = /^#\/types\/([^/]+)$/.exec(ref)?.[1];
  if (typeName !== undefined && base.file === null)
    return typeRef(inlining, ref, typeName);
  if (ref.startsWith('#')) {
    if (leadsNowhere(base.root, ref)) {
      const reason = 'leads to nothing in its document';
      const advice =
        'Add what it refers to under "$defs", or correct the reference.';
      notFound(inlining, { ref, reason, advice });
      return definitionRef('_');
    }
    return base.prefix + ref.slice(1);
  }
  const [path = '', fragment = ''] = ref.split('#', 2);
  const key = fileKey(base.file, path);
  const name = inlining.moved.get(key) ?? move(inlining, { key, path, ref });
  return name === null ? definitionRef('_') : definitionRef(name) + fragment;
}

/** How the pipeline names a referenced file: the chain of references that leads to it. */
export function fileKey(from: string | null, path: string): string {
  return from === null ? path : `${from} > ${path}`;
}

function typeRef(inlining: Inlining, ref: string, name: string): string {
  const types = Object.keys(inlining.scope.raw.types ?? {});
  if (!types.includes(name)) {
    notFound(inlining, {
      ref,
      reason: 'is no type of this spec',
      advice: adviceFrom(name, types),
    });
  }
  return definitionRef(name);
}

function move(
  inlining: Inlining,
  file: { key: string; path: string; ref: string },
): string | null {
  const { key, path, ref } = file;
  const found = inlining.scope.schemaFiles.get(key);
  if (found === undefined || 'problem' in found) {
    const { problem: reason, advice } = found ?? {
      problem: 'cannot be read',
      advice: 'Write the path relative to the file that refers to it.',
    };
    notFound(inlining, { ref, reason, advice });
    return null;
  }
  const stem = path
    .replace(/^.*\//, '')
    .replace(/\.(schema\.)?(json|ya?ml)$/i, '');
  let name = stem === '' ? 'schema' : stem;
  while (inlining.definitions.has(name)) name += '_';
  inlining.moved.set(key, name);
  inlining.definitions.set(name, {});
  const schema = isJsonObject(found.value) ? found.value : {};
  const {
    $id: _id,
    $schema: _dialect,
    ...rest
  } = mapRefs(schema, (inner) =>
    target(inlining, inner, {
      file: key,
      prefix: definitionRef(name),
      root: schema,
    }),
  );
  inlining.definitions.set(name, rest);
  return name;
}

function notFound(
  inlining: Inlining,
  words: { ref: string; reason: string; advice: string },
): void {
  const { scope, place } = inlining;
  scope.report(
    resolveDiagnostics.make(
      'schema-not-found',
      { pointer: child(place.pointer, 'schema') },
      { where: place.where, ...words },
    ),
  );
  inlining.definitions.set('_', {});
}

/** A reference by JSON Pointer can be followed here; one by `$anchor` or `$id` is left to the validator. */
const leadsNowhere = (root: JsonObject, ref: string): boolean =>
  ref.startsWith('#/') &&
  !ref.startsWith('#/types/') &&
  valueAt(root, ref) === undefined;

/** Follows a local reference inside a self-contained schema; null when it leads nowhere. */
export function follow(schema: JsonObject, ref: string): JsonObject | null {
  const value = ref.startsWith('#') ? valueAt(schema, ref) : undefined;
  return isJsonObject(value) ? value : null;
}

function valueAt(schema: JsonObject, ref: string): JsonValue | undefined {
  let value: JsonValue | undefined = schema;
  for (const segment of segmentsOf(decoded(ref.slice(1)))) {
    if (Array.isArray(value)) value = value[Number(segment)];
    else if (isJsonObject(value)) value = own(value, segment);
    else return undefined;
  }
  return value;
}

/** Decodes the percent signs of a URI fragment; a malformed one stands for itself. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
