// A spec checked under the configuration that holds for it, for the commands whose result is something else.
import type { Host } from '../../core/host.ts';
import {
  checkSpec,
  type CheckedSpec,
  type SpecSource,
} from '../../pipeline/check-spec.ts';
import type { FailOn } from '../../policy/read-config.ts';
import { prepareReview, type SpokenFile } from './prepare-review.ts';
import type { ReviewOptions } from './review-options.ts';

export interface CheckedWithTexts extends CheckedSpec {
  /** Other files that findings speak of, such as the configuration. */
  readonly texts: readonly SpokenFile[];
  /** The level that the configuration lets fail a run; null when it says none. */
  readonly failOn: FailOn | null;
}

/** Checks a spec; a configuration that cannot be used is told instead. Throws: `HostError`. */
export async function checkUnderConfig(
  host: Host,
  source: SpecSource,
  options: ReviewOptions,
): Promise<CheckedWithTexts> {
  const review = await prepareReview(host, source.file, options);
  const { policy, texts, failOn } = review;
  if (policy === null)
    return {
      model: null,
      broker: null,
      sources: { documents: [] },
      diagnostics: review.diagnostics,
      heldBack: { ignored: [], known: [] },
      isReviewed: false,
      texts,
      failOn,
    };
  const checked = checkSpec(host, { ...source, policy });
  return {
    ...checked,
    diagnostics: [...review.diagnostics, ...checked.diagnostics],
    texts,
    failOn,
  };
}
