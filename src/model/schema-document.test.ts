// EVENT_ARCH_ORACLE_PAIRS raises the number of random schemas (default 150).
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
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

const [before07, after2020] = [new Ajv(settings), new Ajv2020(settings)];
for (const ajv of [before07, after2020]) ajvFormats.default(ajv);

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
});
