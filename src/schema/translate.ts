// ajv's errors in our words: one translator per keyword. Consequences of another error are dropped.
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Change } from '../core/change.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { child, segmentsOf } from '../core/pointer.ts';
import { certainNear, nearest, quotedList } from '../core/text.ts';
import {
  asFollows,
  describePlace,
  describeTypes,
  describeValue,
  lowerFirst,
  quoted,
  sentence,
  type Described,
} from './describe.ts';
import { schemaDiagnostics } from './diagnostics.ts';
import { meantUnit, onlyValue, otherNotation } from './certain-changes.ts';
import { badName, isNameSchema } from './bad-name.ts';
import { formAdvice, suchAs, unitExample, writtenAs } from './forms.ts';
import { unknownProperty } from './unknown-property.ts';
import { withoutConsequences } from './consequences.ts';
import { boundOfUnit } from './unit-bounds.ts';

type Translator = (error: ErrorObject, schema: Described) => Diagnostic | null;

/** Translates what ajv found into diagnostics; `whole` names what was checked. Reports: every `schema/*` code. */
export function translateErrors(
  errors: readonly ErrorObject[],
  whole = 'the spec',
): readonly Diagnostic[] {
  const mistyped = new Set(
    errors
      .filter(({ keyword }) => keyword === 'type')
      .map(({ instancePath }) => instancePath),
  );
  const told: Diagnostic[] = [];
  for (const error of errors) {
    if (mistyped.has(error.instancePath) && error.keyword !== 'type') continue;
    const translate = Object.hasOwn(translators, error.keyword)
      ? translators[error.keyword]
      : undefined;
    // With `verbose`, ajv gives the schema that holds the keyword.
    const diagnostic =
      translate?.(error, (error.parentSchema ?? {}) as Described) ?? null;
    if (diagnostic !== null) told.push(named(diagnostic, whole));
  }
  return withoutConsequences(told);
}

/** A place at the top is told by the name of the whole, which the translators need not know. */
const named = (diagnostic: Diagnostic, whole: string): Diagnostic =>
  diagnostic.message.startsWith('the spec ')
    ? { ...diagnostic, message: whole + diagnostic.message.slice(8) }
    : diagnostic;

