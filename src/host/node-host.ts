// The outside on Node: files.
import { dirname, relative, resolve, sep } from 'node:path';
import { HostError, type Host } from '../core/host.ts';
import { findFiles } from './find-files.ts';
import { maxTextBytes, readNamedFile, readRegularFile } from './read-file.ts';

/** Makes the host of the running process. Paths stay as the user gave them, so that diagnostics show them so. */
export function nodeHost(): Host {
  return {
    readText: (path) => readWith(readRegularFile, path),
    glob: (pattern, fromFile) => {
      const folder = dirname(resolve(fromFile));
      try {
        const found = findFiles(pattern, folder);
        return found
          .map((file) => posix(beside(fromFile, relative(folder, file))))
          .toSorted();
      } catch (error) {
        throw new HostError(`cannot search "${pattern}": ${reasonOf(error)}`, {
          cause: error,
        });
      }
    },
    resolvePath: (fromFile, path) => posix(beside(fromFile, path)),
  };
}

/** Reads a text file that the user named, which may be a pipe such as `<(command)` makes. Throws: `HostError`. */
export function readNamedText(path: string): string {
  return readWith(readNamedFile, path);
}

function readWith(
  read: (path: string, most: number) => Buffer,
  path: string,
): string {
  try {
    return decode(read(path, maxTextBytes));
  } catch (error) {
    throw new HostError(`cannot read "${path}": ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Writes a path in the way the file was written: relative stays relative. */
function beside(fromFile: string, path: string): string {
  const folder = dirname(fromFile);
  return folder === '.' ? path : `${folder}/${path}`;
}

const posix = (path: string): string =>
  sep === '/' ? path : path.replaceAll(sep, '/');

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch (error) {
    throw new Error('it is not UTF-8 text; save it as UTF-8', { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENXIO: 'it is not a regular file',
  ENOTDIR: 'a part of the path is not a folder',
};

/** Words the reason of a file system error, without its stack. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code =
    'code' in error && typeof error.code === 'string' ? error.code : '';
  return reasons[code] ?? error.message;
}
