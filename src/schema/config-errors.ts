// Everything that the configuration's schema has against a value.
// The build replaces this module by code that ajv wrote from the same schema.
import type { ErrorObject } from 'ajv/dist/2020.js';
import { lazy } from '../core/lazy.ts';
import { configAjv, configSchemaId } from './config-ajv.ts';

const ajv = lazy(() => configAjv({ allErrors: true, verbose: true }));

/** Gives every error of a value, each with the schema that refuses it; none when it is a valid configuration. */
export function configErrors(value: unknown): readonly ErrorObject[] {
  const checker = ajv();
  return checker.validate(configSchemaId, value) ? [] : (checker.errors ?? []);
}
