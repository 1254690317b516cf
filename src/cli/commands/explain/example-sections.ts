// The example of a code, and what is told of it, as sections of its explanation.
import type { Change, Proof } from '../../../changes/change.ts';
import { checkSpec, type CheckedSpec } from '../../../pipeline/check-spec.ts';
import { compareDesigns } from '../../../pipeline/compare-designs.ts';
import {
  exampleHost,
  isOfChange,
  type ChangeExample,
  type ExampleFiles,
  type Explanation,
  type FaultExample,
} from '../../../pipeline/explanation.ts';
import { reviewPolicy, wholeReview } from '../../../pipeline/review-policy.ts';
import type { Rule } from '../../../rules/rule.ts';
import { whoBreaks } from '../diff/change-report.ts';
import { wrapped } from './wrapped.ts';

export type Section = readonly [title: string, lines: readonly string[]];

/** Gives the example of a code with what a run tells of it; none where there is no example. */
export function exampleSections(
  { example, code }: Pick<Explanation, 'example' | 'code'>,
  plugins: readonly Rule[],
): readonly Section[] {
  if (example === null) return [];
  if (!isOfChange(example)) return faultSections(example, code, plugins);
  return [
    ['Before', filesLines(example.before)],
    ['After', filesLines(example.after)],
    ['Told of it', toldOfChange(example, code)],
  ];
}

function faultSections(
  { bad, good }: FaultExample,
  code: string,
  plugins: readonly Rule[],
): readonly Section[] {
  return [
    ['Bad', filesLines(bad)],
    ['Told of it', toldOf(bad, code, plugins)],
    ['Good', good === null ? [] : filesLines(good)],
  ];
}

function filesLines(files: ExampleFiles): readonly string[] {
  const names = Object.keys(files);
  return names.flatMap((name) => {
    const lines = (files[name] ?? '').trimEnd().split('\n');
    const shown =
      lines.length > 45
        ? [...lines.slice(0, 40), `# ... ${lines.length - 40} more lines`]
        : lines;
    const cut = shown.map((line) =>
      line.length > 200 ? `${line.slice(0, 197)}...` : line,
    );
    return names.length === 1 ? cut : [`# ${name}`, ...cut];
  });
}

const checked = (
  files: ExampleFiles,
  plugins: readonly Rule[] = [],
): CheckedSpec =>
  checkSpec(exampleHost(files), {
    file: 'spec.yaml',
    policy: reviewPolicy({ levels: wholeReview.levels, plugins }),
  });

/** What a check says of the bad example; nothing where it takes more than a spec. */
function toldOf(
  files: ExampleFiles,
  code: string,
  plugins: readonly Rule[],
): readonly string[] {
  if (files['spec.yaml'] === undefined) return [];
  const { diagnostics } = checked(files, plugins);
  const told = diagnostics.find((one) => one.code === code);
  return told === undefined
    ? []
    : [...wrapped(told.message), ...hintLines(told.hint)];
}

/** What a comparison says of the change, with who breaks and a payload that shows it. */
function toldOfChange(
  { before, after }: ChangeExample,
  code: string,
): readonly string[] {
  const compared = compareDesigns(checked(before), checked(after), {
    policy: 'strict',
    reasons: [],
  });
  if (compared === null) return [];
  const change = compared.changes.find((one) => one.code === code);
  if (change !== undefined) return changeLines(change);
  const unused = compared.unused.find((one) => one.code === code);
  return unused === undefined
    ? []
    : [...wrapped(unused.message), ...hintLines(unused.hint)];
}

function changeLines(change: Change): readonly string[] {
  const { message, impact, breaks, proof, hint } = change;
  const verb = impact === 'breaking' ? 'breaks' : 'concerns';
  return [
    ...wrapped(message),
    ...(breaks.length === 0
      ? []
      : wrapped(`${verb} ${whoBreaks(change).join('; ')}`)),
    ...(proof === null ? [] : proofLines(proof)),
    ...hintLines(hint),
  ];
}

const proofLines = (proof: Proof): readonly string[] =>
  'payload' in proof
    ? [
        `proof: ${JSON.stringify(proof.payload)}`,
        ...wrapped(`written by ${proof.writer}, refused by ${proof.reader}`),
      ]
    : [];

const hintLines = (hint: string | null): readonly string[] =>
  hint === null ? [] : wrapped(`hint: ${hint}`);
