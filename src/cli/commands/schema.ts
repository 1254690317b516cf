// `event-arch schema`: the JSON Schema of specs, of the configuration, or of one broker's options, as one document.
import { join } from 'node:path';
import type { Command } from 'commander';
import { brokers } from '../../brokers/index.ts';
import { HostError } from '../../core/host.ts';
import type { JsonObject } from '../../core/json.ts';
import { assetPath } from '../../host/assets.ts';
import { nodeHost } from '../../host/node-host.ts';
import { bundleSchema } from '../../schema/bundle-schema.ts';
import { exitCodes, type ExitCode, type Terminal } from '../terminal.ts';
import { unknownChoice } from './spec-input.ts';

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
    .action((of: string) => {
      terminal.out(`${JSON.stringify(schemaOf(of, names), null, 2)}\n`);
      done(exitCodes.clean);
    });
}

function schemaOf(of: string, names: readonly string[]): JsonObject {
  if (of === 'spec') return specSchema();
  if (of === 'config') return readSchema('event-arch.config.schema.json');
  if (!names.includes(of))
    throw new HostError(
      unknownChoice('schema', of, ['spec', 'config', ...names]),
    );
  return readSchema(`brokers/${of}.schema.json`);
}

/** Reads the schema of specs, with the options of every broker in it. Throws: `HostError`. */
export function specSchema(): JsonObject {
  const parts = brokers.map(({ name }) => `brokers/${name}.schema.json`);
  return bundleSchema(
    readSchema('event-arch.schema.json'),
    new Map(parts.map((ref) => [ref, readSchema(ref)])),
  );
}

const readSchema = (path: string): JsonObject =>
  JSON.parse(
    nodeHost().readText(join(assetPath('schemas'), path)),
  ) as JsonObject;
