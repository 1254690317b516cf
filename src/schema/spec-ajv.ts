// How ajv is set up for the spec's schema; the build compiles with the same set-up.
import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import kafka from '../../schemas/brokers/kafka.schema.json' with { type: 'json' };
import rabbitmq from '../../schemas/brokers/rabbitmq.schema.json' with { type: 'json' };
import root from '../../schemas/event-arch.schema.json' with { type: 'json' };
import { withForms } from './spec-forms.ts';

/** A whole spec, or an included part of one, in which no section is required. */
export type SpecPart = 'whole' | 'part';

/** Names of the two schemas in an instance of `specAjv`. */
export const schemaIds: Readonly<Record<SpecPart, string>> = {
  whole: root.$id,
  part: root.$id.replace('.schema', '-part.schema'),
};

/** Copies a schema without the words that only findings and editors use. */
function withoutWords(schema: JsonObject): JsonObject {
  const copy = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map(copy);
    return isJsonObject(value) ? withoutWords(value) : value;
  };
  // A property named like a keyword of words is a schema, which is neither a text nor a list.
  const isOfWords = ([key, value]: readonly [string, JsonValue]): boolean =>
    ['title', 'description', 'examples'].includes(key) && !isJsonObject(value);
  return Object.fromEntries(
    Object.entries(schema)
      .filter((entry) => !isOfWords(entry))
      .map(([key, value]) => [key, copy(value)]),
  );
}

/** Makes ajv with the spec's schemas. `options` says how much an error has to tell. */
export function specAjv(options: Options): Ajv2020 {
  // An error that tells its schema has its words, and the forms of its values.
  const isTelling = options.verbose === true;
  const large = isTelling ? withForms(root) : withoutWords(root);
  // The published schema taken apart, so that its one large part is compiled once: a whole spec is a part in which
  // the required sections are there.
  const part = { ...large, $id: schemaIds.part, required: [] };
  const { $id, $schema, required } = root;
  const properties = Object.entries(large['properties'] as JsonObject).map(
    ([name, property]) => [name, wordsOf(property as JsonObject)],
  );
  const whole = {
    $id,
    $schema,
    $ref: schemaIds.part,
    required,
    properties: Object.fromEntries(properties) as JsonObject,
  };
  const brokers = [kafka, rabbitmq];
  return new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTypes: false,
    ...options,
    schemas: [
      ...(isTelling ? brokers : brokers.map(withoutWords)),
      part,
      whole,
    ],
  });
}

/** What a missing section is told by; its value is checked once, in the part. */
const wordsOf = (property: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(property).filter(([keyword]) =>
      ['description', 'examples', 'const'].includes(keyword),
    ),
  );
