// A parsed file against the spec's schema.
import type { Diagnostic } from '../core/diagnostic.ts';
import type { JsonObject } from '../core/json.ts';
import type { SpecPart } from './spec-ajv.ts';
import { specErrors } from './spec-errors.ts';
import { isValidSpec } from './spec-validator.ts';
import { misplacedSchemas } from './misplaced-schema.ts';
import { nestedFields } from './nested-fields.ts';
import { translateErrors } from './translate.ts';

/** Validates a spec, whole or an included part of one; none when it is valid. Reports: every `schema/*` code. */
export function validateSource(
  value: JsonObject,
  as: SpecPart,
): readonly Diagnostic[] {
  const misplaced = misplacedSchemas(value);
  const told = isValidSpec(value, as)
    ? []
    : nestedFields(value, translateErrors(specErrors(value, as)));
  // What the schema says of keywords that it takes for fields follows from their place.
  const isInside = ({ pointer }: Diagnostic): boolean =>
    misplaced.some((one) => pointer.startsWith(`${one.pointer}/`));
  return [...misplaced, ...told.filter((one) => !isInside(one))];
}
