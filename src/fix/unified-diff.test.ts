import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

/** What git makes of a text by a diff. */
function patched(before: string, diff: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'event-arch-diff-'));
  try {
    writeFileSync(join(folder, 'spec.yaml'), before);
    const { status, stderr } = spawnSync(
      'git',
      ['apply', '--whitespace=nowarn', '-'],
      {
        cwd: folder,
        input: diff,
        encoding: 'utf8',
        env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
      },
    );
    expect([status, stderr]).toEqual([0, '']);
    return readFileSync(join(folder, 'spec.yaml'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a unified diff', () => {
  it('is empty when nothing changes', () => {
    expect(unifiedDiff('spec.yaml', 'a\nb', 'a\nb')).toBe('');
  });

  it('shows three lines around a change', () => {
    const lines = (changed: string): string =>
      ['1', '2', '3', '4', changed, '6', '7', '8', '9', ''].join('\n');
    expect(unifiedDiff('specs/a.yaml', lines('5'), lines('five'))).toBe(
      `--- a/specs/a.yaml
+++ b/specs/a.yaml
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
`,
    );
  });

  it('is what git makes the new text of', () => {
    const line = fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'd\r\n');
    const text = fc
      .tuple(fc.array(line, { minLength: 1, maxLength: 25 }), fc.boolean())
      .map(([lines, isOpen]) => lines.join('') + (isOpen ? 'end' : ''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        const diff = unifiedDiff('spec.yaml', before, after);
        expect(patched(before, diff)).toBe(after);
      }),
      { numRuns: 40 },
    );
  });
});
