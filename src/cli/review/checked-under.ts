// One spec, checked under the configuration that holds for it, and the level that fails.
import { HostError } from '../../core/host.ts';
import type { CheckedSpec, SpecSource } from '../../pipeline/check-spec.ts';
import type { FailOn } from '../../policy/read-config.ts';
import { unknownChoice } from '../spec-input.ts';
import type { PreparedReview } from './prepare-review.ts';

export interface CheckedUnder {
  readonly source: SpecSource;
  readonly review: PreparedReview;
  /** Null when the configuration cannot be used. */
  readonly spec: CheckedSpec | null;
}

const severities: readonly FailOn[] = ['error', 'warning', 'info', 'never'];

/** Reads `--fail-on`; `none` is the older word for `never`. Throws: `HostError`. */
export function severityOption(value: string): FailOn {
  if (value === 'none') return 'never';
  const found = severities.find((severity) => severity === value);
  if (found === undefined)
    throw new HostError(unknownChoice('--fail-on', value, severities));
  return found;
}
