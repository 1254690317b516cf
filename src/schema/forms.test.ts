import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import kafka from '../../schemas/brokers/kafka.schema.json' with { type: 'json' };
import rabbitmq from '../../schemas/brokers/rabbitmq.schema.json' with { type: 'json' };
import root from '../../schemas/event-arch.schema.json' with { type: 'json' };
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import { child } from '../core/pointer.ts';
import { exampleLines } from './forms.ts';
import { specAjv } from './spec-ajv.ts';
import { withForms } from './spec-forms.ts';

/** The schemas that findings are told by. */
const schemas = [kafka, rabbitmq, withForms(root)] as readonly JsonObject[];

interface Place {
  /** `$id` of the schema and the pointer inside. */
  readonly ref: string;
  readonly schema: JsonObject;
}

/** Every schema inside a schema; what stands under `properties` is by name, and conditions are no places. */
function placesIn(schema: JsonValue, ref: string): readonly Place[] {
  if (!isJsonObject(schema)) return [];
  const inside = ['additionalProperties', 'items', 'then', 'else'].flatMap(
    (keyword) => placesIn(own(schema, keyword) ?? null, child(ref, keyword)),
  );
  const named = ['properties', '$defs'].flatMap((keyword) =>
    Object.entries((own(schema, keyword) ?? {}) as JsonObject).flatMap(
      ([name, inner]) => placesIn(inner, child(child(ref, keyword), name)),
    ),
  );
  return [{ ref, schema }, ...inside, ...named];
}

const places = schemas.flatMap((schema) =>
  placesIn(schema, `${String(schema['$id'])}#`),
);
const withExamples = places.filter(({ schema }) => 'examples' in schema);

describe('the examples of the schemas', () => {
  it('are all found', () => {
    const written = JSON.stringify(schemas).match(/"examples":\[/g) ?? [];
    expect(withExamples).toHaveLength(written.length);
    expect(written.length).toBeGreaterThan(60);
  });

  it('are valid where they stand', () => {
    const ajv = specAjv({ allErrors: true });
    const refused = withExamples.flatMap(({ ref, schema }) => {
      const $ref = ref.replace(/^event-arch\.schema/, 'event-arch-part.schema');
      const check = ajv.compile({ $ref });
      return (schema['examples'] as readonly JsonValue[])
        .filter((example) => !check(example))
        .map((example) => ({ ref, example, errors: check.errors }));
    });
    expect(refused).toEqual([]);
  });

  it('make lines of YAML that say the same', () => {
    for (const { ref, schema } of withExamples) {
      const examples = schema['examples'] as readonly JsonValue[];
      const lines = exampleLines('/sagas/check-out', schema);
      const read = (lines ?? '')
        .split(' or "')
        .map((line) => parse(line.replaceAll('"', '')) as unknown);
      const said = examples.map((example) => ({ 'check-out': example }));
      expect({ ref, read }).toEqual({
        ref,
        read: examples.length > 2 ? [null] : said,
      });
    }
  });

  it('stand at every place that takes a list or a mapping', () => {
    const takesMany = ({ schema }: Place): boolean =>
      [own(schema, 'type')]
        .flat()
        .some((type) => ['array', 'object'].includes(String(type)));
    // A condition has looked at the type already.
    const isChecked = ({ ref }: Place): boolean => /\/(?:then|else)$/.test(ref);
    expect(
      places
        .filter((place) => takesMany(place) && !isChecked(place))
        .filter(({ schema }) => !('examples' in schema))
        .map(({ ref }) => ref),
    ).toEqual([
      'brokers/kafka.schema.json#',
      'brokers/rabbitmq.schema.json#',
      // The whole spec, and what is a mapping already or depends on the broker.
      'event-arch.schema.json#',
      'event-arch.schema.json#/$defs/broker',
      'event-arch.schema.json#/$defs/broker/properties/options',
    ]);
  });
});

describe('a line to write', () => {
  it('has no name at an item of a list', () => {
    const schema = { examples: [{ group: 'mail' }] };
    expect(exampleLines('/consumers/a/subscribes/x/0', schema)).toBe(
      '"{ group: mail }"',
    );
  });

  it('has no quotes around numbers, and some around what YAML reads otherwise', () => {
    const schema = {
      examples: [
        { 1: 6, yes: true, text: 'true', number: '12', list: ['- a'] },
      ],
    };
    expect(exampleLines('/a/b', schema)).toBe(
      '"b: { 1: 6, yes: true, text: "true", number: "12", list: ["- a"] }"',
    );
  });
});
