// Examples against the payloads that they are examples of, and authored schemas against the dialect.
import { lazy } from '../core/lazy.ts';
import { parentOf, readablePath } from '../core/pointer.ts';
import { shapeSchema, typeSchemas } from '../model/json-schema.ts';
import type { Event, Model } from '../model/model.ts';
import type { Shape } from '../model/payload.ts';
import { payloadValidator } from '../schema/payload-validator.ts';
import { checkFields, type Refusal } from '../schema/shape-checker.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { Scope } from './scope.ts';

interface Checked {
  readonly shape: Shape;
  readonly where: string;
  readonly examples: Event['examples'];
}

/** Checks every example and every authored schema. Reports: example-refused, example-unchecked, schema-invalid. */
export function checkExamples(scope: Scope, model: Model): void {
  const types = new Map(model.types.map((type) => [type.name, type]));
  // A type written as JSON Schema may stand anywhere inside a payload, so then ajv has the word.
  const hasAuthoredTypes = model.types.some(
    ({ shape }) => shape.schema !== null,
  );
  const checkAuthored = lazy(() => authoredChecker(scope, model));
  for (const checked of checkedShapes(model)) {
    const { shape, examples } = checked;
    if (shape.schema !== null || (hasAuthoredTypes && examples.length > 0)) {
      checkAuthored()(checked);
      continue;
    }
    for (const { value, origin } of examples) {
      report(
        scope,
        checkFields(value, shape.fields, (name) => types.get(name)),
        { where: checked.where, origin },
      );
    }
  }
}

function checkedShapes(model: Model): readonly Checked[] {
  return [
    ...model.types.map(({ name, shape }) => ({
      shape,
      where: `type "${name}"`,
      examples: [],
    })),
    ...model.events.flatMap(
      ({ name, payload, headers, examples, versions }) => [
        { shape: payload, where: `event "${name}"`, examples },
        ...(headers === null
          ? []
          : [
              {
                shape: headers,
                where: `the headers of event "${name}"`,
                examples: [],
              },
            ]),
        ...versions.map((older) => ({
          shape: older.payload,
          where: `version ${older.version} of event "${name}"`,
          examples: [],
        })),
      ],
    ),
  ];
}

function authoredChecker(
  scope: Scope,
  model: Model,
): (checked: Checked) => void {
  const validate = payloadValidator();
  const types = typeSchemas(model.types);
  return ({ shape, where, examples }) => {
    // Closed, so that a mistyped optional field in an example is seen.
    const schema = shapeSchema(types, shape, 'closed');
    const checks = validate(
      schema,
      examples.map(({ value }) => value),
    );
    for (const [index, check] of checks.entries()) {
      if (check.kind === 'bad-schema') {
        const at = shape.origin + check.at;
        const words = { where, reason: check.reason, place: readablePath(at) };
        scope.report(
          resolveDiagnostics.make('schema-invalid', { pointer: at }, words),
        );
      } else if (check.kind === 'unchecked') {
        scope.report(
          resolveDiagnostics.make(
            'example-unchecked',
            { pointer: examples[index]?.origin ?? shape.origin },
            { where, pattern: check.pattern },
          ),
        );
      } else if (check.kind === 'refused') {
        report(scope, check.refusals, {
          where,
          origin: examples[index]?.origin ?? shape.origin,
        });
      }
    }
  };
}

function report(
  scope: Scope,
  refusals: readonly Refusal[],
  from: { readonly where: string; readonly origin: string },
): void {
  for (const { at, reason, part = 'value' } of refusals.slice(0, 5)) {
    const owner = part === 'key' ? parentOf(at) : at;
    const words =
      owner === '' ? reason : `at "${readablePath(owner)}", ${reason}`;
    const advice = `Correct the example, or the payload of ${from.where}.`;
    scope.report(
      resolveDiagnostics.make(
        'example-refused',
        { pointer: from.origin + at, at: part },
        { where: from.where, reason: words, advice },
      ),
    );
  }
}
