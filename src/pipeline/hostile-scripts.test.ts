// Generated scripts of specs whose every free text tries to run a command, run with tools that only write down their call.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Artifact } from '../core/artifact.ts';
import { anyModelOf, brokerNamed, checkText } from '../testing/load-model.ts';
import { ownRenderer } from '../testing/own-templates.ts';
import { randomSpec } from '../testing/random-spec.ts';
import { planArtifacts } from './plan-artifacts.ts';

const times = Number(process.env['EVENT_ARCH_RUNS'] ?? '1');
const render = ownRenderer();
let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'event-arch-hostile-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const commands: readonly string[] = [
  '$(touch planted)',
  '`touch planted`',
  '"; touch planted; "',
  "'; touch planted; '",
  '\ntouch planted\n',
  '\\"; touch planted #',
  "'\"'$(touch planted)",
  '\nEND\ntouch planted\n',
  '| touch planted &',
];

const commandText = (): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...commands, 'word', ' ', '\\'), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => parts.join(''));

const tools = [
  'kafka-topics.sh',
  'kafka-configs.sh',
  'kafka-acls.sh',
  'kafka-features.sh',
  'curl',
] as const;

function write(root: string, files: readonly Artifact[]): void {
  for (const { path, content } of files) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Tools that write down how they were called, and say what a stock tool says when there is nothing yet. */
function toolFolder(root: string): string {
  const folder = join(root, 'tools');
  mkdirSync(folder);
  for (const tool of tools)
    writeFileSync(
      join(folder, tool),
      '#!/bin/sh\nprintf \'%s\\n\' "${0##*/}" >>"$CALLS"\n',
      { mode: 0o755 },
    );
  return folder;
}

/** How an operator applies each environment of a folder. */
const runs = {
  kafka: (root: string) => {
    const folder = join(root, 'broker/kafka');
    return readdirSync(join(folder, 'environments')).map((file) => [
      join(folder, 'scripts/apply.sh'),
      join(folder, 'environments', file),
    ]);
  },
  rabbitmq: (root: string) => {
    const folder = join(root, 'broker/rabbitmq');
    return readdirSync(folder).flatMap((file) => {
      const [, environment] = /^definitions\.(.+)\.json$/.exec(file) ?? [];
      return environment === undefined
        ? []
        : [[join(folder, 'apply.sh'), environment]];
    });
  },
} as const;

describe.each(['kafka', 'rabbitmq'] as const)(
  'the scripts for %s of a spec full of commands',
  (broker) => {
    const specs = fc
      .sample(randomSpec(broker, commandText()), {
        numRuns: 4 * times,
        seed: 23,
      })
      .map((spec, index) => ({ index, text: JSON.stringify(spec) }));

    it.each(specs)('run none of them ($index)', ({ index, text }) => {
      const checked = checkText(text, broker);
      const { value } = planArtifacts(
        anyModelOf(checked),
        {
          render,
          broker: brokerNamed(broker),
          findings: checked.diagnostics,
          toolVersion: '0.0.0',
        },
        new Set([broker]),
      );
      const root = join(work, `${broker}-${String(index)}`);
      const cwd = join(root, 'cwd');
      mkdirSync(cwd, { recursive: true });
      write(root, value?.artifacts ?? []);
      const calls = join(root, 'calls');
      const tools = toolFolder(root);
      for (const args of runs[broker](root))
        spawnSync('sh', args, {
          cwd,
          timeout: 30_000,
          env: {
            PATH: `${tools}:${process.env['PATH'] ?? ''}`,
            CALLS: calls,
            BOOTSTRAP_SERVERS: 'localhost:1',
            RABBITMQ_ADMIN_USER: 'admin',
            RABBITMQ_ADMIN_PASSWORD: 'secret',
          },
        });
      // The tools were reached, so that the scripts did run what they have to run.
      expect(readFileSync(calls, 'utf8')).toMatch(/^(kafka-|curl)/);
      expect(existsSync(join(cwd, 'planted'))).toBe(false);
    });
  },
);
