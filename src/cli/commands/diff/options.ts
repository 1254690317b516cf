// What `diff` is told on the command line.

export interface DiffOptions {
  readonly against: string;
  readonly format: readonly string[];
  readonly summary?: string;
  readonly failOn: string;
  readonly policy: string;
  readonly allow: readonly string[];
  readonly broker?: string;
  /** False with `--no-merge-base`. */
  readonly mergeBase: boolean;
}
