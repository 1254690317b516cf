// Whether a value is a valid spec, and nothing more: most are, and the start-up of every command pays for this.
// The build replaces this module by code that ajv wrote from the same schemas.
import { lazy } from '../core/lazy.ts';
import { schemaIds, specAjv, type SpecPart } from './spec-ajv.ts';

const ajv = lazy(() => specAjv({}));

/** Tells whether a value is valid by the spec's schema. */
export function isValidSpec(value: unknown, as: SpecPart): boolean {
  return ajv().validate(schemaIds[as], value);
}
