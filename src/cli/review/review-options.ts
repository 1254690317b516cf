// The options that say how findings are treated, shared by the commands that check a spec.
import type { Command } from 'commander';
import { HostError } from '../../core/host.ts';
import { profiles } from '../../policy/levels.ts';
import type { Profile } from '../../rules/rule.ts';
import { unknownChoice } from '../spec-input.ts';

export interface ReviewOptions {
  /** A file, or false for none; looked for when undefined. */
  readonly config?: string | false;
  readonly profile?: string;
  readonly baseline?: string;
}

/** Adds `--config`, `--no-config`, `--profile` and `--baseline`. */
export function withReviewOptions(command: Command): Command {
  return command
    .option(
      '--config <file>',
      'configuration; event-arch.config.yaml is looked for from the spec upwards',
    )
    .option('--no-config', 'use no configuration')
    .option(
      '--profile <name>',
      'rules to run: minimal, recommended (the default) or strict',
    )
    .option(
      '--baseline <file>',
      'known findings to hold back, instead of the file that the configuration names',
    );
}

/** Reads `--profile`; null when it is not given. Throws: `HostError`. */
export function profileOption(value: string | undefined): Profile | null {
  if (value === undefined) return null;
  const found = profiles.find((profile) => profile === value);
  if (found === undefined)
    throw new HostError(unknownChoice('--profile', value, profiles));
  return found;
}
