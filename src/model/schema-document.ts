// One document of JSON Schema of any draft, as draft 2020-12 that accepts the same. References inside it become JSON Pointers,
// so that nothing behind this point needs to know `$id`, `$anchor` or an earlier draft. Knows nothing about files.
import type { JsonObject } from '../core/json.ts';
import { pointer, type Pointer } from '../core/pointer.ts';
import { convertSchema } from './convert-schema.ts';
import {
  declaredDialect,
  undeclared,
  type Dialect,
} from './schema-dialects.ts';
import { decodedFragment, refTarget } from './schema-refs.ts';
import type { Remark } from './schema-remarks.ts';
import { absoluteUri, surveySchema, type Survey } from './schema-survey.ts';

export interface SchemaDocument {
  /** Draft 2020-12, without `$schema`. */
  readonly schema: JsonObject;
  readonly dialect: Dialect;
  /** The absolute URI that its `$id` gives it. */
  readonly uri: string | null;
  /** The schemas in it that have an `$id`, by URI: pointers into `schema`. */
  readonly ids: ReadonlyMap<string, Pointer>;
  /** What it refers to outside of itself. */
  readonly outer: readonly OuterRef[];
  /** Finds what the fragment of a reference to this document names: a pointer into `schema`, `null` when nothing. */
  readonly find: (fragment: string) => Pointer | null;
  /** What is not read as it was probably meant, by place. */
  readonly remarks: readonly Remark[];
}

/** A reference to another document. */
export interface OuterRef {
  /** As it stands in `schema`, without fragment. */
  readonly path: string;
  /** What it names when it is taken relative to the `$id` around it. */
  readonly uri: string | null;
}

/** Reads a document, in the dialect that its `$schema` names; one that names none may use the words of all of them. */
export function readSchemaDocument(document: JsonObject): SchemaDocument {
  const survey = surveySchema(document);
  const outer = new Map<string, OuterRef>();
  const { schema, remarks } = convertSchema(document, survey, {
    text: (ref, at) => {
      const resolved = refIn(survey, ref, at);
      if ('target' in resolved)
        return resolved.target === null
          ? resolved.fragment || '#'
          : `#${encoded(survey.schemas.get(resolved.target)?.to ?? '')}`;
      outer.set(resolved.path, resolved);
      return resolved.path + resolved.fragment;
    },
    target: (ref, at) => {
      const resolved = refIn(survey, ref, at);
      return 'target' in resolved && resolved.target !== null
        ? refTarget(document, `#${encoded(resolved.target)}`)
        : undefined;
    },
  });
  const root = survey.schemas.get('');
  return {
    schema,
    dialect: root?.dialect ?? undeclared,
    uri: root?.resource.uri ?? null,
    ids: new Map(
      [...survey.ids].map(([id, at]) => [id, survey.schemas.get(at)?.to ?? '']),
    ),
    outer: [...outer.values()].map(({ path, uri }) => ({ path, uri })),
    find: (fragment) => {
      const found = targetIn(survey, { at: '', fragment });
      return found === null ? null : (survey.schemas.get(found)?.to ?? null);
    },
    remarks: [...dialectRemarks(document), ...remarks],
  };
}

interface Outer extends OuterRef {
  readonly fragment: string;
}

interface Inner {
  /** A pointer into the document; `null` when nothing is there. */
  readonly target: Pointer | null;
  readonly fragment: string;
}

/** Reads a reference that stands in the schema at a pointer. */
function refIn(survey: Survey, ref: string, at: Pointer): Inner | Outer {
  const here = survey.schemas.get(at)?.resource ?? { uri: null, at: '' };
  const [path, fragment] = parted(ref);
  if (path === '')
    return { target: targetIn(survey, { at: here.at, fragment }), fragment };
  const uri = absoluteUri(path, here.uri);
  const named = survey.ids.get(uri ?? path);
  if (named !== undefined)
    return { target: targetIn(survey, { at: named, fragment }), fragment };
  const isOwn = here.uri === survey.schemas.get('')?.resource.uri;
  const isPath = uri === null || (isOwn && isRelative(path));
  return { path: isPath ? path : uri, uri, fragment };
}

/** Parts a reference before its `#`. */
function parted(ref: string): readonly [string, string] {
  const hash = ref.indexOf('#');
  return hash === -1 ? [ref, ''] : [ref.slice(0, hash), ref.slice(hash)];
}

const isRelative = (path: string): boolean =>
  !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(path);

function targetIn(
  survey: Survey,
  { at, fragment }: { readonly at: Pointer; readonly fragment: string },
): Pointer | null {
  const name = decodedFragment(fragment.replace(/^#/, ''));
  const found =
    name === '' || name.startsWith('/')
      ? at + name
      : survey.anchors.get(`${at}#${name}`);
  return found !== undefined && survey.schemas.has(found) ? found : null;
}

function dialectRemarks(document: JsonObject): readonly Remark[] {
  const declared = declaredDialect(document);
  return typeof declared === 'string'
    ? [
        {
          kind: 'ignored',
          at: pointer('$schema'),
          reason: `"$schema: ${declared}" names no draft that is known here, so it is read as draft 2020-12`,
          advice:
            'Name one of draft-04, draft-06, draft-07, 2019-09 and 2020-12.',
        },
      ]
    : [];
}

/** Writes a pointer as the fragment of a reference. */
function encoded(at: Pointer): string {
  return at.replaceAll('%', '%25');
}
