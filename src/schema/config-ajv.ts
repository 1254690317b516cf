// How ajv is set up for the configuration's schema; the build compiles with the same set-up.
import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import config from '../../schemas/event-arch.config.schema.json' with { type: 'json' };

/** Name of the schema in an instance of `configAjv`. */
export const configSchemaId: string = config.$id;

/** Makes ajv with the configuration's schema. `options` says how much an error has to tell. */
export function configAjv(options: Options): Ajv2020 {
  return new Ajv2020({ strict: true, ...options, schemas: [config] });
}
