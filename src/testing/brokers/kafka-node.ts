// One process of Kafka in a private folder: its storage formatted, started and awaited. What it is, its properties say.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Credentials } from './credentials.ts';
import type { KafkaInstallation, KafkaOptions } from './kafka-files.ts';
import type { PrivateFolder } from './private-folder.ts';
import {
  readLogTail,
  startSupervisedProcess,
  type SupervisedProcess,
} from './supervised-process.ts';
import { waitUntil } from './wait-until.ts';

const START_TIMEOUT_MS = 90_000;
const STARTED = 'Kafka Server started';
const run = promisify(execFile);

const jvmArguments = (
  installation: KafkaInstallation,
  options: KafkaOptions,
): readonly string[] => [
  `-Xmx${String(options.heapMiB ?? 256)}m`,
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  // The one line that tells that the broker is ready.
  '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
  '-cp',
  join(installation.brokerJars, '*'),
];

/** What a node is started from; its folder holds `server.properties`. */
export interface KafkaNode {
  readonly installation: KafkaInstallation;
  readonly options: KafkaOptions;
  readonly folder: PrivateFolder;
  readonly admin: Credentials;
  /** The same for all nodes of a cluster. */
  readonly clusterId: string;
}

const environment = (folder: string): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LANG: 'C.UTF-8',
  HOME: folder,
});

/** Formats the storage; where the node is a controller, the administrator is known from the first record on. */
export const formatKafkaStorage = async ({
  installation,
  options,
  folder,
  admin,
  clusterId,
}: KafkaNode): Promise<void> => {
  const scram = `SCRAM-SHA-512=[name=${admin.username},password=${admin.password}]`;
  await run(
    installation.java,
    [
      ...jvmArguments(installation, options),
      'kafka.tools.StorageTool',
      'format',
      // In one word, as an id may begin with a hyphen.
      `--cluster-id=${clusterId}`,
      '-c',
      join(folder.path, 'server.properties'),
      '--add-scram',
      scram,
    ],
    { cwd: folder.path, env: { ...environment(folder.path) } },
  );
};

/**
 * Starts a node and waits until it serves.
 *
 * Throws: it ends, or does not serve within 90 s.
 */
export const startKafkaNode = async ({
  installation,
  options,
  folder,
}: KafkaNode): Promise<SupervisedProcess> => {
  const logPath = join(folder.path, 'kafka.log');
  // Each start has a log of its own, so that the line of an earlier one does not count.
  writeFileSync(logPath, '');
  const server = await startSupervisedProcess(folder, {
    file: installation.java,
    args: [
      ...jvmArguments(installation, options),
      'kafka.Kafka',
      join(folder.path, 'server.properties'),
    ],
    env: environment(folder.path),
    logPath,
    stopSignal: 'TERM',
    guardSignal: 'KILL',
  });
  await waitUntil(
    async () =>
      Promise.resolve(readFileSync(logPath, 'utf8').includes(STARTED)),
    {
      what: 'start of Kafka',
      timeoutMs: START_TIMEOUT_MS,
      abort: () =>
        server.hasExited() ? `it ended\n${readLogTail(logPath)}` : null,
    },
  );
  return server;
};
