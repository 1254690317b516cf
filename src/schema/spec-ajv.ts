// How ajv is set up for the spec's schema; the build compiles with the same set-up.
import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import kafka from '../../schemas/brokers/kafka.schema.json' with { type: 'json' };
import rabbitmq from '../../schemas/brokers/rabbitmq.schema.json' with { type: 'json' };
import root from '../../schemas/event-arch.schema.json' with { type: 'json' };

/** A whole spec, or an included part of one, in which no section is required. */
export type SpecPart = 'whole' | 'part';

/** Names of the two schemas in an instance of `specAjv`. */
export const schemaIds: Readonly<Record<SpecPart, string>> = {
  whole: root.$id,
  part: root.$id.replace('.schema', '-part.schema'),
};

/** Makes ajv with the spec's schemas. `options` says how much an error has to tell. */
export function specAjv(options: Options): Ajv2020 {
  // The published schema taken apart, so that its one large part is compiled once: a whole spec is a part in which
  // the required sections are there.
  const { $id, $schema, required, properties } = root;
  const descriptions = Object.entries(properties).map(
    ([name, { description, ...rest }]) => [
      name,
      'const' in rest ? { description, const: rest.const } : { description },
    ],
  );
  const whole = {
    $id,
    $schema,
    $ref: schemaIds.part,
    required,
    properties: Object.fromEntries(descriptions),
  };
  return new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTypes: false,
    ...options,
    schemas: [
      kafka,
      rabbitmq,
      { ...root, $id: schemaIds.part, required: [] },
      whole,
    ],
  });
}
