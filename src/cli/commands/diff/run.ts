// One run of `diff`: compare, print, and answer whether anything breaks.
import { hasErrors } from '../../../core/diagnostic.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { checkSpec } from '../../../pipeline/check-spec.ts';
import { brokerOption } from '../../broker-option.ts';
import { specSource } from '../../spec-input.ts';
import { tellFindings } from '../../tell-findings.ts';
import { appendOutput, outputChoices, writeOutputs } from '../../outputs.ts';
import { reporters } from '../../reporters/index.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import type { DiffOptions } from './options.ts';
import type { ChangePrinter, ChangeReport } from './change-report.ts';
import {
  allowOption,
  compareRun,
  failsAtImpact,
  impactOption,
  policyOption,
} from './compare-run.ts';
import { json } from './print-json.ts';
import { markdown } from './print-markdown.ts';
import { text } from './print-text.ts';

const printers: readonly ChangePrinter[] = [json, markdown, text];

/** Names that `--format` takes: printers of changes, and the reporters of findings. */
const formats = [
  ...new Set([
    ...printers.map(({ name }) => name),
    ...reporters.map(({ name }) => name),
  ]),
].toSorted();

/** Compares and prints. Exit code 1 for an open change at or above `--fail-on`. Throws: `HostError`. */
export async function diff(
  spec: string | undefined,
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const choices = outputChoices(
    options.format.length === 0 ? ['text'] : options.format,
    formats,
  );
  const level = impactOption(options.failOn);
  const policy = policyOption(options.policy);
  const reasons = allowOption(options.allow);
  const broker = brokerOption(options.broker);
  const source = await specSource(spec, terminal);
  const checked = checkSpec(
    nodeHost(),
    broker === null ? source : { ...source, broker },
  );
  const compared = compareRun(
    {
      source,
      checked,
      against: options.against,
      fromMergeBase: options.mergeBase,
      policy,
      reasons,
      broker: options.broker,
    },
    terminal,
  );
  if (compared === null) {
    tellFindings(source.file, checked, terminal);
    terminal.err(
      `event-arch: "${source.file}" does not resolve, so it cannot be compared.\n`,
    );
    return exitCodes.findings;
  }
  if (hasErrors(checked.diagnostics))
    terminal.err(
      `event-arch: "${source.file}" has errors of its own, which "validate" tells.\n`,
    );
  tellFindings(
    source.file,
    { sources: checked.sources, diagnostics: compared.unused },
    terminal,
  );
  writeOutputs(
    choices,
    (name, isColoured) => printChanges(name, { ...compared, isColoured }),
    terminal,
  );
  if (options.summary !== undefined)
    appendOutput(
      options.summary,
      markdown.print({ ...compared, isColoured: false }),
    );
  return failsAtImpact(level, compared) ? exitCodes.findings : exitCodes.clean;
}

function printChanges(name: string, report: ChangeReport): string {
  const printer = printers.find((one) => one.name === name);
  if (printer !== undefined) return printer.print(report);
  const reporter = reporters.find((one) => one.name === name);
  const { diagnostics, lines, toolVersion, isColoured, file } = report;
  return (
    reporter?.print({
      diagnostics,
      lines,
      files: [file],
      toolVersion,
      isColoured,
    }) ?? ''
  );
}
