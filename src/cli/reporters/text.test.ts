import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findingsIn,
  findingsOf,
  hostileFindings,
  noFindings,
} from '../../testing/findings.ts';
import { columnsOf } from './printable.ts';
import type { Findings } from './reporter.ts';
import { text } from './text.ts';

const [sample] = findingsOf('broken.yaml').diagnostics;

/** Prints one finding about `marked`, which stands once in the source. */
function printed(source: string, marked: string): readonly string[] {
  const start = source.indexOf(marked);
  const range = { start, end: start + marked.length };
  return text
    .print(
      findingsIn('shop.yaml', source, [
        { ...sample!, hint: null, location: { file: 'shop.yaml', range } },
      ]),
    )
    .split('\n')
    .filter((line) => /^ +\d* \|/.test(line));
}

const counting = (findings: Findings): string | undefined =>
  text.print(findings).trimEnd().split('\n').at(-1);

describe('the text reporter', () => {
  it('says clearly that there is nothing to say', () => {
    expect(text.print(noFindings)).toBe('No problems in shop.yaml\n');
    expect(text.print({ ...noFindings, files: ['a.yaml', 'b.yaml'] })).toBe(
      'No problems in 2 files\n',
    );
  });

  it('counts by severity in its last line', () => {
    const { diagnostics } = findingsOf('meaning.yaml');
    const remark = { ...sample!, severity: 'info' as const };
    expect(
      counting(findingsIn('shop.yaml', '', [...diagnostics, remark])),
    ).toBe('3 errors, 1 warning, 1 remark in shop.yaml');
  });

  it('shows the line before, the line, and marks under the range', () => {
    expect(printed('name: Shop\nbrokr: kafka\n', 'brokr')).toEqual([
      '  1 | name: Shop',
      '  2 | brokr: kafka',
      '    | ^^^^^',
    ]);
  });

  it('marks a range of several lines on its first line and shows the second', () => {
    expect(
      printed('events:\n  a: {\n    b: c }\n', 'a: {\n    b: c }'),
    ).toEqual([
      '  1 | events:',
      '  2 |   a: {',
      '    |   ^^^^',
      '  3 |     b: c }',
    ]);
  });

  it('keeps the marks in place behind tabs, wide characters and combining marks', () => {
    expect(printed('name: "\t注文e\u0301" # kafak\n', 'kafak')).toEqual([
      '  1 | name: "  注文e\u0301" # kafak',
      '    |                   ^^^^^',
    ]);
  });

  it('cuts a long line around the mark', () => {
    const line = `${'a'.repeat(300)}WRONG${'b'.repeat(300)}`;
    const [source, marks] = printed(line, 'WRONG');
    expect(columnsOf(source ?? '')).toBeLessThan(125);
    expect(source).toContain('…');
    expect((source ?? '').slice((marks ?? '').indexOf('^')).slice(0, 5)).toBe(
      'WRONG',
    );
    expect(marks?.trimEnd()).toMatch(/ \^{5}$/);
  });

  it('uses colours only when asked to', () => {
    const findings = findingsOf('broken.yaml');
    const escape = '\u001b';
    expect(text.print(findings)).not.toContain(escape);
    const coloured = text.print({ ...findings, isColoured: true });
    expect(coloured).toContain(`${escape}[31merror${escape}[0m`);
    // oxlint-disable-next-line no-control-regex -- the escapes are what is looked for
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(text.print(findings));
  });

  it('lets no control or reordering character of a text through', () => {
    fc.assert(
      fc.property(hostileFindings(), (findings) => {
        expect(text.print(findings)).not.toMatch(
          // oxlint-disable-next-line no-control-regex -- these must not occur
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });
});
