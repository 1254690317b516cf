// Every declared diagnostic, told for a spec that holds that one mistake: `fixtures/diagnostics/<stage>/<slug>[--case]/`.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../core/diagnostic.ts';
import { lineIndex, type LineIndex } from '../core/line-index.ts';
import { declaredDiagnostics } from '../pipeline/catalogues.ts';
import { fixturePath } from '../testing/load-model.ts';
import { checkFiles } from '../testing/check-files.ts';
import { text } from './reporters/text.ts';

const cases = readdirSync(fixturePath('diagnostics'))
  .flatMap((stage) =>
    readdirSync(fixturePath('diagnostics', stage)).map(
      (name) => `${stage}/${name}`,
    ),
  )
  .toSorted();

const codeOf = (name: string): string => name.split('--', 1)[0] ?? '';

function filesOf(name: string): Readonly<Record<string, string>> {
  const folder = fixturePath('diagnostics', name);
  const files = readdirSync(folder).filter(
    (file) => file !== 'expected.txt' && !file.startsWith('good.'),
  );
  return Object.fromEntries(
    files.map((file) => [file, readFileSync(`${folder}/${file}`, 'utf8')]),
  );
}

/** Rules review what is sound, so their findings are no consequences of the one mistake. */
function check(name: string): readonly Diagnostic[] {
  return checkFiles(filesOf(name)).filter(
    ({ code }) => !code.startsWith('rule/'),
  );
}

function printed(name: string, diagnostics: readonly Diagnostic[]): string {
  const lines = new Map(
    Object.entries(filesOf(name)).map(([file, source]): [string, LineIndex] => [
      file,
      lineIndex(source),
    ]),
  );
  return text.print({
    diagnostics,
    lines: (file) => lines.get(file) ?? null,
    files: ['spec.yaml'],
    toolVersion: '0.0.0',
    isColoured: false,
  });
}

/** A diagnostic of a mistake has a place in a file of the spec, and an error says what to do. */
const isComplete = ({
  location,
  message,
  hint,
  severity,
}: Diagnostic): boolean =>
  location !== null &&
  message.trim() !== '' &&
  !/\{\w+\}/.test(message + (hint ?? '')) &&
  (severity !== 'error' || (hint ?? '').trim() !== '');

describe('a spec with one mistake', () => {
  it.each(cases)('is told so, once: %s', async (name) => {
    const told = check(name);
    expect(told.map(({ code }) => code)).toEqual([codeOf(name)]);
    expect(told.filter((found) => !isComplete(found))).toEqual([]);
    await expect(printed(name, told)).toMatchFileSnapshot(
      `${fixturePath('diagnostics', name)}/expected.txt`,
    );
  });
});

describe('the fixtures of diagnostics', () => {
  // Findings of a plan, not of a check: `refused-code.test.ts` and `keep-one-per-path.test.ts` have them. Targets name
  // their files so that paths never meet.
  const unreachable = ['plan/no-code', 'plan/path-conflict'];

  it('cover every declared code', () => {
    const reviewed = readdirSync(fixturePath('rules')).map(
      (rule) => `rule/${rule}`,
    );
    const covered = new Set([
      ...cases.map(codeOf),
      ...reviewed,
      ...unreachable,
    ]);
    const codes = declaredDiagnostics().map(({ code }) => code as string);
    // Those of changes have a case each in `fixtures/changes`.
    const ofSpecs = codes.filter((code) => !code.startsWith('diff/'));
    expect(ofSpecs.filter((code) => !covered.has(code))).toEqual([]);
  });

  it('are of declared codes only', () => {
    const codes = new Set(declaredDiagnostics().map(({ code }) => `${code}`));
    expect(cases.filter((name) => !codes.has(codeOf(name)))).toEqual([]);
  });
});
