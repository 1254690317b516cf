// A proof that takes long: whole by `npm run prove`, as a sample in the tests.

export interface ProofRun {
  /** Where the random values start; the same seed tries the same. */
  readonly seed: number;
  /** How many cases; null for as many as a whole run takes. */
  readonly runs: number | null;
  readonly print: (line: string) => void;
}

/** What a run came to. */
export interface Proof {
  /** How many cases held. */
  readonly held: number;
  /** One text for each case that did not hold: which, why, and how to see it again. */
  readonly faults: readonly string[];
}

/** One kind of proof. */
export interface ProofPart {
  /** What it is called on the command line. */
  readonly name: string;
  /** What it shows, as the end of "shows that ...". */
  readonly shows: string;
  /** False for a part whose sample is taken elsewhere than in the tests. */
  readonly isSampled?: boolean;
  readonly run: (of: ProofRun) => Promise<Proof>;
}
