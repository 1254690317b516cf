// EVENT_ARCH_ORACLE_PAIRS raises the number of random schemas (default 150).
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { randomDraft07 } from '../testing/random-draft-07.ts';
import { randomPayload } from '../testing/random-payloads.ts';
import { randomSource } from '../testing/random-source.ts';
import { readSchemaDocument } from './schema-document.ts';

const RUNS = Number(process.env['EVENT_ARCH_ORACLE_PAIRS'] ?? 150);
const SEED = Number(process.env['EVENT_ARCH_ORACLE_SEED'] ?? 20180319);
const PAYLOADS = 40;

const settings = {
  strict: false,
  logger: false,
  validateSchema: false,
  // Draft-07 ignores what stands beside `$ref`; ajv does so when it is told to.
  ignoreKeywordsWithRef: true,
} as const;

const before07 = new Ajv(settings);
const after2020 = new Ajv2020(settings);
const besideRef2020 = new Ajv2020({
  ...settings,
  ignoreKeywordsWithRef: false,
});
for (const ajv of [before07, after2020, besideRef2020]) ajvFormats.default(ajv);

function validatorOf(
  ajv: Ajv | Ajv2020,
  schema: JsonObject,
): (payload: unknown) => boolean {
  const validate = ajv.compile(schema);
  ajv.removeSchema(schema);
  return validate;
}

describe('readSchemaDocument', () => {
  it('gives schemas of draft-07 in 2020-12 that accept and refuse the same payloads', () => {
    const counts = { accepted: 0, refused: 0, schemas: 0 };
    fc.assert(
      fc.property(randomDraft07(), fc.nat(), (schema, start) => {
        const source = randomSource(start);
        const { schema: made } = readSchemaDocument(schema as JsonObject);
        const [before, after] = [
          validatorOf(before07, schema as JsonObject),
          validatorOf(after2020, made),
        ];
        counts.schemas += 1;
        for (let each = 0; each < PAYLOADS; each += 1) {
          const payload = randomPayload(made, {
            random: () => source.int(0, 999_999) / 1_000_000,
            root: made,
            isTidy: each % 2 === 0,
            depth: 5,
          });
          const isAccepted = before(payload);
          counts[isAccepted ? 'accepted' : 'refused'] += 1;
          if (after(payload) !== isAccepted)
            throw new Error(
              `draft-07 ${isAccepted ? 'accepts' : 'refuses'} ${JSON.stringify(payload)}, and ${JSON.stringify(made)} does not`,
            );
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    process.stdout.write(`draft-07 oracle: ${JSON.stringify(counts)}\n`);
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(5 * RUNS);
  }, 600_000);

  const tree = {
    $schema: 'https://json-schema.org/draft/2019-09/schema',
    $id: 'http://example.org/tree.json',
    $recursiveAnchor: true,
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string' },
      kids: { type: 'array', items: { $recursiveRef: '#' } },
    },
  };
  it.each([
    ['its own root', tree, [true, true, true, false]],
    [
      'its own root, beside another reference',
      {
        ...tree,
        $defs: { named: { properties: { id: { minLength: 2 } } } },
        properties: {
          ...tree.properties,
          kids: {
            type: 'array',
            items: { $recursiveRef: '#', $ref: '#/$defs/named' },
          },
        },
      },
      [true, true, false, false],
    ],
  ])('reads a recursive reference of 2019-09 to %s', (_, schema, verdicts) => {
    const { schema: made, remarks } = readSchemaDocument(schema);
    expect(remarks).toEqual([]);
    const accepts = validatorOf(besideRef2020, made);
    const payloads: readonly JsonValue[] = [
      { id: 'a' },
      { id: 'a', kids: [{ id: 'bb', kids: [{ id: 'cc' }] }] },
      { id: 'a', kids: [{ id: 'b' }] },
      { id: 'a', kids: [{ id: 'bb', kids: [{ name: 'cc' }] }] },
    ];
    expect(payloads.map((payload) => accepts(payload))).toEqual(verdicts);
  });

  it('reads a recursive reference as one to the schema in it that has a name', () => {
    const { schema: made } = readSchemaDocument({
      $schema: tree.$schema,
      properties: { root: { ...tree, $recursiveAnchor: false } },
    });
    expect(JSON.stringify(made)).toContain('"$ref":"#/properties/root"');
  });

  it('tells a recursive reference that depends on how it was reached', () => {
    const { remarks } = readSchemaDocument({
      ...tree,
      properties: {
        other: { ...tree, $id: 'http://example.org/other.json' },
      },
    });
    expect(remarks.map(({ kind }) => kind)).toEqual(['unreadable']);
  });
});
