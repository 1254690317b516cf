// Payloads against their schemas: examples, and schemas that authors wrote themselves.
import { Ajv2020, type ErrorObject, type Options } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { searchText } from '../core/search-text.ts';
import { describeTypes } from './describe.ts';
import type { Refusal } from './shape-checker.ts';

export type PayloadCheck =
  | { readonly kind: 'valid' }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  /** Its schema has an expression of which is not known whether it is in the value. */
  | { readonly kind: 'unchecked'; readonly pattern: string }
  | {
      readonly kind: 'bad-schema';
      /** Where in the schema, as a JSON Pointer; empty when that is not known. */
      readonly at: string;
      readonly reason: string;
    };

export type PayloadValidator = (
  schema: JsonObject,
  values: readonly JsonValue[],
) => readonly PayloadCheck[];

/** Expressions of which a check in progress could not say whether they are found. */
type Undecided = string[];

/** Matches the expressions of authors in time that grows with the text: the engine's own may take for ever. */
function expressionsInto(undecided: Undecided): RegExpEngine {
  const engine = (pattern: string): RegExpLike => {
    // Throws for what is no expression, which makes the schema a bad one.
    void new RegExp(pattern, 'u');
    const expression = {
      test: (text: string) => {
        const isFound = searchText(pattern, text);
        if (isFound === null) undecided.push(pattern);
        return isFound ?? true;
      },
      // Expressions are told apart by their texts.
      toString: () => pattern,
    };
    return expression;
  };
  return Object.assign(engine, { code: 'searchText' });
}

type RegExpEngine = NonNullable<NonNullable<Options['code']>['regExp']>;
type RegExpLike = ReturnType<RegExpEngine>;

/** Makes a validator of payloads, draft 2020-12 with formats. A schema that cannot be compiled is told once, for no value. */
export function payloadValidator(): PayloadValidator {
  // The schemas are the authors' own: unknown keywords and loose types are theirs to use.
  const undecided: Undecided = [];
  const ajv = new Ajv2020({
    code: { regExp: expressionsInto(undecided) },
    allErrors: true,
    strict: false,
    logger: false,
    validateFormats: true,
    // A payload has no field "constructor" just because every object inherits one.
    ownProperties: true,
  });
  // ajv-formats is CommonJS; its types put the function under `default`.
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  return (schema, values) => {
    try {
      const { $id: _id, ...anonymous } = schema;
      const invalid = dialectError(ajv, anonymous);
      if (invalid !== null) return [invalid];
      const validate = ajv.compile(anonymous);
      return values.map((value): PayloadCheck => {
        undecided.length = 0;
        const isValid = validate(value);
        const [pattern] = undecided;
        if (pattern !== undefined) return { kind: 'unchecked', pattern };
        return isValid
          ? { kind: 'valid' }
          : {
              kind: 'refused',
              refusals: (validate.errors ?? []).map(refusalOf),
            };
      });
    } catch (error) {
      return [
        {
          kind: 'bad-schema',
          at: '',
          reason: reasonOf(error),
        },
      ];
    }
  };
}

function reasonOf(error: unknown): string {
  // The compiler follows a reference that stands for another without an end.
  if (error instanceof RangeError)
    return 'a "$ref" in it leads back to itself, or it is nested too deep';
  return error instanceof Error ? error.message : String(error);
}

/** Checks a schema against the dialect's own; ajv's exception would tell every alternative at once. */
function dialectError(ajv: Ajv2020, schema: JsonObject): PayloadCheck | null {
  const isValid = ajv.validateSchema(schema);
  const errors = ajv.errors ?? [];
  // The deepest place is the mistake itself; what holds it is refused because of it.
  const [first] = errors.toSorted(
    (left, right) =>
      right.instancePath.split('/').length -
      left.instancePath.split('/').length,
  );
  if (isValid === true || first === undefined) return null;
  const { at, reason } = refusalOf(first);
  return { kind: 'bad-schema', at, reason };
}

function refusalOf(error: ErrorObject): Refusal {
  const { instancePath, keyword, params } = error;
  switch (keyword) {
    case 'required':
      return {
        at: instancePath,
        reason: `"${params['missingProperty']}" is missing`,
      };
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        at: instancePath,
        reason: `"${params['additionalProperty'] ?? params['unevaluatedProperty']}" is not a field of it`,
      };
    case 'enum':
      return {
        at: instancePath,
        reason: `it has to be one of ${(params['allowedValues'] as readonly unknown[]).map(String).join(', ')}`,
      };
    case 'type':
      return {
        at: instancePath,
        reason: `it has to be ${describeTypes(params['type'] as string | readonly string[])}`,
      };
    case 'format':
      return {
        at: instancePath,
        reason: `it is not a valid ${params['format']}`,
      };
    default:
      return {
        at: instancePath,
        reason: `it ${error.message ?? 'is refused'}`,
      };
  }
}
