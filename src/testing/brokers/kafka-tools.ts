// Kafka's command-line tools under the names of the stock scripts, fast enough for scripts that call them often.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { KAFKA_SCRIPTS, type KafkaInstallation } from './kafka-files.ts';
import type { PrivateFolder } from './private-folder.ts';
import { readLogTail, startSupervisedProcess } from './supervised-process.ts';
import { waitUntil } from './wait-until.ts';

/** How a command ended. */
export interface ToolResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The stock scripts by name. */
export interface KafkaTools {
  /** Folder of the scripts, to be put on the PATH. */
  readonly bin: string;
  /** Runs a program, for example `kafka-topics.sh` or a generated script, with `bin` first on the PATH. */
  readonly run: (
    file: string,
    args: readonly string[],
    options?: RunOptions,
  ) => Promise<ToolResult>;
}

/** Where and with what a program runs. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; empty when absent. */
  readonly input?: string;
}

const MAIN_CLASSES: Readonly<Record<string, string>> = {
  'kafka-acls.sh': 'org.apache.kafka.tools.AclCommand',
  'kafka-broker-api-versions.sh':
    'org.apache.kafka.tools.BrokerApiVersionsCommand',
  'kafka-configs.sh': 'kafka.admin.ConfigCommand',
  'kafka-console-consumer.sh':
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'kafka-console-producer.sh': 'org.apache.kafka.tools.ConsoleProducer',
  'kafka-consumer-groups.sh':
    'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  'kafka-features.sh': 'org.apache.kafka.tools.FeatureCommand',
  'kafka-get-offsets.sh': 'org.apache.kafka.tools.GetOffsetShell',
  'kafka-topics.sh': 'org.apache.kafka.tools.TopicCommand',
};

const JVM = [
  '-Xmx128m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
];
const START_TIMEOUT_MS = 60_000;

interface Endpoint {
  readonly port: number;
  readonly secret: string;
  /** What the tools find in their environment, as clients' files may name variables. */
  readonly env: Readonly<Record<string, string>>;
}

const shellQuote = (text: string): string =>
  `'${text.replaceAll("'", `'\\''`)}'`;

// A tool that streams or reads standard input gets a JVM of its own, as does everything under KAFKA_TOOLS_COLD=1.
// The server has a working folder of its own, so file names become absolute on the way.
const shim = (
  name: string,
  mainClass: string,
  setup: { readonly java: readonly string[]; readonly endpoint: Endpoint },
): string =>
  `#!/usr/bin/env bash
# ${name} of Apache Kafka: asks the warm JVM of the test harness, or starts one.
set -u
if [[ -n "\${KAFKA_TOOLS_COLD:-}" || ${shellQuote(name)} == kafka-console-* ]]; then
  exec ${setup.java.map(shellQuote).join(' ')} ${mainClass} "$@"
fi
args=()
file=
for arg in "$@"; do
  if [[ -n $file && $arg != /* ]]; then arg=$PWD/$arg; fi
  file=
  case $arg in
    --command-config|--add-config-file|--from-file) file=1 ;;
    --command-config=[!/]*|--add-config-file=[!/]*|--from-file=[!/]*) arg=\${arg%%=*}=$PWD/\${arg#*=} ;;
  esac
  args+=("$arg")
done
exec 3<>/dev/tcp/127.0.0.1/${String(setup.endpoint.port)} || exit 1
printf '%s\\0' ${setup.endpoint.secret} ${mainClass} "\${#args[@]}" "\${args[@]}" >&3
read -r code length <&3 || { echo "${name}: the tool server ended" >&2; exit 1; }
head -c "$length" <&3
cat <&3 >&2
exit "$code"
`;

const canConnect = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });

const runProgram = async (
  bin: string,
  command: readonly [string, ...string[]],
  options: RunOptions,
): Promise<ToolResult> =>
  new Promise((resolve, reject) => {
    const [file, ...args] = command;
    const env = { ...process.env, ...options.env };
    const child = spawn(file, args, {
      env: { ...env, PATH: `${bin}${delimiter}${env['PATH'] ?? ''}` },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      });
    });
    // A program that does not read its input closes the pipe, which is no failure.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });

const startServer = async (
  folder: PrivateFolder,
  installation: KafkaInstallation,
  endpoint: Endpoint,
): Promise<void> => {
  const logPath = join(folder.path, 'tools.log');
  const server = await startSupervisedProcess(folder, {
    file: installation.java,
    args: [
      ...JVM,
      '-cp',
      join(installation.toolJars, '*'),
      join(KAFKA_SCRIPTS, 'ToolServer.java'),
      String(endpoint.port),
    ],
    env: {
      ...endpoint.env,
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: folder.path,
      KAFKA_TOOLS_SECRET: endpoint.secret,
    },
    logPath,
    stopSignal: 'KILL',
    guardSignal: 'KILL',
  });
  await waitUntil(async () => canConnect(endpoint.port), {
    what: "start of Kafka's tool server",
    timeoutMs: START_TIMEOUT_MS,
    abort: () =>
      server.hasExited() ? `it ended\n${readLogTail(logPath)}` : null,
  });
};

/**
 * Puts the stock scripts into the private folder and starts the JVM behind them.
 *
 * Throws: the JVM does not start within 60 s.
 *
 * @param port reserved port for the JVM
 * @param env variables that the tools of the warm JVM find in their environment
 */
export const startKafkaTools = async (
  folder: PrivateFolder,
  installation: KafkaInstallation,
  {
    port,
    env = {},
  }: { readonly port: number; readonly env?: Readonly<Record<string, string>> },
): Promise<KafkaTools> => {
  const endpoint = { port, env, secret: randomBytes(12).toString('hex') };
  const bin = join(folder.path, 'bin');
  mkdirSync(bin, { recursive: true });
  const java = [
    installation.java,
    ...JVM,
    '-cp',
    join(installation.toolJars, '*'),
  ];
  for (const [name, mainClass] of Object.entries(MAIN_CLASSES)) {
    writeFileSync(join(bin, name), shim(name, mainClass, { java, endpoint }));
    chmodSync(join(bin, name), 0o755);
  }
  await startServer(folder, installation, endpoint);
  return {
    bin,
    run: async (file, args, options = {}) =>
      runProgram(bin, [file, ...args], options),
  };
};
