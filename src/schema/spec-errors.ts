// Everything that the spec's schema has against a value. Loaded only when there is something.
// The build replaces this module by code that ajv wrote from the same schemas.
import type { ErrorObject } from 'ajv/dist/2020.js';
import { lazy } from '../core/lazy.ts';
import { schemaIds, specAjv, type SpecPart } from './spec-ajv.ts';

const ajv = lazy(() => specAjv({ allErrors: true, verbose: true }));

/** Gives every error of a value, each with the schema that refuses it; none when it is valid. */
export function specErrors(
  value: unknown,
  as: SpecPart,
): readonly ErrorObject[] {
  const checker = ajv();
  return checker.validate(schemaIds[as], value) ? [] : (checker.errors ?? []);
}
