// Looks through one document of JSON Schema before it is converted: where each of its schemas is and will be, the dialect it
// is written in, and which schemas have names (`$id`, `$anchor`) that references may use.
import { isJsonObject, own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { child, type Pointer } from '../core/pointer.ts';
import {
  declaredDialect,
  undeclared,
  type Dialect,
} from './schema-dialects.ts';
import { decides, partsUnder } from './schema-parts.ts';

/** A schema that references inside it are relative to. */
export interface Resource {
  /** Its absolute URI; `null` when it has none. */
  readonly uri: string | null;
  readonly at: Pointer;
}

/** What is known of one schema of a document. */
export interface Surveyed {
  readonly dialect: Dialect;
  readonly resource: Resource;
  /** Where it is in the 2020-12 form. */
  readonly to: Pointer;
  /** Whether it surely is a schema; else it stands under a keyword that JSON Schema does not know. */
  readonly isKnown: boolean;
}

export interface Survey {
  /** By pointer into the document. */
  readonly schemas: ReadonlyMap<Pointer, Surveyed>;
  /** The schemas with an `$id`, by absolute URI, or by the text where there is none to make it absolute with. */
  readonly ids: ReadonlyMap<string, Pointer>;
  /** The schemas with a plain name, by `<pointer of the resource>#<name>`. */
  readonly anchors: ReadonlyMap<string, Pointer>;
  /** The resources that say `$recursiveAnchor: true`. */
  readonly recursive: ReadonlySet<Pointer>;
}

interface Surveying {
  readonly schemas: Map<Pointer, Surveyed>;
  readonly ids: Map<string, Pointer>;
  readonly anchors: Map<string, Pointer>;
  readonly recursive: Set<Pointer>;
}

/** Surveys a document. One that declares no dialect, or one that is not known here, is taken for 2020-12. */
export function surveySchema(document: JsonObject): Survey {
  const survey: Surveying = {
    schemas: new Map(),
    ids: new Map(),
    anchors: new Map(),
    recursive: new Set(),
  };
  look(survey, document, {
    at: '',
    known: {
      dialect: undeclared,
      resource: { uri: null, at: '' },
      to: '',
      isKnown: true,
    },
  });
  return survey;
}

/** Makes a reference absolute; `null` when it is relative and there is nothing to be relative to. */
export function absoluteUri(ref: string, base: string | null): string | null {
  try {
    return new URL(ref, base ?? undefined).href.replace(/#$/, '');
  } catch {
    return null;
  }
}

/**
 * Tells whether `$recursiveRef` leads to the resource that it stands in, as `$ref: "#"` does: always, unless this one and
 * another resource of the document say `$recursiveAnchor: true`, so that how it was reached decides.
 */
export function staysInside(survey: Survey, at: Pointer): boolean {
  const here = survey.schemas.get(at)?.resource.at ?? '';
  return survey.recursive.size < 2 || !survey.recursive.has(here);
}

/** Lists the keywords of a schema that its dialect reads. */
export function keywordsRead(
  schema: JsonObject,
  { ignoresBesideRef, later }: Dialect,
): readonly string[] {
  const isAlone = ignoresBesideRef && typeof own(schema, '$ref') === 'string';
  return Object.keys(schema).filter(
    (keyword) => !later.has(keyword) && !(isAlone && decides(keyword)),
  );
}

function look(
  survey: Surveying,
  value: JsonValue,
  { at, known }: { readonly at: Pointer; readonly known: Surveyed },
): void {
  if (!isJsonObject(value)) {
    survey.schemas.set(at, known);
    return;
  }
  const declared = known.isKnown ? declaredDialect(value) : null;
  const dialect =
    declared === null || typeof declared === 'string'
      ? known.dialect
      : declared;
  const resource = known.isKnown
    ? named(survey, value, { ...known, dialect }, at)
    : known.resource;
  survey.schemas.set(at, { ...known, dialect, resource });
  for (const keyword of keywordsRead(value, dialect)) {
    for (const part of partsUnder(value, keyword)) {
      look(survey, part.value, {
        at: child(at, ...part.from),
        known: {
          dialect,
          resource,
          to: child(known.to, ...part.to),
          isKnown: known.isKnown && part.isKnown,
        },
      });
    }
  }
}

/** Notes the names of a schema, and gives what references inside it are relative to. */
function named(
  survey: Surveying,
  schema: JsonObject,
  known: Surveyed,
  at: Pointer,
): Resource {
  const resource = identified(survey, schema, known, at);
  const anchor = own(schema, '$anchor');
  if (typeof anchor === 'string' && !known.dialect.later.has('$anchor'))
    survey.anchors.set(`${resource.at}#${anchor}`, at);
  if (
    own(schema, '$recursiveAnchor') === true &&
    !known.dialect.later.has('$recursiveAnchor')
  )
    survey.recursive.add(resource.at);
  return resource;
}

function identified(
  survey: Surveying,
  schema: JsonObject,
  { dialect, resource }: Surveyed,
  at: Pointer,
): Resource {
  const id = own(schema, dialect.idKeyword);
  // Beside `$ref` an `$id` has no meaning in the drafts that ignore its siblings, except at the root, where files have it.
  const isIgnored =
    dialect.ignoresBesideRef && own(schema, '$ref') !== undefined && at !== '';
  if (typeof id !== 'string' || isIgnored) return resource;
  if (id.startsWith('#')) {
    // Before 2019-09 an `$id` that is only a fragment was what `$anchor` is now; a pointer in it names nothing.
    if (!id.includes('/')) survey.anchors.set(`${resource.at}${id}`, at);
    return resource;
  }
  const uri = absoluteUri(id, resource.uri);
  survey.ids.set(uri ?? id.replace(/#$/, ''), at);
  return { uri, at };
}
