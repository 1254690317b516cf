// Template folders on disk to texts: ours, and a user's laid over them.
import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { HostError } from '../core/host.ts';
import { reasonOf } from './node-host.ts';

/** Reads every template and word list below a folder, by POSIX path relative to it. Throws: `HostError`. */
export function loadTemplates(folder: string): ReadonlyMap<string, string> {
  return readFolder(folder, /\.(hbs|json)$/);
}

/** Reads the files of a project below a folder, which are written as they are. Throws: `HostError`. */
export function loadFiles(folder: string): ReadonlyMap<string, string> {
  return readFolder(folder, /\.(ts|json)$/);
}

function readFolder(
  folder: string,
  wanted: RegExp,
): ReadonlyMap<string, string> {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && wanted.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    const named = files.map(
      (file) =>
        [
          file
            .slice(folder.length)
            .replace(/^[\\/]+/, '')
            .split(sep)
            .join('/'),
          readFileSync(file, 'utf8'),
        ] as const,
    );
    return new Map(
      named.toSorted(([left], [right]) => (left < right ? -1 : 1)),
    );
  } catch (error) {
    throw new HostError(
      `cannot read the templates in "${folder}": ${reasonOf(error)}`,
      { cause: error },
    );
  }
}
