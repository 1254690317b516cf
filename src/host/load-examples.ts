// The examples of each code: from the fixtures where they are, and in the installed package from the file the build made of them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostError } from '../core/host.ts';
import { assetPath } from './assets.ts';
import { gatherExamples, type GatheredExample } from './gather-examples.ts';

/** Loads the examples by code. Throws: `HostError`. */
export function loadExamples(): Readonly<Record<string, GatheredExample>> {
  const fixtures = assetPath('fixtures');
  if (existsSync(join(fixtures, 'rules'))) return gatherExamples(fixtures);
  try {
    const text = readFileSync(assetPath('dist/examples.json'), 'utf8');
    return JSON.parse(text) as Readonly<Record<string, GatheredExample>>;
  } catch (error) {
    throw new HostError(
      'the examples of this package are missing; install it again',
      { cause: error },
    );
  }
}
