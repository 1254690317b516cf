// The project of a generated compose.yaml without containers: what each service says is run as its container would run
// it, by the image's own code. Only ports, host names and paths are mapped; not one setting is added or left out.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { findKafka, type KafkaInstallation } from './brokers/kafka-files.ts';
import {
  startKafkaTools,
  type KafkaTools,
  type ToolResult,
} from './brokers/kafka-tools.ts';
import {
  createPrivateFolder,
  type PrivateFolder,
} from './brokers/private-folder.ts';
import { reservePorts } from './brokers/reserve-ports.ts';
import {
  readLogTail,
  startSupervisedProcess,
} from './brokers/supervised-process.ts';
import { waitUntil } from './brokers/wait-until.ts';

interface ComposeService {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
}

export interface ComposedKafka {
  /** Where a program on this machine reaches the broker: what the files call `localhost:9092`. */
  readonly host: string;
  /** Text of the files with the ports, host names and paths of this run. */
  readonly mapped: (text: string) => string;
  readonly tools: KafkaTools;
  /** Runs the health check of the broker until it passes, as `up --wait` does. Throws: not within a minute. */
  readonly waitHealthy: () => Promise<void>;
  /** Runs the container that sets the broker up, to its end. */
  readonly init: () => Promise<ToolResult>;
  readonly close: () => Promise<void>;
}

/** Reads `NAME=value` lines. */
export function readVariables(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.includes('=') && !line.startsWith('#'))
      .map((line): [string, string] => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1)];
      }),
  );
}

/**
 * Starts the broker of `<folder>/compose/compose.yaml` with the variables of `<folder>/compose/.env`, on free ports.
 *
 * Throws: the image's set-up refuses the environment, or the broker ends or does not start within 90 s.
 */
export async function startComposedKafka(
  folder: string,
  version: string,
): Promise<ComposedKafka> {
  const installation = findKafka(version);
  if (installation === null) throw new Error(`Kafka ${version} is missing`);
  const reservation = await reservePorts(4);
  const [inside = 0, host = 0, controller = 0, tool = 0] = reservation.ports;
  const ownFolder = createPrivateFolder('kafka-compose');
  const close = async (): Promise<void> => {
    await ownFolder.close();
    reservation.release();
  };
  try {
    const places: Readonly<Record<string, string>> = {
      'kafka:19092': `localhost:${inside}`,
      ':19092': `:${inside}`,
      ':9092': `:${host}`,
      ':9093': `:${controller}`,
      '/var/lib/kafka/data': join(ownFolder.path, 'data'),
      '/opt/kafka/bin': join(ownFolder.path, 'bin'),
      '/event-arch': folder,
    };
    // In one pass: a folder of this run may hold the name of another place.
    const mapped = (text: string): string =>
      text.replaceAll(
        new RegExp(Object.keys(places).join('|'), 'g'),
        (place) => places[place] ?? place,
      );
    const services = readServices(folder, mapped);
    const { kafka, 'kafka-init': init } = services;
    const tools = await startKafkaTools(ownFolder, installation, {
      port: tool,
      env: { ...kafka.environment, ...init.environment },
    });
    await startBroker(ownFolder, installation, kafka.environment);
    const run = async (
      [file = '', ...args]: readonly string[],
      { environment }: ComposeService,
    ): Promise<ToolResult> => tools.run(file, args, { env: environment });
    return {
      host: `localhost:${host}`,
      mapped,
      tools,
      waitHealthy: async () =>
        waitUntil(
          async () => {
            const [, ...test] = kafka.healthcheck?.test ?? [];
            return (await run(test, kafka)).code === 0;
          },
          { what: 'health of the composed broker', timeoutMs: 60_000 },
        ),
      init: async () => run(init.entrypoint ?? [], init),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function readServices(
  folder: string,
  mapped: (text: string) => string,
): Readonly<Record<'kafka' | 'kafka-init', ComposeService>> {
  const variables = readVariables(
    readFileSync(join(folder, 'compose', '.env'), 'utf8'),
  );
  const text = readFileSync(join(folder, 'compose', 'compose.yaml'), 'utf8');
  // As compose does: `${NAME:?words}` is the variable, or an error with the words.
  const filled = text.replaceAll(
    /\$\{(\w+):\?([^}]*)\}/g,
    (_, name: string, words: string) => {
      const value = variables[name] ?? '';
      if (value === '') throw new Error(`${name}: ${words}`);
      return value;
    },
  );
  // The shape is asserted by use: a service that is not there fails the start.
  return (
    parse(mapped(filled)) as {
      readonly services: Readonly<
        Record<'kafka' | 'kafka-init', ComposeService>
      >;
    }
  ).services;
}

// As /etc/kafka/docker/run of the image: KafkaDockerWrapper, which is part of Kafka, makes server.properties of the
// environment and formats the storage; then the server is started with that file.
async function startBroker(
  folder: PrivateFolder,
  installation: KafkaInstallation,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const env = {
    ...environment,
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: folder.path,
  };
  const [defaults, mounted, final] = ['default', 'mounted', 'final'].map(
    (name) => {
      const path = join(folder.path, name);
      mkdirSync(path);
      return path;
    },
  ) as [string, string, string];
  // What the image has of its own beside the server's properties: how it logs.
  const logging =
    'Configuration: { Loggers: { Root: { level: INFO }, Logger: [] } }\n';
  for (const name of ['log4j2.yaml', 'tools-log4j2.yaml'])
    writeFileSync(join(defaults, name), logging);
  for (const name of ['log4j.properties', 'tools-log4j.properties'])
    writeFileSync(join(defaults, name), '');
  const java = [
    '-Xmx256m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
    '-cp',
    join(installation.brokerJars, '*'),
  ];
  const setUp = [
    'kafka.docker.KafkaDockerWrapper',
    'setup',
    ...['--default-configs-dir', defaults],
    ...['--mounted-configs-dir', mounted],
    ...['--final-configs-dir', final],
  ];
  await promisify(execFile)(installation.java, [...java, ...setUp], { env });
  const logPath = join(folder.path, 'kafka.log');
  const server = await startSupervisedProcess(folder, {
    file: installation.java,
    args: [...java, 'kafka.Kafka', join(final, 'server.properties')],
    env,
    logPath,
    stopSignal: 'TERM',
    guardSignal: 'KILL',
  });
  await waitUntil(
    async () =>
      Promise.resolve(
        readFileSync(logPath, 'utf8').includes('Kafka Server started'),
      ),
    {
      what: 'start of the composed broker',
      timeoutMs: 90_000,
      abort: () =>
        server.hasExited() ? `it ended\n${readLogTail(logPath)}` : null,
    },
  );
}
