// The work of `show`: the checked spec, printed with the source of each value.
import { brokers } from '../../../brokers/index.ts';
import { hasErrors } from '../../../core/diagnostic.ts';
import { HostError } from '../../../core/host.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { brokerOption } from '../../broker-option.ts';
import { checkUnderConfig } from '../../review/check-under-config.ts';
import { specSource, unknownChoice } from '../../spec-input.ts';
import { tellFindings } from '../../tell-findings.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import type { ShowOptions } from './options.ts';

const formats = ['json', 'yaml'] as const;

/** Prints a resolved spec. Throws: `HostError` for a wrong option. */
export async function show(
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
  const { showModel } = await import('../../../show/show-model.ts');
  const shown = showModel(
    model,
    (at) => sources.documents.some((document) => document.has(at)),
    brokers
      .find(({ name }) => name === model.broker.kind)
      ?.derivedOptions(model) ?? {},
  );
  if (format === 'yaml') {
    const { shownYaml } = await import('../../../show/shown-yaml.ts');
    terminal.out(shownYaml(shown));
  } else {
    const { shownJson } = await import('../../../show/shown-json.ts');
    terminal.out(`${JSON.stringify(shownJson(shown), null, 2)}\n`);
  }
  return exitCodes.clean;
}
