// One run of `ci`: every spec checked and compared once, then every output printed from the same findings.
import { nodeHost } from '../../../host/node-host.ts';
import type { FailOn } from '../../../policy/read-config.ts';
import { failsAt, findingsOf, type Checked } from '../../report.ts';
import { brokerOption } from '../../broker-option.ts';
import { specSource } from '../../spec-input.ts';
import {
  appendOutput,
  outputChoices,
  writeOutputs,
  type OutputChoice,
} from '../../outputs.ts';
import { reporters } from '../../reporters/index.ts';
import { checkUnderConfig } from '../../review/check-under-config.ts';
import { severityOption } from '../../review/checked-under.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import type { ChangeReport } from '../diff/change-report.ts';
import { allowOption, compareRun, policyOption } from '../diff/compare-run.ts';
import { markdown as changesMarkdown } from '../diff/print-markdown.ts';
import type { CiOptions } from './options.ts';
import { ciDefaults, type CiDefaults } from './ci-defaults.ts';

interface Reviewed {
  /** With the changes among the findings. */
  readonly whole: Checked;
  readonly findings: Checked;
  readonly changes: Omit<ChangeReport, 'isColoured'> | null;
  /** The level that the configuration lets fail a run; null when it says none. */
  readonly failOn: FailOn | null;
}

/** Checks, compares and prints. Exit code 1 for a finding or an open change at `--fail-on`. Throws: `HostError`. */
export async function ci(
  specs: readonly string[],
  options: CiOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const defaults = ciDefaults(terminal.env);
  const choices = choicesOf(options, defaults);
  const failOn =
    options.failOn === undefined ? null : severityOption(options.failOn);
  const reviewed: Reviewed[] = [];
  for (const spec of specs.length === 0 ? [undefined] : specs)
    reviewed.push(await review(spec, { options, defaults, terminal }));
  writeOutputs(
    choices,
    (name, isColoured) => printed(name, { reviewed, isColoured }),
    terminal,
  );
  const summary = options.summary ?? defaults.summary;
  if (summary !== null) appendOutput(summary, summaryOf(reviewed));
  const isFailing = reviewed.some((one) =>
    failsAt(failOn ?? one.failOn ?? 'error', one.whole.diagnostics),
  );
  return isFailing ? exitCodes.findings : exitCodes.clean;
}

/** A service's own format goes to standard output unless another one does. */
function choicesOf(
  { format }: CiOptions,
  defaults: CiDefaults,
): readonly OutputChoice[] {
  const chosen = outputChoices(
    format,
    reporters.map(({ name }) => name),
  );
  return chosen.some(({ file }) => file === null)
    ? chosen
    : [{ name: defaults.format, file: null }, ...chosen];
}

interface Setting {
  readonly options: CiOptions;
  readonly defaults: CiDefaults;
  readonly terminal: Terminal;
}

async function review(
  spec: string | undefined,
  { options, defaults, terminal }: Setting,
): Promise<Reviewed> {
  const policy = policyOption(options.policy);
  const reasons = allowOption(options.allow);
  const broker = brokerOption(options.broker);
  const source = await specSource(spec, terminal);
  const checked = await checkUnderConfig(
    nodeHost(),
    broker === null ? source : { ...source, broker },
    options,
  );
  const { failOn } = checked;
  const findings = { file: source.file, ...checked };
  const against =
    options.against === false
      ? null
      : (options.against ?? defaults.against ?? null);
  if (against === null || against === '')
    return { whole: findings, findings, changes: null, failOn };
  const isDefault = options.against === undefined;
  const changes = compareRun(
    {
      source,
      checked,
      against,
      fromMergeBase:
        options.mergeBase && (!isDefault || defaults.fromMergeBase),
      policy,
      reasons,
      broker: options.broker,
    },
    terminal,
  );
  if (changes === null) return { whole: findings, findings, changes, failOn };
  const diagnostics = [
    ...checked.diagnostics,
    ...changes.diagnostics,
    ...changes.unused,
  ];
  return { whole: { ...findings, diagnostics }, findings, changes, failOn };
}

function printed(
  name: string,
  {
    reviewed,
    isColoured,
  }: { readonly reviewed: readonly Reviewed[]; readonly isColoured: boolean },
): string {
  if (name === 'markdown') return summaryOf(reviewed);
  const reporter = reporters.find((one) => one.name === name);
  const checked = reviewed.map(({ whole }) => whole);
  return reporter?.print(findingsOf(checked, isColoured)) ?? '';
}

function summaryOf(reviewed: readonly Reviewed[]): string {
  const reporter = reporters.find(({ name }) => name === 'markdown');
  const findings = findingsOf(
    reviewed.map((one) => one.findings),
    false,
  );
  const changes = reviewed.flatMap((one) =>
    one.changes === null
      ? []
      : [changesMarkdown.print({ ...one.changes, isColoured: false })],
  );
  return [reporter?.print(findings) ?? '', ...changes].join('\n');
}
