// What the CI service says of itself in the environment, so that one command needs no flags there.
import type { Terminal } from '../../terminal.ts';

export interface CiDefaults {
  /** Format of standard output. */
  readonly format: 'github' | 'text';
  /** What a pull or merge request is compared with; null outside of one. */
  readonly against: string | null;
  /** False when the revision is where the branches parted already. */
  readonly fromMergeBase: boolean;
  /** File that a summary is appended to. */
  readonly summary: string | null;
}

const said = (value: string | undefined): string | null =>
  value === undefined || value.trim() === '' ? null : value;

/**
 * Reads the variables of GitHub Actions and GitLab CI (docs.github.com, "Variables reference"; docs.gitlab.com,
 * "Predefined CI/CD variables reference").
 */
export function ciDefaults(env: Terminal['env']): CiDefaults {
  const isGithub = env['GITHUB_ACTIONS'] === 'true';
  const base = isGithub ? said(env['GITHUB_BASE_REF']) : null;
  const merged = said(env['CI_MERGE_REQUEST_DIFF_BASE_SHA']);
  return {
    format: isGithub ? 'github' : 'text',
    against: base === null ? merged : `origin/${base}`,
    fromMergeBase: base !== null || merged === null,
    summary: isGithub ? said(env['GITHUB_STEP_SUMMARY']) : null,
  };
}
