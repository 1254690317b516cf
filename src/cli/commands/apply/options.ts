// What `apply` is told on the command line.
import type { PlanOptions } from '../plan/options.ts';

export interface ApplyOptions extends PlanOptions {
  readonly yes?: boolean;
  readonly delete: readonly string[];
  readonly force?: boolean;
}
