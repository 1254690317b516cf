// The RabbitMQ folder of a model on disk, and its script run against a broker, as an operator would.
import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rabbitmq as broker } from '../brokers/rabbitmq.ts';
import { lowerToTopology } from '../brokers/rabbitmq/lower.ts';
import { createRenderer } from '../render/create-renderer.ts';
import { rabbitmq as target } from '../targets/rabbitmq/emit.ts';
import type { Artifact } from '../core/artifact.ts';
import type { Model } from '../model/model.ts';
import type { Topology } from '../brokers/rabbitmq/topology.ts';
import type { Rabbitmq } from './brokers/rabbitmq.ts';

const templatesFolder = fileURLToPath(
  new URL('../../templates/rabbitmq', import.meta.url),
);

/** Emits the RabbitMQ folder of a model with the project's own templates. */
export function emitRabbitmq(model: Model): readonly Artifact[] {
  const templates = new Map(
    readdirSync(templatesFolder).map((name) => [
      `rabbitmq/${name}`,
      readFileSync(join(templatesFolder, name), 'utf8'),
    ]),
  );
  return [
    ...target.emit(model, {
      render: createRenderer({ templates }),
      broker,
      findings: [],
      toolVersion: '0.0.0',
    }),
  ];
}

/** Finds the content of an emitted file by its name. Throws: it was not emitted. */
export function contentOf(
  artifacts: readonly Artifact[],
  name: string,
): string {
  const found = artifacts.find(({ path }) => path.endsWith(`/${name}`));
  if (found === undefined) throw new Error(`${name} was not emitted`);
  return found.content;
}

export interface ScriptRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RabbitmqFolder {
  readonly path: string;
  readonly topology: Topology;
  /** Passwords by service, made up for this test. */
  readonly passwords: Readonly<Record<string, string>>;
  /** Runs `apply.sh`; `changes` go over the variables that it needs, an empty one unsets. */
  readonly apply: (
    server: Rabbitmq,
    changes?: Readonly<Record<string, string>>,
    environment?: string,
  ) => Promise<ScriptRun>;
  readonly remove: () => void;
}

/** Writes the RabbitMQ folder of a model to a private place. */
export function writeRabbitmqFolder(model: Model): RabbitmqFolder {
  const [environment] = model.environments;
  if (environment === undefined) throw new Error('a model has an environment');
  const topology = lowerToTopology(model, environment);
  const root = mkdtempSync(join(tmpdir(), 'event-arch-rabbitmq-'));
  for (const { path, content, isExecutable } of emitRabbitmq(model)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: isExecutable ? 0o755 : 0o644 });
  }
  // Quotes, backslashes and spaces: what a password generator may give.
  const passwords = Object.fromEntries(
    topology.users.map(({ name }) => [name, `p"a\\s 's$ ${name}`]),
  );
  const path = join(root, 'broker', 'rabbitmq');
  return {
    path,
    topology,
    passwords,
    apply: async (server, changes = {}, name = environment.name) =>
      runScript(join(path, 'apply.sh'), [name], {
        RABBITMQ_URL: server.managementUrl,
        RABBITMQ_ADMIN_USER: server.admin.username,
        RABBITMQ_ADMIN_PASSWORD: server.admin.password,
        ...Object.fromEntries(
          topology.users.map((user) => [
            user.passwordVariable,
            passwords[user.name] ?? '',
          ]),
        ),
        ...changes,
      }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function runScript(
  file: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<ScriptRun> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', [file, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...variables },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
