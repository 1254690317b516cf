// A parsed file against the spec's schema.
import type { Diagnostic } from '../core/diagnostic.ts';
import type { JsonObject } from '../core/json.ts';
import type { SpecPart } from './spec-ajv.ts';
import { specErrors } from './spec-errors.ts';
import { isValidSpec } from './spec-validator.ts';
import { translateErrors } from './translate.ts';

/** Validates a spec, whole or an included part of one; none when it is valid. Reports: every `schema/*` code. */
export function validateSource(
  value: JsonObject,
  as: SpecPart,
): readonly Diagnostic[] {
  return isValidSpec(value, as) ? [] : translateErrors(specErrors(value, as));
}
