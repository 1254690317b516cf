// What `validate` is told on the command line.
import type { ReviewOptions } from '../../review/review-options.ts';

export interface ValidateOptions extends ReviewOptions {
  readonly format: readonly string[];
  readonly failOn?: string;
  readonly broker?: string;
  readonly updateBaseline?: boolean;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
}
