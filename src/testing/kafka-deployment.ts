// A model's Kafka files on disk, applied to a running broker by their own scripts, and clients that log in as its users.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka as Client, logLevel } from 'kafkajs';
import { passwordVariable } from '../brokers/kafka/names.ts';
import { kafkaOptions } from '../brokers/kafka/options.ts';
import type { Model } from '../model/model.ts';
import type { KafkaAccess } from './brokers/kafka-access.ts';
import type { KafkaTools, ToolResult } from './brokers/kafka-tools.ts';
import { writeKafkaFolder } from './write-kafka-folder.ts';

/** What a deployment needs of a running Kafka. */
type Target = KafkaAccess & {
  readonly tools: KafkaTools;
  /** Null for a given broker. */
  readonly version: string | null;
};

export interface KafkaDeployment {
  /** The folder `broker/kafka`. */
  readonly folder: string;
  readonly passwords: Readonly<Record<string, string>>;
  /** Runs one of the generated scripts for the deployment's environment. */
  readonly script: (
    name: string,
    ...args: readonly string[]
  ) => Promise<ToolResult>;
  /** A client that logs in as a user of the design, or as the administrator. */
  readonly clientOf: (user: string | null) => Client;
  readonly close: () => void;
}

/**
 * Answers a function that writes a model's files with fresh passwords when it is first called, so that a skipped suite
 * leaves nothing behind. Nothing is applied until a script is run. `kafka` answers the running broker or cluster, whose
 * version takes the place of the spec's, and `environment` names the spec's environment that it stands for.
 */
export function deployKafka(
  model: Model,
  kafka: () => Target,
  environment = 'dev',
): () => KafkaDeployment {
  let deployment: KafkaDeployment | null = null;
  return () => {
    deployment ??= writeDeployment(
      madeFor(model, kafka().version),
      kafka,
      environment,
    );
    return deployment;
  };
}

const madeFor = (model: Model, version: string | null): Model =>
  version === null
    ? model
    : {
        ...model,
        broker: {
          ...model.broker,
          version: { ...model.broker.version, value: version },
        },
      };

/**
 * Gives the file by which the scripts log in: the folder's own. The tools' warm JVM has an environment of its own, so the
 * variables that the file names are filled in, and nothing else of it is changed. The broker of the harness knows its
 * administrator by SCRAM-SHA-512 only: for another mechanism people would name another login, as the tests do.
 */
function adminFile(model: Model, folder: string, kafka: Target): string {
  if (kafkaOptions(model).saslMechanism !== 'SCRAM-SHA-512')
    return kafka.writeClientProperties();
  const values: Readonly<Record<string, string>> = {
    BOOTSTRAP_SERVERS: kafka.bootstrap,
    BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
    BROKER_ADMIN_PASSWORD: kafka.admin.password,
  };
  const text = readFileSync(
    join(folder, 'clients', 'admin.properties'),
    'utf8',
  );
  const path = join(folder, 'admin.filled.properties');
  writeFileSync(
    path,
    text.replaceAll(
      /\$\{env:(\w+)\}/g,
      (_, name: string) => values[name] ?? '',
    ),
    { mode: 0o600 },
  );
  return path;
}

function writeDeployment(
  model: Model,
  kafka: () => Target,
  environment: string,
): KafkaDeployment {
  const root = mkdtempSync(join(tmpdir(), 'event-arch-kafka-'));
  const folder = writeKafkaFolder(model, root);
  const made = execFileSync('sh', [join(folder, 'scripts', 'passwords.sh')], {
    encoding: 'utf8',
  });
  const passwords = Object.fromEntries(
    made
      .trim()
      .split('\n')
      .map((line): [string, string] => {
        const [variable = '', value = ''] = line.split('=');
        return [variable, value];
      }),
  );
  return {
    folder,
    passwords,
    script: async (name, ...args) =>
      kafka().tools.run(
        'sh',
        [
          join(folder, 'scripts', name),
          join(folder, 'environments', `${environment}.env`),
          ...args,
        ],
        {
          env: {
            ...passwords,
            BOOTSTRAP_SERVERS: kafka().bootstrap,
            BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
            COMMAND_CONFIG: adminFile(model, folder, kafka()),
          },
        },
      ),
    clientOf: (user) =>
      new Client({
        ...kafka().clientConfig(
          user === null
            ? undefined
            : {
                username: user,
                password: passwords[passwordVariable(user)] ?? '',
              },
        ),
        clientId: user ?? 'admin',
        logLevel: logLevel.NOTHING,
        retry: { retries: 8, initialRetryTime: 100 },
      }),
    close: () => rmSync(root, { recursive: true }),
  };
}
