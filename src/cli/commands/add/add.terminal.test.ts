import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { checkText, readFixture } from '../../../testing/load-model.ts';
import {
  bundledCli,
  itInTerminal,
  keys,
  startInTerminal,
} from '../../../testing/pseudo-terminal.ts';

// Inside the repository, so that the program finds its packages and assets.
const cache = fileURLToPath(new URL('../../../../.cache', import.meta.url));
const hello = readFixture('specs', 'hello.yaml');
let program = '';
let base = '';
let folder = '';

beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  base = mkdtempSync(join(cache, 'add-'));
  program = await bundledCli(base);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(base, 'shop-'));
  writeFileSync(join(folder, 'event-arch.yaml'), hello);
});

const written = (): string =>
  readFileSync(join(folder, 'event-arch.yaml'), 'utf8');

describe('add in a terminal', () => {
  itInTerminal(
    'asks for what no flag gives, and changes the spec',
    async () => {
      const run = startInTerminal([program, 'add', 'consumer'], {
        cwd: folder,
      });
      await run.shows('Name of the consumer');
      run.type(`billing${keys.enter}`);
      await run.shows('divide by commas');
      run.type(`order.created${keys.enter}`);
      const { code, shown } = await run.ended();
      expect({ code, shown }).toMatchObject({ code: 0 });
      const { model } = checkText(written());
      expect(model?.groups.map(({ service }) => service)).toContain('billing');
      const kept = hello.trimEnd().split('\n');
      expect(written().split('\n')).toEqual(expect.arrayContaining(kept));
    },
  );

  itInTerminal('changes nothing when it is broken off', async () => {
    const run = startInTerminal([program, 'add', 'consumer'], { cwd: folder });
    await run.shows('Name of the consumer');
    run.type(keys.interrupt);
    const { code } = await run.ended();
    expect(code).toBe(2);
    expect(written()).toBe(hello);
    expect(readdirSync(folder)).toEqual(['event-arch.yaml']);
  });
});
