// A sample of each proof, another one for each commit; `npm run prove` runs them whole.
import { describe, expect, it } from 'vitest';
import { commitSeed } from './commit-seed.ts';
import { proofParts } from './parts.ts';

const runs = Number(process.env['EVENT_ARCH_PROOFS'] ?? 12);
const seed = commitSeed();

describe(`a sample with seed ${seed}`, () => {
  it.each(proofParts.filter(({ isSampled }) => isSampled !== false))(
    'shows that $shows',
    async ({ run }) => {
      const { held, faults } = await run({ seed, runs, print: () => {} });
      expect(faults).toEqual([]);
      expect(held).toBeGreaterThanOrEqual(runs);
    },
    900_000,
  );
});
