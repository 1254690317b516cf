// The oracle: what the checker says about random pairs of schemas is held against ajv, an independent validator.
// EVENT_ARCH_ORACLE_PAIRS raises the number of pairs (default 400).
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomPayload } from '../testing/random-payloads.ts';
import { randomPairs } from '../testing/random-pairs.ts';
import type { AnySchema } from '../testing/random-schemas.ts';
import { checkReadable } from './check-readable.ts';
import type { Policy } from './check-readable.ts';

const PAIRS = Number(process.env['EVENT_ARCH_ORACLE_PAIRS'] ?? 400);
const SEED = Number(process.env['EVENT_ARCH_ORACLE_SEED'] ?? 20240229);
const TRIES = 90;
const CHECKS_PER_PAIR = 60;

type Accepts = (payload: unknown) => boolean;

const plainAjv = oracle(false);
const fillingAjv = oracle(true);

function oracle(useDefaults: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    useDefaults,
    logger: false,
  });
  ajvFormats.default(ajv);
  return ajv;
}

function validatorOf(ajv: Ajv2020, schema: AnySchema): Accepts {
  const validate = ajv.compile(schema);
  if (typeof schema === 'object') ajv.removeSchema(schema);
  return (payload) => validate(structuredClone(payload));
}

/** A reader may fill in defaults first; either way of reading counts as reading. */
function readerOf(schema: AnySchema): Accepts {
  const plain = validatorOf(plainAjv, schema);
  if (!JSON.stringify(schema).includes('"default"')) return plain;
  const filling = validatorOf(fillingAjv, schema);
  return (payload) => plain(payload) || filling(payload);
}

const EXACT = [
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
];

/** Rewrites a schema so that it passes over unknown members, save where alternatives are told apart by them. */
function opened(schema: unknown, isExact: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((part) => opened(part, isExact));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (key === 'enum' || key === 'const') return [[key, value]];
      if (key === '$ref' && isExact)
        return [[key, String(value).replace('$defs', 'exact')]];
      if (key === '$defs')
        return [
          [key, opened(value, false)],
          ['exact', opened(value, true)],
        ];
      if (
        !isExact &&
        value === false &&
        /^(?:additional|unevaluated)Properties$/.test(key)
      )
        return [];
      return [[key, opened(value, isExact || EXACT.includes(key))]];
    }),
  );
}

function generatorOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Mulberry32, a public-domain generator; only here, so that a failing pair can be replayed.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Counts {
  compatible: number;
  incompatible: number;
  unknown: number;
  checks: number;
  witnesses: number;
  withoutWitness: number;
  unknownFindings: number;
}

function holdAgainstAjv(
  pair: readonly [AnySchema, AnySchema],
  policy: Policy,
  counts: Counts,
): void {
  const [reader, writer] = pair;
  const result = checkReadable(reader, writer, policy);
  counts[result.verdict] += 1;
  const writes = validatorOf(plainAjv, writer);
  const readerSchema =
    policy === 'strict' ? reader : (opened(reader, false) as AnySchema);
  const reads = readerOf(readerSchema);
  for (const finding of result.incompatibilities) {
    if (finding.verdict === 'unknown') counts.unknownFindings += 1;
    else if ('payload' in finding.witness) {
      counts.witnesses += 1;
      const { payload } = finding.witness;
      if (!writes(payload))
        throw new Error(
          `writer refuses the witness ${text(payload)} of ${text(finding)}`,
        );
      if (reads(payload))
        throw new Error(
          `reader accepts the witness ${text(payload)} of ${text(finding)}`,
        );
    } else {
      counts.withoutWitness += 1;
      expect(finding.witness.missing).not.toBe('');
    }
  }
  if (result.verdict !== 'compatible') return;
  for (const payload of payloadsOf(pair, policy, writes)) {
    counts.checks += 1;
    if (!reads(payload))
      throw new Error(
        `said to be compatible, yet the reader refuses ${text(payload)}`,
      );
  }
}

function payloadsOf(
  [reader, writer]: readonly [AnySchema, AnySchema],
  policy: Policy,
  writes: Accepts,
): readonly unknown[] {
  const random = generatorOf(JSON.stringify([reader, writer]).length * 7919);
  const payloads: unknown[] = [];
  for (
    let attempt = 0;
    attempt < TRIES && payloads.length < CHECKS_PER_PAIR;
    attempt += 1
  ) {
    // Payloads made for the reader and accepted by the writer are another way to the border between the two.
    const source = policy === 'strict' && attempt % 4 === 0 ? reader : writer;
    const payload = randomPayload(source, {
      random,
      root: source,
      isTidy: policy === 'lenient',
      depth: 5,
    });
    if (writes(payload)) payloads.push(payload);
  }
  return payloads;
}

function text(value: unknown): string {
  return JSON.stringify(value);
}

describe('checkReadable against ajv', () => {
  it.each(['strict', 'lenient'] as const)(
    'never contradicts the validator under the %s policy',
    (policy) => {
      const counts: Counts = {
        compatible: 0,
        incompatible: 0,
        unknown: 0,
        checks: 0,
        witnesses: 0,
        withoutWitness: 0,
        unknownFindings: 0,
      };
      const property = fc.property(randomPairs(), (pair) =>
        holdAgainstAjv(pair, policy, counts),
      );
      fc.assert(property, { numRuns: PAIRS, seed: SEED, verbose: false });
      process.stdout.write(`oracle ${policy}: ${text(counts)}\n`);
      expect(counts.withoutWitness).toBe(0);
      expect(counts.unknown / PAIRS).toBeLessThan(0.06);
      expect(counts.checks).toBeGreaterThan(5 * PAIRS);
    },
    600_000,
  );
});
