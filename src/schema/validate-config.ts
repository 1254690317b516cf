// A parsed configuration file against its schema.
import type { Diagnostic } from '../core/diagnostic.ts';
import type { JsonObject } from '../core/json.ts';
import { configErrors } from './config-errors.ts';
import { translateErrors } from './translate.ts';

/** Validates a configuration; none when it is valid. Reports: `schema/*` codes. */
export function validateConfig(value: JsonObject): readonly Diagnostic[] {
  return translateErrors(configErrors(value), 'the configuration');
}
