// The outside as the pipeline sees it. `host/` implements it on Node, `testing/` in memory.

/** A failure of the outside (missing file, no permission): told with path and operation, exit code 2. */
export class HostError extends Error {
  override readonly name = 'HostError';
}

export interface Host {
  /** Reads a UTF-8 text file. Throws: `HostError`. */
  readonly readText: (path: string) => string;
  /** Finds files by a glob relative to the folder of a file; sorted, POSIX. Throws: `HostError`. */
  readonly glob: (pattern: string, fromFile: string) => readonly string[];
  /** Resolves a path against the folder of a file. */
  readonly resolvePath: (fromFile: string, path: string) => string;
}
