// What `rules` is told on the command line.
import type { ReviewOptions } from '../../review/review-options.ts';

export interface RulesOptions extends ReviewOptions {
  readonly area: readonly string[];
  readonly format: string;
}
