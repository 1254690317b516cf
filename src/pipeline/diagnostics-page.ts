// The page of all diagnostics, printed from what "event-arch explain" prints too.
import {
  explanations,
  isOfChange,
  type Example,
  type ExampleFiles,
  type Examples,
  type Explanation,
} from './explanation.ts';

const stages: Readonly<Record<string, string>> = {
  baseline: 'The file of known findings that are held back.',
  broker: 'What the chosen broker refuses, or would take and not do.',
  config: 'The configuration, `event-arch.config.yaml`.',
  diff: 'What a change of the design breaks, and for whom: errors are breaking changes, warnings risky ones, the rest is safe (`docs/diff.md`).',
  ignore: 'Comments that ignore a finding where it stands.',
  load: 'The files of a spec, and how they are joined.',
  plan: 'The files that a spec yields.',
  resolve:
    'References between the parts of a spec, and what they mean together.',
  rule: 'The design itself, reviewed.',
  schema: 'The form of a spec, by its schema.',
  syntax: 'The file as YAML.',
};

/** Prints every diagnostic by stage as Markdown: code, severity, message, why it matters, the remedy, and an example. */
export function diagnosticsPage(examples: Examples): string {
  const all = explanations(examples);
  const names = [...new Set(all.map(({ stage }) => stage))];
  const sections = names.map((stage) =>
    section(
      stage,
      all.filter((declared) => declared.stage === stage),
    ),
  );
  return `${head}\n${sections.join('\n')}`;
}

const head = `<!-- Printed from the catalogues in the sources; "npm run goldens" writes it again. -->

# Diagnostics

Every problem that event-arch reports has a code that keeps its meaning for ever. Words in braces stand for the names of
your spec. Errors make \`validate\` exit with 1 and keep \`generate\` from writing; \`--fail-on\` moves that line.
\`event-arch explain CODE\` prints a section of this page; [rules.md](rules.md) says how to live with the rules.
`;

function section(stage: string, declared: readonly Explanation[]): string {
  return [
    `## ${stage}`,
    '',
    stages[stage] ?? '',
    '',
    ...declared.map(entry),
  ].join('\n');
}

function entry(one: Explanation): string {
  const { code, severity, message, why, remedy, rule, example } = one;
  const facts =
    rule === null
      ? `**${severity}**`
      : `**${severity}**, ${rule.area}, profile \`${rule.profile}\``;
  const lines = [
    `### ${code}`,
    '',
    ...(rule === null ? [] : [escaped(rule.summary), '']),
    `${facts}: ${escaped(message)}`,
    '',
    escaped(why),
    '',
    ...(remedy === null ? [] : [`Remedy: ${escaped(remedy)}`, '']),
    ...(one.isFixable
      ? ['`--fix` corrects it where there is only one way to.', '']
      : []),
    ...(rule === null ? [] : [`Source: ${escaped(rule.source)}`, '']),
    ...(example === null
      ? []
      : parts(example).flatMap(([title, files]) => fenced(title, files))),
  ];
  return lines.join('\n');
}

function parts(
  example: Example,
): readonly (readonly [title: string, files: ExampleFiles])[] {
  if (isOfChange(example))
    return [
      ['Before', example.before],
      ['After', example.after],
    ];
  const { bad, good } = example;
  return good === null
    ? [['Bad', bad]]
    : [
        ['Bad', bad],
        ['Good', good],
      ];
}

/** Longer examples, and lines no page has room for, are left to the fixtures. */
function fenced(title: string, files: ExampleFiles): readonly string[] {
  const entries = Object.entries(files);
  const lines = entries.flatMap(([name, text]) => [
    ...(entries.length > 1 ? [`# ${name}`] : []),
    ...text.trimEnd().split('\n'),
  ]);
  const isShort =
    lines.length <= 45 && lines.every((line) => line.length <= 240);
  return isShort ? [`${title}:`, '', '````yaml', ...lines, '````', ''] : [];
}

const escaped = (text: string): string =>
  text.replaceAll(/[<>*_|]/g, (char) => `\\${char}`);
