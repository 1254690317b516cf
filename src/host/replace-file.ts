// A file that is there, replaced whole or not at all.
import { randomBytes } from 'node:crypto';
import {
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { HostError } from '../core/host.ts';
import { reasonOf } from './node-host.ts';

/** Replaces a file's text; its mode stays, and so does a link to it. Throws: `HostError`. */
export function replaceFile(path: string, text: string): void {
  let temporary: string | null = null;
  try {
    const real = realpathSync(path);
    const { mode } = statSync(real);
    const name = `${real}.${randomBytes(6).toString('hex')}.tmp`;
    temporary = name;
    writeFileSync(name, text, { flag: 'wx', mode: mode & 0o777 });
    renameSync(name, real);
    temporary = null;
  } catch (error) {
    throw new HostError(`cannot write "${path}": ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    if (temporary !== null) rmSync(temporary, { force: true });
  }
}
