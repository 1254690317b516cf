import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCodeUnit } from '../../core/artifact.ts';
import {
  findingsOf,
  hostileFindings,
  noFindings,
} from '../../testing/findings.ts';
import { fixturePath } from '../../testing/load-model.ts';
import { reporters } from './index.ts';

const golden = (reporter: string, spec: string): string =>
  fixturePath('cli', 'reporters', 'expected', `${spec}.${reporter}.txt`);

describe('the registered reporters', () => {
  it('stand in alphabetical order', () => {
    const names = reporters.map(({ name }) => name);
    expect(names).toEqual(names.toSorted(byCodeUnit));
  });

  it.each(reporters)(
    '$name end with a newline unless empty, whatever they have to print',
    ({ print }) => {
      expect(print(noFindings)).toMatch(/^$|\n$/);
      fc.assert(
        fc.property(hostileFindings(), (findings) => {
          expect(print(findings)).toMatch(/^$|\n$/);
        }),
        { numRuns: 100 },
      );
    },
  );

  // The two of SARIF hold the whole catalogue and have tests of their own.
  it.each(
    reporters
      .filter(({ name }) => !['code-scanning', 'sarif'].includes(name))
      .flatMap(({ name, print }) =>
        ['broken', 'meaning'].map((spec) => ({ name, print, spec })),
      ),
  )('$name print $spec.yaml as expected', async ({ name, print, spec }) => {
    const printed = print(findingsOf(`${spec}.yaml`));
    await expect(printed).toMatchFileSnapshot(golden(name, spec));
  });
});
