// What `generate` is told on the command line.
import type { ReviewOptions } from '../../review/review-options.ts';

export interface GenerateOptions extends ReviewOptions {
  readonly output: string;
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly only: readonly string[];
  readonly broker?: string;
  readonly env: readonly string[];
  readonly templates?: string;
  readonly watch?: boolean;
  readonly render?: string;
}
