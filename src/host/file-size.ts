// How large a file is, for guesses.
import { statSync } from 'node:fs';

/** Gives the size of a file in bytes; 0 for one that cannot be looked at. */
export function fileSize(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
