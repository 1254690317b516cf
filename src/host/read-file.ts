// Files as bytes, of a limited size: what a file refers to has to be a regular file, so that no device or pipe is waited for.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Most bytes of a text that is read: a hundred times the largest spec known. */
export const maxTextBytes = 16 * 1024 * 1024;

const nonBlocking = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reads a regular file. Throws for anything else, and for more than `most` bytes. */
export function readRegularFile(path: string, most = Infinity): Buffer {
  // Opening a pipe that nobody writes to would wait for ever.
  return readOpen(openSync(path, nonBlocking), (file) => {
    const stats = fstatSync(file);
    if (stats.isDirectory()) throw new Error('it is a folder');
    if (!stats.isFile()) throw new Error('it is not a regular file');
    return readUpTo(file, stats.size, most);
  });
}

/** Reads a file that the user named: a pipe too, up to its end. Throws for more than `most` bytes. */
export function readNamedFile(path: string, most: number): Buffer {
  return readOpen(openSync(path, 'r'), (file) => readUpTo(file, 0, most));
}

function readOpen(file: number, read: (file: number) => Buffer): Buffer {
  try {
    return read(file);
  } finally {
    closeSync(file);
  }
}

function readUpTo(file: number, expected: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    if (Math.max(size, expected) > most)
      throw new Error(`it is larger than ${most / 1024 ** 2} MiB`);
    const chunk = Buffer.allocUnsafe(Math.max(64 * 1024, expected - size + 1));
    const read = readSync(file, chunk, 0, chunk.length, null);
    if (read === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, read));
    size += read;
  }
}
