// Published schemas of other people that are too large to keep in this repository.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';

/** Reads a schema from the folder that EVENT_ARCH_SCHEMAS names; null when it is not there. */
export function foreignSchema(name: string): object | null {
  const folder = process.env['EVENT_ARCH_SCHEMAS'];
  if (folder === undefined) return null;
  const path = join(folder, name);
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, 'utf8')) as object;
}

/** Runs a test that needs a foreign schema; without it the test says so, and under CI it fails. */
export function itWithSchema(
  name: string,
  title: string,
  test: (schema: object) => void,
): void {
  const schema = foreignSchema(name);
  const reason = `needs ${name} in the folder that EVENT_ARCH_SCHEMAS names`;
  if (schema !== null) it(title, () => test(schema));
  else if (process.env['CI'] === undefined || process.env['CI'] === '')
    it.skip(`${title} (${reason})`, () => undefined);
  else
    it(title, () => {
      throw new Error(reason);
    });
}
