// What `ci` is told on the command line.
import type { ReviewOptions } from '../../review/review-options.ts';
import type { DiffOptions } from '../diff/options.ts';

export interface CiOptions
  extends Omit<DiffOptions, 'against' | 'failOn'>, ReviewOptions {
  /** False with `--no-against`. */
  readonly against?: string | false;
  readonly failOn?: string;
}
