// The drafts of JSON Schema that are read: how `$schema` names them, and what each reads otherwise than 2020-12.
import type { JsonObject } from '../core/json.ts';
import { own } from '../core/json.ts';

export interface Dialect {
  readonly name: string;
  /** The keyword that names a schema by a URI. */
  readonly idKeyword: 'id' | '$id';
  /** Whether what stands beside `$ref` has no meaning. */
  readonly ignoresBesideRef: boolean;
  /** Whether `exclusiveMinimum: true` makes `minimum` exclusive. */
  readonly hasBooleanLimits: boolean;
  /** Keywords that came later: a validator of this dialect passes over them. */
  readonly later: ReadonlySet<string>;
}

const since202012 = ['$dynamicAnchor', '$dynamicRef', 'prefixItems'];
const since201909 = [
  ...since202012,
  '$anchor',
  '$recursiveAnchor',
  '$recursiveRef',
  'dependentRequired',
  'dependentSchemas',
  'maxContains',
  'minContains',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const sinceDraft07 = [...since201909, 'else', 'if', 'then'];
const sinceDraft06 = [...sinceDraft07, 'const', 'contains', 'propertyNames'];

const newest: Omit<Dialect, 'name'> = {
  idKeyword: '$id',
  ignoresBesideRef: false,
  hasBooleanLimits: false,
  later: new Set(),
};

/** A schema without `$schema`: 2020-12, in which the words of earlier drafts keep their meaning. */
export const undeclared: Dialect = { ...newest, name: '2020-12' };

const dialects: ReadonlyMap<string, Dialect> = new Map(
  Object.entries({
    'json-schema.org/draft/2020-12/schema': undeclared,
    'json-schema.org/draft/2019-09/schema': {
      ...newest,
      name: '2019-09',
      later: new Set(since202012),
    },
    'json-schema.org/draft-07/schema': {
      ...newest,
      name: 'draft-07',
      ignoresBesideRef: true,
      later: new Set(since201909),
    },
    'json-schema.org/draft-06/schema': {
      ...newest,
      name: 'draft-06',
      ignoresBesideRef: true,
      later: new Set(sinceDraft07),
    },
    'json-schema.org/draft-04/schema': {
      ...newest,
      name: 'draft-04',
      idKeyword: 'id',
      ignoresBesideRef: true,
      hasBooleanLimits: true,
      later: new Set(sinceDraft06),
    },
  } satisfies Record<string, Dialect>),
);

/** The dialect that a schema declares by `$schema`; `null` when it declares none, and its text when it is not known here. */
export function declaredDialect(schema: JsonObject): Dialect | string | null {
  const uri = own(schema, '$schema');
  if (typeof uri !== 'string') return null;
  const key = uri.replace(/^https?:\/\//, '').replace(/#$/, '');
  return dialects.get(key) ?? uri;
}
