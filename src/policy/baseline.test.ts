import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../core/diagnostic.ts';
import {
  entriesOf,
  holdBack,
  printBaseline,
  readBaseline,
  type BaselineEntry,
} from './baseline.ts';

const finding = (code: `${string}/${string}`, pointer: string): Diagnostic => ({
  code,
  severity: 'warning',
  message: code,
  pointer,
  at: 'value',
  location: null,
  hint: null,
  related: [],
});

const entry = (code: string, pointer: string, count = 1): BaselineEntry => ({
  code,
  spec: 'spec.yaml',
  pointer,
  count,
  range: null,
});

const file = 'known.txt';

const withoutRange = ({ range: _range, ...rest }: BaselineEntry): object =>
  rest;

describe('a baseline', () => {
  it('reads as what was printed, whatever the names', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    const any = fc.record({
      code: fc.constantFrom('rule/unkeyed-order', 'acme/owner'),
      spec: text,
      pointer: text.map((name) => `/events/${name}`),
      count: fc.integer({ min: 1, max: 9 }),
    });
    const entries = fc.uniqueArray(any, {
      selector: (one) => JSON.stringify([one.code, one.spec, one.pointer]),
    });
    fc.assert(
      fc.property(entries, (all) => {
        const printed = printBaseline(
          all.map((one) => ({ ...one, range: null })),
        );
        const { baseline, diagnostics } = readBaseline('known.txt', printed);
        expect(diagnostics).toEqual([]);
        expect(new Set(baseline.entries.map(withoutRange))).toEqual(
          new Set(all),
        );
      }),
    );
  });

  it('is sorted, with one entry a line, in whatever order it is made', () => {
    const entries = [entry('rule/b', '/x'), entry('rule/a', '/y', 2)];
    const printed = printBaseline(entries);
    expect(printed).toBe(printBaseline(entries.toReversed()));
    expect(printed.split('\n').slice(2)).toEqual([
      'rule/a spec.yaml#/y x2',
      'rule/b spec.yaml#/x',
      '',
    ]);
  });

  it('tells a line that is none, and keeps the others', () => {
    const text = 'rule/a s.yaml#/x\n<<<<<<< HEAD\nrule/b s.yaml#/y\n';
    const { baseline, diagnostics } = readBaseline('known.txt', text);
    expect(baseline.entries.map(({ code }) => code)).toEqual([
      'rule/a',
      'rule/b',
    ]);
    expect(diagnostics.map(({ code, location }) => [code, location])).toEqual([
      [
        'baseline/unreadable-line',
        { file: 'known.txt', range: { start: 17, end: 29 } },
      ],
    ]);
  });

  it('holds back as many findings of a rule at a place as it says', () => {
    const found = [1, 2, 3].map(() => finding('rule/a', '/x'));
    const entries = [entry('rule/a', '/x', 2)];
    const { told, known, stale } = holdBack(found, { file, entries });
    expect([told.length, known.length, stale.length]).toEqual([1, 2, 0]);
  });

  it('says which entry holds a finding back, the larger one of two', () => {
    const large = {
      ...entry('rule/a', '/x', 2),
      range: { start: 40, end: 59 },
    };
    const { known, stale } = holdBack([finding('rule/a', '/x')], {
      file,
      entries: [entry('rule/a', '/x'), large],
    });
    expect(known.map(({ heldBy }) => heldBy)).toEqual([
      { reason: null, location: { file, range: large.range } },
    ]);
    expect(stale).toHaveLength(2);
  });

  it('names what it holds back and is no longer found', () => {
    const entries = [entry('rule/a', '/x', 2), entry('rule/b', '/x')];
    const { stale } = holdBack([finding('rule/a', '/x')], { file, entries });
    expect(stale.map(({ code }) => code)).toEqual(['rule/a', 'rule/b']);
  });

  it('counts the findings of a rule at a place', () => {
    const found = ['/x', '/y', '/x'].map((at) => finding('rule/a', at));
    expect(entriesOf('spec.yaml', found)).toEqual([
      entry('rule/a', '/x', 2),
      entry('rule/a', '/y'),
    ]);
  });
});
