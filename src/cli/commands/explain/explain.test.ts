import { describe, expect, it } from 'vitest';
import { declaredDiagnostics } from '../../../pipeline/catalogues.ts';
import {
  explanations,
  isOfChange,
  type ExampleFiles,
} from '../../../pipeline/explanation.ts';
import { loadExamples } from '../../../host/load-examples.ts';
import { rules as ownRules } from '../../../rules/index.ts';
import { checkFiles } from '../../../testing/check-files.ts';
import { compareTexts } from '../../../testing/compare-texts.ts';
import { runCli } from '../../../testing/run-cli.ts';

const faults = explanations(loadExamples()).flatMap(
  ({ code, stage, example }) =>
    example === null || isOfChange(example)
      ? []
      : [{ code, stage, ...example }],
);
/** Those whose good example is a spec. */
const checkable = faults.flatMap(({ code, stage, good }) =>
  good === null || ['baseline', 'config'].includes(stage)
    ? []
    : [{ code, good }],
);
const changes = explanations(loadExamples()).flatMap(({ code, example }) =>
  example !== null && isOfChange(example) ? [{ code, ...example }] : [],
);
const specIn = (files: ExampleFiles): string => files['spec.yaml'] ?? '';

describe('explain', () => {
  it('explains every code there is', () => {
    const codes = explanations(loadExamples()).map(({ code }) => code);
    expect(codes).toEqual(declaredDiagnostics().map(({ code }) => code));
  });

  it('has an example of every code but those that no spec has', () => {
    const without = explanations(loadExamples()).filter(
      ({ example }) => example === null,
    );
    expect(without.map(({ code }) => code)).toEqual([
      'plan/no-code',
      'plan/path-conflict',
    ]);
  });

  it('shows a good example only where the finding is gone in it', () => {
    expect(checkable.length).toBeGreaterThan(ownRules.length + 10);
    const wrong = checkable.filter(({ code, good }) =>
      checkFiles(good).some((one) => one.code === code),
    );
    expect(wrong.map(({ code }) => code)).toEqual([]);
  });

  it('shows a good example that holds no other mistake', () => {
    const found = checkable.flatMap(({ code, good }) =>
      checkFiles(good)
        .filter((one) => !one.code.startsWith('rule/'))
        .map((one) => `${code}: ${one.code}`),
    );
    expect(found).toEqual([]);
  });

  it('has a good example of every mistake but those that no spec of use is near', () => {
    const without = faults.filter(({ good }) => good === null);
    expect(without.map(({ code }) => code)).toEqual([
      'syntax/alias-expansion',
      'syntax/too-deep',
    ]);
  });

  it.each(changes)(
    'shows of $code two short designs without mistakes, and what is told of them',
    ({ code, before, after }) => {
      const found = [before, after].flatMap((files) =>
        checkFiles(files).filter((one) => !one.code.startsWith('rule/')),
      );
      expect(found).toEqual([]);
      const compared = compareTexts(specIn(before), specIn(after));
      expect(
        [...compared.changes, ...compared.unused].map((one) => one.code),
      ).toContain(code);
      expect(specIn(before).split('\n').length).toBeLessThan(40);
    },
  );

  it('teaches a change: before, after, who breaks, and a payload that shows it', async () => {
    const { code, out } = await runCli(['explain', 'diff/payload-refused']);
    expect(code).toBe(0);
    const parts = ['What', 'Why', 'Before', 'After', 'Told of it', 'Remedy'];
    for (const part of parts) expect(out).toContain(`\n${part}\n`);
    expect(out).toMatch(/^ {2}breaks consumers \w/m);
    expect(out).toMatch(/^ {2}proof: \{"/m);
    expect(out).toMatch(/^ {2}written by .* refused by /m);
  });

  it('teaches a rule: what, why, both examples, remedy, exception, source', async () => {
    const { code, out, err } = await runCli(['explain', 'rule/unkeyed-order']);
    expect([code, err]).toEqual([0, '']);
    const parts = ['What', 'Why', 'Bad', 'Told of it', 'Good', 'Remedy'];
    for (const part of [...parts, 'Exception', 'Source'])
      expect(out).toContain(`\n${part}\n`);
    expect(out).toContain('# event-arch-ignore rule/unkeyed-order:');
  });

  it('says of a change how it is covered by a reason', async () => {
    const { out } = await runCli(['explain', 'diff/partitions-grown']);
    expect(out).toContain('# event-arch-allow diff/partitions-grown@NAME:');
    expect(out).not.toContain('event-arch-ignore');
  });

  it('knows a code without its stage', async () => {
    expect((await runCli(['explain', 'unit-needed'])).out).toMatch(
      /^schema\/unit-needed {2}error/,
    );
  });

  it('names the nearest code for an unknown one', async () => {
    const { code, out, err } = await runCli(['explain', 'rule/unkeyd-order']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Did you mean "rule/unkeyed-order"?');
  });
});

describe('rules', () => {
  it('lists every rule with its level in a table', async () => {
    const { out } = await runCli(['rules', '--no-config']);
    expect(out.match(/^(?:off|info|warning|error) +rule\//gm)).toHaveLength(
      ownRules.length,
    );
    expect(out).toMatch(/^off +rule\/change-event +strict/m);
  });

  it('lists them as JSON, by area and under a profile', async () => {
    const argv = ['--area', 'ordering,errors', '--profile', 'minimal'];
    const { out } = await runCli([
      ...['rules', '--no-config', '--format', 'json'],
      ...argv,
    ]);
    const { profile, rules } = JSON.parse(out) as {
      readonly profile: string;
      readonly rules: readonly Readonly<Record<string, string>>[];
    };
    expect(profile).toBe('minimal');
    expect(new Set(rules.map(({ area }) => area))).toEqual(
      new Set(['ordering', 'errors']),
    );
    const isRight = (rule: Readonly<Record<string, string>>): boolean =>
      rule['profile'] === 'minimal'
        ? rule['level'] === rule['severity']
        : rule['level'] === 'off';
    expect(rules.filter((rule) => !isRight(rule))).toEqual([]);
  });

  it('names the areas for an unknown one', async () => {
    const { code, err } = await runCli(['rules', '--area', 'orderin']);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean "ordering"?');
  });
});
