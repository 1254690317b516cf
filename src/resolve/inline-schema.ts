// An author's JSON Schema made self-contained: files that it refers to move into its `$defs`, shared types become `#/$defs/<Type>`.
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import { child, type Pointer } from '../core/pointer.ts';
import { readSchemaDocument } from '../model/schema-document.ts';
import type { SchemaDocument } from '../model/schema-document.ts';
import { definitionRef, refTarget } from '../model/schema-refs.ts';
import { mapRefs } from '../model/schema-walk.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { linkKey, type SchemaLink } from './schema-library.ts';
import { reportRemarks } from './schema-remarks.ts';
import { adviceFrom, type Scope } from './scope.ts';

/** Where a schema stands: the pointer that its diagnostics name, and words for it. */
export interface SchemaPlace {
  readonly pointer: Pointer;
  readonly where: string;
}

interface Inlining {
  readonly scope: Scope;
  readonly place: SchemaPlace;
  /** Files already moved: the name of their definition. */
  readonly moved: Map<string, string>;
  readonly definitions: Map<string, JsonValue>;
}

/**
 * Makes a schema of any draft self-contained, in draft 2020-12. Reports: `resolve/schema-not-found`,
 * `resolve/schema-keyword-ignored`, `resolve/schema-invalid`. An unreadable reference becomes one that accepts anything.
 */
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
  const document = readSchemaDocument(schema);
  reportRemarks(scope, document.remarks, { ...place, file: null });
  const inlined = mapRefs(document.schema, (ref) =>
    target(inlining, ref, { file: null, prefix: '#', document }),
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
  readonly document: SchemaDocument;
}

function target(inlining: Inlining, ref: string, base: Base): string {
  const typeName = /^#\/types\/([^/]+)$/.exec(ref)?.[1];
  if (typeName !== undefined && base.file === null)
    return typeRef(inlining, ref, typeName);
  return ref.startsWith('#')
    ? inside(inlining, ref, base)
    : outside(inlining, ref, base);
}

function outside(inlining: Inlining, ref: string, base: Base): string {
  const [path = '', fragment = ''] = ref.split('#', 2);
  const link = linkOf(inlining, path, base);
  if ('problem' in link) {
    const { problem: reason, advice } = link;
    notFound(inlining, { ref, reason, advice });
    return definitionRef('_');
  }
  const found = inlining.scope.schemaLibrary.documents.get(link.file);
  const at = found === undefined ? null : placeIn(found, link.at, fragment);
  return found === undefined || at === null
    ? lost(inlining, ref)
    : definitionRef(move(inlining, link.file, found)) + at;
}

function inside(inlining: Inlining, ref: string, base: Base): string {
  // A name that was not found is one of `$dynamicAnchor`, which is left to the validator.
  if (!/^#(?:\/|$)/.test(ref)) return ref;
  return leadsNowhere(base.document.schema, ref)
    ? lost(inlining, ref)
    : base.prefix + ref.slice(1);
}

/** Finds what a fragment names in a schema of a document; a schema with an `$id` of its own is at `at`. */
const placeIn = (
  document: SchemaDocument,
  at: Pointer,
  fragment: string,
): Pointer | null => {
  if (at === '') return document.find(fragment);
  return /^(?:\/|$)/.test(fragment) ? at + fragment : null;
};

function linkOf(inlining: Inlining, path: string, base: Base): SchemaLink {
  const outer = base.document.outer.find((each) => each.path === path);
  return (
    inlining.scope.schemaLibrary.links.get(
      linkKey(base.file, outer ?? { path, uri: null }),
    ) ?? {
      problem: 'cannot be read',
      advice: 'Write the path relative to the file that refers to it.',
    }
  );
}

function lost(inlining: Inlining, ref: string): string {
  const reason = 'leads to nothing in its document';
  const advice =
    'Add what it refers to under "$defs", or correct the reference.';
  notFound(inlining, { ref, reason, advice });
  return definitionRef('_');
}

function typeRef(inlining: Inlining, ref: string, name: string): string {
  const types = Object.keys(inlining.scope.raw.types ?? {});
  if (!types.includes(name)) {
    notFound(inlining, {
      ref,
      reason: 'is no type of this spec',
      advice:
        types.length === 0
          ? `Define "${name}" under "types".`
          : adviceFrom(name, types),
    });
  }
  return definitionRef(name);
}

/** Moves a file among the definitions, once, and gives the name that it has there. */
function move(
  inlining: Inlining,
  file: string,
  document: SchemaDocument,
): string {
  const known = inlining.moved.get(file);
  if (known !== undefined) return known;
  const stem = file
    .replace(/^.*\//, '')
    .replace(/\.(schema\.)?(json|ya?ml)$/i, '');
  let name = stem === '' ? 'schema' : stem;
  while (inlining.definitions.has(name)) name += '_';
  inlining.moved.set(file, name);
  inlining.definitions.set(name, {});
  reportRemarks(inlining.scope, document.remarks, { ...inlining.place, file });
  const { $id: _id, ...rest } = mapRefs(document.schema, (inner) =>
    target(inlining, inner, { file, prefix: definitionRef(name), document }),
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

/** A reference by JSON Pointer can be followed here. */
const leadsNowhere = (root: JsonObject, ref: string): boolean =>
  ref.startsWith('#/') &&
  !ref.startsWith('#/types/') &&
  refTarget(root, ref) === undefined;

/** Follows a local reference inside a self-contained schema; null when it leads nowhere. */
export function follow(schema: JsonObject, ref: string): JsonObject | null {
  const value = refTarget(schema, ref);
  return isJsonObject(value) ? value : null;
}
