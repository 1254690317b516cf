// Everything that decides how the findings on one spec are treated, from the options, the configuration and the baseline.
import type { Diagnostic } from '../../core/diagnostic.ts';
import { HostError, type Host } from '../../core/host.ts';
import { relativeToFile } from '../../host/find-upwards.ts';
import {
  reviewPolicy,
  type ReviewPolicy,
} from '../../pipeline/review-policy.ts';
import { readBaseline, type Baseline } from '../../policy/baseline.ts';
import { missingBaseline, type FailOn } from '../../policy/read-config.ts';
import { loadConfig, usualProfile, type LoadedConfig } from './load-config.ts';
import type { ReviewOptions } from './review-options.ts';

/** A file beside the spec that findings may speak of. */
export interface SpokenFile {
  readonly file: string;
  readonly text: string;
}

export interface PreparedReview {
  /** Null when the configuration cannot be used, so that nothing is checked by it. */
  readonly policy: ReviewPolicy | null;
  readonly failOn: FailOn | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: readonly SpokenFile[];
  /** Where the baseline is, or is to be; null when none is named. */
  readonly baselineFile: string | null;
}

/**
 * Prepares the review of a spec. `isWritten`: the baseline is about to be written, so it need not be there.
 * Reports: `config/*`, `schema/*`, `syntax/*` of the configuration, `baseline/*`. Throws: `HostError`.
 */
export async function prepareReview(
  host: Host,
  spec: string,
  options: ReviewOptions & { readonly isWritten?: boolean },
): Promise<PreparedReview> {
  const loaded = await loadConfig(host, spec, options);
  const { config, file, text, plugins } = loaded;
  const spoken = file === null ? [] : [{ file, text }];
  // An option is judged by what it does, and nothing is done by a configuration that cannot be used.
  const asked =
    config === null ? { isWritten: options.isWritten === true } : options;
  const named = baselineFile(host, loaded, asked);
  const { baseline, diagnostics } =
    named === null ? noBaseline : readNamed(host, named, loaded, asked);
  const told = {
    diagnostics: [...loaded.diagnostics, ...diagnostics],
    texts: [...spoken, ...(baseline === null ? [] : [baseline])],
  };
  if (config === null)
    return { ...told, policy: null, failOn: null, baselineFile: null };
  const policy = reviewPolicy({
    levels: {
      profile: config.profile ?? usualProfile,
      levels: config.levels,
      overrides: config.overrides,
    },
    plugins,
    baseline,
    spec: named === null ? '' : relativeToFile(spec, named),
    fileOf: (one) => (file === null ? one : relativeToFile(one, file)),
  });
  return {
    ...told,
    policy,
    failOn: config.failOn,
    baselineFile: named,
  };
}

interface NamedBaseline {
  readonly baseline: Baseline | null;
  readonly diagnostics: readonly Diagnostic[];
}

const noBaseline: NamedBaseline = { baseline: null, diagnostics: [] };

function baselineFile(
  host: Host,
  { named, file }: LoadedConfig,
  { baseline }: ReviewOptions,
): string | null {
  if (baseline !== undefined) return baseline;
  return file === null || named?.baseline == null
    ? null
    : host.resolvePath(file, named.baseline);
}

function readNamed(
  host: Host,
  path: string,
  { named }: LoadedConfig,
  options: ReviewOptions & { readonly isWritten?: boolean },
): NamedBaseline {
  try {
    return readBaseline(path, host.readText(path));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (options.isWritten === true) return noBaseline;
    if (options.baseline !== undefined || named === null) throw error;
    const reason = error.message.replace(/^cannot read ".*?": /, '');
    return {
      baseline: null,
      diagnostics: [missingBaseline(named.document, { file: path, reason })],
    };
  }
}
