import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSpec } from '../../pipeline/check-spec.ts';
import {
  findingsIn,
  findingsOf,
  hostileFindings,
  noFindings,
} from '../../testing/findings.ts';
import { readFixture } from '../../testing/load-model.ts';
import { memoryHost } from '../../testing/memory-host.ts';
import { gitlab } from './gitlab.ts';
import type { Findings } from './reporter.ts';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end: number };
  };
}

const issuesOf = (findings: Findings): readonly Issue[] =>
  JSON.parse(gitlab.print(findings)) as Issue[];

describe('the gitlab reporter', () => {
  it('prints an empty array when there is nothing to say', () => {
    expect(gitlab.print(noFindings)).toBe('[]\n');
  });

  it('keeps its fingerprints when lines are added above a finding', () => {
    const text = `# moved\n\n${readFixture('cli', 'reporters', 'meaning.yaml')}`;
    const { diagnostics } = checkSpec(memoryHost({}), {
      file: 'meaning.yaml',
      text,
    });
    const before = issuesOf(findingsOf('meaning.yaml'));
    const after = issuesOf(findingsIn('meaning.yaml', text, diagnostics));
    expect(after.map(({ fingerprint }) => fingerprint)).toEqual(
      before.map(({ fingerprint }) => fingerprint),
    );
    expect(after.map(({ location }) => location.lines.begin)).toEqual(
      before.map(({ location }) => location.lines.begin + 2),
    );
  });

  it('gives two findings of one code at one place fingerprints of their own', () => {
    const [diagnostic] = findingsOf('broken.yaml').diagnostics;
    const issues = issuesOf(
      findingsIn('shop.yaml', 'a: 1\n', [
        diagnostic!,
        { ...diagnostic!, message: 'another' },
      ]),
    );
    expect(issues[0]?.fingerprint).not.toBe(issues[1]?.fingerprint);
  });

  it('names paths without a leading "./"', () => {
    const [diagnostic] = findingsOf('broken.yaml').diagnostics;
    const file = './specs/shop.yaml';
    const [issue] = issuesOf(
      findingsIn(file, 'a: 1\n', [
        { ...diagnostic!, location: { file, range: null } },
      ]),
    );
    expect(issue?.location).toEqual({
      path: 'specs/shop.yaml',
      lines: { begin: 1, end: 1 },
    });
  });

  it('has every member that GitLab asks for, whatever the texts hold', () => {
    fc.assert(
      fc.property(hostileFindings(), (findings) => {
        const issues = issuesOf(findings);
        expect(issues).toHaveLength(findings.diagnostics.length);
        expect(new Set(issues.map((issue) => issue.fingerprint)).size).toBe(
          issues.length,
        );
        for (const issue of issues) {
          expect(issue.fingerprint).toMatch(/^[0-9a-f]{64}$/);
          expect(['info', 'minor', 'major']).toContain(issue.severity);
          expect(issue.location.lines.begin).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
});
