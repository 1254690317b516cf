// What `init` is told on the command line.

export interface InitOptions {
  readonly answers?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly generate?: boolean;
  /** False with `--no-schema`. */
  readonly schema: boolean;
  readonly name?: string;
  readonly description?: string;
  readonly locale?: string;
  readonly need: readonly string[];
  readonly volume?: string;
  readonly delivery?: string;
  readonly ordering?: string;
  readonly retention?: string;
  readonly compatibility?: string;
  readonly broker?: string;
  readonly idempotency?: string;
  /** True, false with `--no-outbox`, or not said. */
  readonly outbox?: boolean;
  readonly event: readonly string[];
  readonly aggregate: readonly string[];
  readonly projection: readonly string[];
  readonly saga: readonly string[];
}
