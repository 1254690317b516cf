// The project of the generated compose.yaml without containers: the node runs with the files that are mounted into its
// container and the image's own, the job that applies definitions with the programs of its image. Only ports, host names and
// paths are mapped; not one setting is added or left out.
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { createPrivateFolder } from './brokers/private-folder.ts';
import { rabbitmqEnvironment } from './brokers/rabbitmq-files.ts';
import { findRabbitmq } from './brokers/rabbitmq-installation.ts';
import { reservePorts } from './brokers/reserve-ports.ts';
import {
  readLogTail,
  startSupervisedProcess,
} from './brokers/supervised-process.ts';
import { waitUntil } from './brokers/wait-until.ts';

interface ComposeService {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly ports?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
}

interface ComposeProject {
  readonly services: Readonly<
    Record<'rabbitmq' | 'definitions', ComposeService>
  >;
}

export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ComposedRabbitmq {
  /** Address on this machine of what the container listens on at a port. Throws: the port is not published. */
  readonly addressOf: (containerPort: number) => string;
  /** Runs the health check of the node until it passes, as `up --wait` does. Throws: not within two minutes. */
  readonly waitHealthy: () => Promise<void>;
  /** Runs the job `definitions` to its end. */
  readonly applyDefinitions: () => Promise<ProgramResult>;
  readonly close: () => Promise<void>;
}

/** What the image has in /etc/rabbitmq/conf.d of its own. */
const imageConf = 'loopback_users.guest = false\nlog.console = true\n';

/**
 * Starts the node of `<folder>/compose.yaml` with the variables of `<folder>/.env`, on free ports.
 *
 * Throws: a variable is not set, RabbitMQ is not installed, or the node ends.
 */
