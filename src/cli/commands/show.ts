// `event-arch show`: the resolved spec, defaults included, with the source of each value.
import type { Command } from 'commander';
import { brokers } from '../../brokers/index.ts';
import { hasErrors } from '../../core/diagnostic.ts';
import { HostError } from '../../core/host.ts';
import { nodeHost } from '../../host/node-host.ts';
import { checkUnderConfig } from '../review/check-under-config.ts';
import { exitCodes, type ExitCode, type Terminal } from '../terminal.ts';
import { brokerOption } from './broker-option.ts';
import { specSource, unknownChoice } from './spec-input.ts';
import { tellFindings } from './tell-findings.ts';

interface ShowOptions {
  readonly format: string;
  readonly broker?: string;
}

const formats = ['json', 'yaml'] as const;

const details = `
In YAML a remark behind a value says where it came from: "spec:" another place of the spec, "default:" or "derived:"
with the reason; the output is itself a valid spec of the same design. In JSON each value is an object of value, from,
origin (a JSON Pointer into the spec) and because.

Examples:
  event-arch show spec.yaml
  event-arch show spec.yaml --format json | jq .guarantees.delivery`;

/** Adds the command to the program; `done` gets its exit code. */
export function addShowCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  program
    .command('show')
    .description(
      'print the resolved spec, defaults included, and where each value came from',
    )
    .argument(
      '[spec]',
      'file, or - for standard input; event-arch.yaml here when none is named',
    )
    .option('-f, --format <name>', 'yaml or json', 'yaml')
    .option(
      '--broker <name>',
      'resolve for this broker instead of the one in the spec',
    )
    .addHelpText('after', details)
    .action(async (spec: string | undefined, options: ShowOptions) => {
      done(await show(spec, options, terminal));
    });
}

async function show(
  spec: string | undefined,
  options: ShowOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = formats.find((name) => name === options.format);
  if (format === undefined)
    throw new HostError(unknownChoice('--format', options.format, formats));
  const broker = brokerOption(options.broker);
  const source = await specSource(spec, terminal);
  const checked = await checkUnderConfig(
    nodeHost(),
    broker === null ? source : { ...source, broker },
    {},
  );
  const { model, sources, diagnostics } = checked;
  if (model === null || hasErrors(diagnostics)) {
    tellFindings(source.file, checked, terminal);
    return exitCodes.findings;
  }
  const { showModel } = await import('../../show/show-model.ts');
  const shown = showModel(
    model,
    (at) => sources.documents.some((document) => document.has(at)),
    brokers
      .find(({ name }) => name === model.broker.kind)
      ?.derivedOptions(model) ?? {},
  );
  if (format === 'yaml') {
    const { shownYaml } = await import('../../show/shown-yaml.ts');
    terminal.out(shownYaml(shown));
  } else {
    const { shownJson } = await import('../../show/shown-json.ts');
    terminal.out(`${JSON.stringify(shownJson(shown), null, 2)}\n`);
  }
  return exitCodes.clean;
}