const translators: Readonly<Record<string, Translator>> = {
  additionalProperties: (error, schema) => unknownProperty(error, schema),
  required: (error, schema) => {
    const name = String(error.params['missingProperty']);
    const property = (schema.properties?.[name] ?? {}) as Described;
    const change = onlyValue(name, property);
    return schemaDiagnostics.make(
      'missing-property',
      { pointer: error.instancePath, at: 'key', change },
      {
        where: describePlace(error.instancePath),
        name,
        form: suchAs(child(error.instancePath, name), property),
        meaning: lowerFirst(sentence(property, 'it is required.')),
      },
    );
  },
  type: (error, schema) => {
    const types = error.params['type'] as string | readonly string[];
    const place = { pointer: error.instancePath };
    const where = describePlace(error.instancePath);
    const example = typeof error.data === 'number' ? unitExample(schema) : null;
    if (example !== null) {
      return schemaDiagnostics.make('unit-needed', place, {
        where,
        found: String(error.data),
        example,
      });
    }
    if (
      typeof error.data === 'number' &&
      segmentsOf(error.instancePath).at(-1) === 'version'
    ) {
      const change: Change = { kind: 'quote' };
      return schemaDiagnostics.make(
        'quote-version',
        { ...place, change },
        { where, found: String(error.data) },
      );
    }
    const change = otherNotation(error.data, types, schema);
    return schemaDiagnostics.make(
      'wrong-type',
      { ...place, change },
      {
        where,
        expected: describeTypes(types),
        found: describeValue(error.data),
        advice: formAdvice(error.instancePath, types, {
          ...schema,
          ...writtenAs(error.data, schema),
        }),
      },
    );
  },
  enum: (error, schema) => closedList(error, schema.enum ?? []),
  const: (error, schema) => closedList(error, [schema.const ?? null]),
  pattern: (error, schema) => {
    if (error.propertyName !== undefined)
      return badName(error, error.propertyName, schema);
    if (isNameSchema(schema)) return badName(error, String(error.data), schema);
    const bound = boundOfUnit(String(error.data));
    if (bound !== null)
      return outOfRange(error, schema, { found: String(error.data), bound });
    const to = meantUnit(error.data, schema);
    return schemaDiagnostics.make(
      'bad-format',
      {
        pointer: error.instancePath,
        change: to === null ? null : { kind: 'rename', to },
      },
      {
        where: describePlace(error.instancePath),
        found: quoted(error.data),
        advice:
          to === null
            ? asFollows(
                'Write it as follows',
                schema,
                `It has to match ${schema.pattern}.`,
              )
            : asFollows(`Write "${to}"`, schema, `Write "${to}".`),
      },
    );
  },
  maxLength: (error, schema) => {
    if (error.propertyName !== undefined)
      return badName(error, error.propertyName, schema);
    const found = `${String(error.data).length} characters long`;
    return outOfRange(error, schema, {
      found,
      bound: `at most ${error.params['limit']}`,
    });
  },
  minLength: (error, schema) => empty(error, schema),
  minItems: (error, schema) => empty(error, schema),
  minimum: (error, schema) =>
    outOfRange(error, schema, {
      found: String(error.data),
      bound: `at least ${error.params['limit']}`,
    }),
  maximum: (error, schema) =>
    outOfRange(error, schema, {
      found: String(error.data),
      bound: `at most ${error.params['limit']}`,
    }),
  uniqueItems: (error) => {
    // i and j are the positions of the two equal items.
    const index = Math.max(
      Number(error.params['i']),
      Number(error.params['j']),
    );
    const items = error.data as readonly unknown[];
    return schemaDiagnostics.make(
      'repeated-item',
      {
        pointer: child(error.instancePath, index),
        change: typeof items[index] === 'string' ? { kind: 'remove' } : null,
      },
      { where: describePlace(error.instancePath), found: quoted(items[index]) },
    );
  },
};

function closedList(
  error: ErrorObject,
  allowed: readonly unknown[],
): Diagnostic {
  const words = allowed.map(String);
  const [only] = words;
  const near = nearest(String(error.data), words);
  const advice =
    words.length === 1
      ? `Write ${only}.`
      : near === null
        ? `Use ${quotedList(words, 'or')}.`
        : `Did you mean "${near}"? It takes ${quotedList(words, 'or')}.`;
  const certain =
    words.length === 1 ? null : certainNear(String(error.data), words);
  const isText = typeof error.data === 'string';
  const change: Change | null =
    certain === null || !isText ? null : { kind: 'rename', to: certain };
  return schemaDiagnostics.make(
    'not-allowed',
    { pointer: error.instancePath, change },
    {
      where: describePlace(error.instancePath),
      found: quoted(error.data),
      advice,
    },
  );
}

function outOfRange(
  error: ErrorObject,
  schema: Described,
  words: { found: string; bound: string },
): Diagnostic {
  return schemaDiagnostics.make(
    'out-of-range',
    { pointer: error.instancePath },
    {
      where: describePlace(error.instancePath),
      ...words,
      meaning: asFollows(
        `Write a value that is ${words.bound}`,
        schema,
        `Write a value that is ${words.bound}.`,
      ),
    },
  );
}

function empty(error: ErrorObject, schema: Described): Diagnostic {
  return schemaDiagnostics.make(
    'empty-value',
    { pointer: error.instancePath },
    {
      where: describePlace(error.instancePath),
      meaning: asFollows(
        `Fill it in${suchAs(error.instancePath, schema)}`,
        schema,
        'Fill it in, or leave it out.',
      ),
    },
  );
}
