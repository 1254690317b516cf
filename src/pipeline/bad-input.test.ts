// Whatever a file holds, checking it gives diagnostics or a model, and never throws. EVENT_ARCH_RUNS multiplies the runs.
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import { checkText, fixturePath } from '../testing/load-model.ts';
import { hostileText } from '../testing/hostile-text.ts';
import { mutated, spoiltText } from '../testing/mutate.ts';
import { randomSource } from '../testing/random-source.ts';
import { randomSpec } from '../testing/random-spec.ts';
import type { CheckedSpec } from './check-spec.ts';

const times = Number(process.env['EVENT_ARCH_RUNS'] ?? '1');

/** What is wrong with what was told, whatever the input. */
function faultsOf(text: string, { model, diagnostics }: CheckedSpec): string[] {
  const isTold = model !== null || hasErrors(diagnostics);
  return [
    ...(isTold ? [] : ['neither a model nor an error']),
    ...diagnostics.flatMap((diagnostic) => diagnosticFaults(text, diagnostic)),
  ];
}

function diagnosticFaults(text: string, told: Diagnostic): readonly string[] {
  const { code, message, hint, severity, location } = told;
  const range = location?.range ?? null;
  const isInside =
    range === null ||
    (range.start >= 0 && range.start <= range.end && range.end <= text.length);
  const faults = [
    location === null && 'no place',
    location !== null && location.file !== 'spec.yaml' && 'another file',
    !isInside && 'a place outside the file',
    message.trim() === '' && 'no message',
    message.length > 2000 && 'a message without end',
    severity === 'error' && (hint ?? '').trim() === '' && 'no hint',
    /undefined|\[object|NaN/.test(message + (hint ?? '')) && 'a slip',
  ];
  return faults.flatMap((fault) =>
    fault === false ? [] : [`${code}: ${fault}: ${message.slice(0, 300)}`],
  );
}

const faultsIn = (text: string): readonly string[] =>
  faultsOf(text, checkText(text));

const specs = readdirSync(fixturePath('specs')).filter((name) =>
  name.endsWith('.yaml'),
);

describe('bad input', () => {
  it.each(specs)('is told when %s is cut after any line', (name) => {
    const lines = readFileSync(fixturePath('specs', name), 'utf8').split('\n');
    const cuts = lines.map((_, index) => lines.slice(0, index).join('\n'));
    expect(cuts.flatMap(faultsIn)).toEqual([]);
  });

  it('is told in specs whose keys and values are spoilt', () => {
    fc.assert(
      fc.property(randomSpec('kafka'), fc.nat(), (spec, seed) => {
        const value = mutated(randomSource(seed), spec);
        expect(faultsIn(JSON.stringify(value))).toEqual([]);
      }),
      { numRuns: 60 * times },
    );
  });

  it('is told in files whose text is spoilt', () => {
    fc.assert(
      fc.property(randomSpec('rabbitmq'), fc.nat(), (spec, seed) => {
        const text = stringify(spec);
        expect(faultsIn(spoiltText(randomSource(seed), text))).toEqual([]);
      }),
      { numRuns: 60 * times },
    );
  });

  it('is told in files that hold anything', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(faultsIn(text)).toEqual([]);
      }),
      { numRuns: 150 * times },
    );
  });

  it.each([
    ['blocks nested deeply', nested(3000)],
    ['brackets nested deeply', `x: ${'['.repeat(50_000)}`],
    ['dashes nested deeply', `x:\n ${'- '.repeat(50_000)}y`],
    ['question marks nested deeply', '? '.repeat(50_000)],
    ['an alias to what holds it', 'eventArch: 1\nx-a: &a [*a]\n'],
    ['an alias as a key', 'x-a: &a b\n*a : c\n'],
    ['a merge of itself', 'x-a: &a\n  <<: *a\n'],
    ['UTF-16 read as UTF-8', '\ufeffe\u0000v\u0000e\u0000n\u0000t\u0000'],
    ['a byte order mark alone', '\ufeff'],
    ['a tag of code', 'name: !!js/function "function () {}"\n'],
    ['a directive', '%YAML 1.1\n---\neventArch: 1\n'],
    ['a million spaces', ' '.repeat(1_000_000)],
    ['a huge text', `name: "${'x'.repeat(1_000_000)}"`],
    ['a key of 10,000 characters', `${'k'.repeat(10_000)}: 1`],
  ])('is told in a file with %s', (_, text) => {
    expect(faultsIn(text)).toEqual([]);
    expect(hasErrors(checkText(text).diagnostics)).toBe(true);
  });
});

function nested(levels: number): string {
  const lines = Array.from(
    { length: levels },
    (_, level) => `${' '.repeat(level)}a:`,
  );
  return `${lines.join('\n')} 1\n`;
}