export async function startComposedRabbitmq(
  folder: string,
): Promise<ComposedRabbitmq> {
  const installation = findRabbitmq();
  if (installation === null) throw new Error('RabbitMQ is not installed');
  const { services } = readProject(folder);
  const reservation = await reservePorts(5);
  const [amqp = 0, management = 0, prometheus = 0, distribution = 0, epmd = 0] =
    reservation.ports;
  const ports = new Map([
    [5672, amqp],
    [15_672, management],
    [15_692, prometheus],
  ]);
  const own = createPrivateFolder('rabbitmq-compose');
  const etc = join(own.path, 'etc');
  mkdirSync(join(etc, 'conf.d'), { recursive: true });
  mountFiles(services.rabbitmq, { folder, etc });
  writeFileSync(join(etc, 'conf.d', '10-defaults.conf'), imageConf);
  writeFileSync(
    join(etc, 'conf.d', '99-ports.conf'),
    [
      `listeners.tcp.default = ${amqp}`,
      `management.tcp.port = ${management}`,
      `prometheus.tcp.port = ${prometheus}`,
      '',
    ].join('\n'),
  );
  const env = {
    ...rabbitmqEnvironment(own.path, {
      amqp,
      management,
      prometheus,
      distribution,
      epmd,
    }),
    RABBITMQ_CONFIG_FILES: join(etc, 'conf.d'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(etc, 'enabled_plugins'),
    ...services.rabbitmq.environment,
    // As in the image, where the programs are on the path.
    PATH: [installation.scripts, process.env['PATH'] ?? ''].join(delimiter),
  };
  writeFileSync(join(own.path, 'rabbitmq-env.conf'), '');
  await startSupervisedProcess(own, {
    file: installation.epmd,
    args: ['-port', String(epmd), '-address', '127.0.0.1'],
    env,
    logPath: join(own.path, 'epmd.log'),
    stopSignal: 'KILL',
    guardSignal: 'KILL',
  });
  const logPath = join(own.path, 'rabbitmq.log');
  const server = await startSupervisedProcess(own, {
    file: join(installation.scripts, 'rabbitmq-server'),
    args: [],
    env,
    logPath,
    stopSignal: 'TERM',
    guardSignal: 'KILL',
  });
  return {
    addressOf: (containerPort) => {
      const port = ports.get(containerPort);
      const published = `127.0.0.1:${containerPort}:${containerPort}`;
      if (
        port === undefined ||
        services.rabbitmq.ports?.includes(published) !== true
      )
        throw new Error(`port ${containerPort} is not published`);
      return `127.0.0.1:${port}`;
    },
    waitHealthy: async () =>
      waitUntil(
        async () => {
          const [, test = ''] = services.rabbitmq.healthcheck?.test ?? [];
          const { code } = await run('/bin/sh', ['-c', test], env);
          return code === 0;
        },
        {
          what: 'health of the composed node',
          timeoutMs: 120_000,
          abort: () =>
            server.hasExited() ? `it ended\n${readLogTail(logPath)}` : null,
        },
      ),
    applyDefinitions: async () => {
      const [shell = '', ...args] = services.definitions.entrypoint ?? [];
      const bin = busyboxFolder(join(own.path, 'bin'));
      return run(
        join(bin, shell),
        args.map((arg) => mountedPath(arg, services.definitions, folder)),
        {
          ...services.definitions.environment,
          RABBITMQ_URL: (
            services.definitions.environment['RABBITMQ_URL'] ?? ''
          ).replace('rabbitmq:15672', `127.0.0.1:${management}`),
          PATH: bin,
        },
      );
    },
    close: async () => {
      await own.close();
      reservation.release();
    },
  };
}

function readProject(folder: string): ComposeProject {
  const variables = Object.fromEntries(
    readFileSync(join(folder, '.env'), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, name, quoted, plain] =
          /^(\w+)=(?:'([^']*)'|(.*))$/.exec(line) ?? [];
        return name === undefined ? [] : [[name, quoted ?? plain ?? '']];
      }),
  ) as Readonly<Record<string, string>>;
  const project = parse(
    readFileSync(join(folder, 'compose.yaml'), 'utf8'),
  ) as ComposeProject;
  // As compose does, in values: `${NAME:?words}` is the variable, or an error with the words; `$$` is a dollar sign.
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, filled(inner)]),
      );
    if (typeof value !== 'string') return value;
    return value.replaceAll(
      /\$\$|\$\{(\w+):\?([^}]*)\}/g,
      (found, name: string, words: string) => {
        if (found === '$$') return '$';
        const given = variables[name] ?? '';
        if (given === '') throw new Error(`${name}: ${words}`);
        return given;
      },
    );
  };
  return filled(project) as ComposeProject;
}

function mountFiles(
  { volumes }: ComposeService,
  { folder, etc }: { readonly folder: string; readonly etc: string },
): void {
  for (const volume of volumes) {
    const [from = '', to = ''] = volume.split(':');
    if (!to.startsWith('/etc/rabbitmq/')) continue;
    const target = join(etc, to.slice('/etc/rabbitmq/'.length));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(folder, from), target);
  }
}

function mountedPath(
  path: string,
  { volumes }: ComposeService,
  folder: string,
): string {
  const mount = volumes.find((volume) => volume.split(':')[1] === path);
  return mount === undefined ? path : join(folder, mount.split(':')[0] ?? '');
}

// The image of the job has BusyBox and curl, and nothing else.
function busyboxFolder(folder: string): string {
  const found = (name: string): string | undefined =>
    (process.env['PATH'] ?? '')
      .split(delimiter)
      .map((place) => join(place, name))
      .find((file) => existsSync(file));
  const busybox = found('busybox');
  const curl = found('curl');
  if (busybox === undefined || curl === undefined)
    throw new Error('BusyBox and curl are needed: run .ci/install-brokers');
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  symlinkSync(curl, join(folder, 'curl'));
  for (const applet of applets) symlinkSync(busybox, join(folder, applet));
  return folder;
}

const applets =
  'sh awk cat cut dirname grep head mktemp printf rm sed sleep sort tail tr uniq wc'.split(
    ' ',
  );

async function run(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    execFile(file, [...args], { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? -1);
      resolve({ code: Number.isNaN(code) ? -1 : code, stdout, stderr });
    });
  });
}
