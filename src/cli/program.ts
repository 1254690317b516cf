// The commands, their options and help. Each command's work is loaded when it runs.
import { Command, CommanderError } from 'commander';
import { addAddCommand } from './commands/add/command.ts';
import { addApplyCommand } from './commands/apply/command.ts';
import { addExplainCommand } from './commands/explain/command.ts';
import { addCiCommand } from './commands/ci/command.ts';
import { addDiffCommand } from './commands/diff/command.ts';
import { addFormatCommand } from './commands/format/command.ts';
import { addGenerateCommand } from './commands/generate/command.ts';
import { addInitCommand } from './commands/init/command.ts';
import { addRulesCommand } from './commands/rules/command.ts';
import { addSchemaCommand } from './commands/schema/command.ts';
import { addShowCommand } from './commands/show/command.ts';
import { addPlanCommand } from './commands/plan/command.ts';
import { addValidateCommand } from './commands/validate/command.ts';
import { exitCodes, type ExitCode, type Terminal } from './terminal.ts';
import { toolVersion } from './version.ts';

export type Done = (code: ExitCode) => void;

/** Parses the arguments and runs the command that they name. Throws: `HostError`, and our own bugs. */
export async function runProgram(
  argv: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let code: ExitCode = exitCodes.clean;
  const program = buildProgram(terminal, (result) => {
    code = result;
  });
  try {
    if (argv.length === 0) {
      terminal.err(program.helpInformation());
      return exitCodes.usage;
    }
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Commander throws for help and version too, with exit code 0.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
    throw error;
  }
}

/** Builds the command with its subcommands; `done` gets the exit code of the one that runs. */
export function buildProgram(terminal: Terminal, done: Done): Command {
  const program = new Command('event-arch')
    .description(
      'Turns a YAML spec of an event-driven system into an architecture, and checks it.',
    )
    .version(toolVersion, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .showSuggestionAfterError(true)
    .showHelpAfterError('(run with --help for the options)')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .addHelpText(
      'after',
      '\nExit codes: 0 clean, 1 findings, 2 usage or input/output, 3 a bug of event-arch.',
    );
  for (const add of commands) add(program, terminal, done);
  for (const command of program.commands)
    command
      .exitOverride()
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  return program;
}

/** In the order in which they are met. */
const commands = [
  addInitCommand,
  addAddCommand,
  addValidateCommand,
  addFormatCommand,
  addShowCommand,
  addGenerateCommand,
  addDiffCommand,
  addCiCommand,
  addRulesCommand,
  addExplainCommand,
  addPlanCommand,
  addApplyCommand,
  addSchemaCommand,
] as const;
