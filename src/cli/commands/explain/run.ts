// The work of `explain`: one code in words for people.
import { HostError } from '../../../core/host.ts';
import { loadExamples } from '../../../host/load-examples.ts';
import { nodeHost } from '../../../host/node-host.ts';
import {
  explanations,
  type Examples,
  type Explanation,
} from '../../../pipeline/explanation.ts';
import { nearestCode } from '../../../policy/known-codes.ts';
import type { Rule } from '../../../rules/rule.ts';
import { loadConfig, type LoadedConfig } from '../../review/load-config.ts';
import type { ReviewOptions } from '../../review/review-options.ts';
import {
  exitCodes,
  wantsColour,
  type ExitCode,
  type Terminal,
} from '../../terminal.ts';
import { exampleSections } from './example-sections.ts';
import { wrapped } from './wrapped.ts';

type Paint = (text: string) => string;

/** Explains a code. Throws: `HostError` with the nearest one when there is none. */
export async function explainCode(
  code: string,
  options: ReviewOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const loaded = await loadConfig(nodeHost(), '<stdin>', options);
  const all = explanations(await examplesOf(loaded), loaded.plugins);
  const found = all.find((one) => one.code === code) ?? onlyWithSlug(all, code);
  if (found === null) throw new HostError(unknownCode(code, all));
  const heading: Paint = wantsColour(terminal.isOutTty, terminal.env)
    ? (text) => `\u001b[1m${text}\u001b[0m`
    : (text) => text;
  terminal.out(explained(found, heading, loaded.plugins));
  return exitCodes.clean;
}

async function examplesOf(loaded: LoadedConfig): Promise<Examples> {
  const { config, file } = loaded;
  if (config === null || file === null || config.plugins.length === 0)
    return loadExamples();
  const { readPlugins } = await import('../../review/load-plugins.ts');
  const plugins = await readPlugins(config.plugins, file);
  const own = plugins.flatMap(({ name, written }) =>
    written.flatMap(({ name: rule, examples }) =>
      examples === undefined
        ? []
        : [
            [
              `${name}/${rule}`,
              {
                bad: { 'spec.yaml': examples.bad },
                good: { 'spec.yaml': examples.good },
              },
            ] as const,
          ],
    ),
  );
  return { ...loadExamples(), ...Object.fromEntries(own) };
}

/** A code written without its stage, when there is only one of that name. */
function onlyWithSlug(
  all: readonly Explanation[],
  slug: string,
): Explanation | null {
  const found = all.filter(({ code }) => code.endsWith(`/${slug}`));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function unknownCode(code: string, all: readonly Explanation[]): string {
  const codes = all.map((one) => one.code);
  const near = nearestCode(code, codes);
  const advice =
    near === null
      ? '"event-arch rules" lists the rules; a finding is told with its code, such as schema/unknown-property.'
      : `Did you mean "${near}"?`;
  return `there is no code "${code}". ${advice}`;
}

function explained(
  one: Explanation,
  heading: Paint,
  plugins: readonly Rule[],
): string {
  const { code, severity, rule, message, why, remedy } = one;
  const facts = rule === null ? [] : [rule.area, `profile ${rule.profile}`];
  const section = (title: string, lines: readonly string[]): string =>
    lines.length === 0
      ? ''
      : `\n${heading(title)}\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n`;
  return [
    `${heading(code)}  ${[severity, ...facts].join(', ')}\n`,
    section('What', [
      ...(rule === null ? [] : wrapped(rule.summary)),
      ...wrapped(`Told as: ${message}.`),
    ]),
    section('Why', wrapped(why)),
    ...exampleSections(one, plugins).map(([title, lines]) =>
      section(title, lines),
    ),
    section('Remedy', [
      ...wrapped(remedy ?? 'Each finding says what to do at its place.'),
      ...(one.isFixable
        ? wrapped(
            '"event-arch validate --fix" does it where there is only one way to.',
          )
        : []),
    ]),
    section('Exception', exception(one)),
    ...(rule === null ? [] : [section('Source', wrapped(rule.source))]),
  ].join('');
}

function exception({
  code,
  isSettable,
  stage,
}: Explanation): readonly string[] {
  if (stage === 'diff')
    return [
      'Where a change is wanted as it is, say so on the line or the line before it:',
      '',
      `  # event-arch-allow ${code}@NAME: why it is right`,
      '',
      `Or for one run: event-arch diff --allow "${code}@NAME=why it is right"`,
    ];
  return isSettable
    ? [
        'Where it is right as it is, say so on the line or the line before it:',
        '',
        `  # event-arch-ignore ${code}: why it is right here`,
        '',
        'Everywhere, in event-arch.config.yaml:',
        '',
        '  rules:',
        `    ${code}: off      # or info, warning, error`,
      ]
    : [
        ['baseline', 'config', 'ignore'].includes(stage)
          ? 'There is none.'
          : 'There is none: a spec with it has no meaning that could be reviewed.',
      ];
}
