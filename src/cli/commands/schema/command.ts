// `event-arch schema`: the JSON Schema of specs, of the configuration, or of one broker's options, as one document.
import type { Command } from 'commander';
import { brokers } from '../../../brokers/index.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';

/** Adds the command to the program; `done` gets its exit code. */
export function addSchemaCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  const names = brokers.map(({ name }) => name);
  program
    .command('schema')
    .description(
      'print the JSON Schema of specs, or of event-arch.config.yaml, as one document',
    )
    .argument(
      '[of]',
      `spec, config, or a broker (${names.join(', ')}) for its options alone`,
      'spec',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  event-arch schema > event-arch.schema.json      for editors: see the first line that init writes\n  event-arch schema config\n  event-arch schema kafka',
    )
    .action(async (of: string) => {
      const { schemaOf } = await import('./run.ts');
      terminal.out(`${JSON.stringify(schemaOf(of), null, 2)}\n`);
      done(exitCodes.clean);
    });
}
