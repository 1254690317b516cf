// A RabbitMQ broker for tests: a private node with its own ports and folders, or the one that RABBITMQ_URL names.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Credentials } from './credentials.ts';
import { createPrivateFolder, type PrivateFolder } from './private-folder.ts';
import {
  rabbitmqEnvironment,
  type RabbitmqOptions,
  type RabbitmqPorts,
  writeRabbitmqFiles,
} from './rabbitmq-files.ts';
import {
  findRabbitmq,
  type RabbitmqInstallation,
} from './rabbitmq-installation.ts';
import { reservePorts } from './reserve-ports.ts';
import {
  readLogTail,
  startSupervisedProcess,
  type SupervisedProcess,
} from './supervised-process.ts';
import { waitUntil } from './wait-until.ts';

/** Who connects to which virtual host; the administrator and `/` when absent. */
export interface AmqpLogin {
  readonly username?: string;
  readonly password?: string;
  readonly vhost?: string;
}

/** Answer of the management API; `body` is parsed JSON, or the text when it is none. */
export interface ManagementAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A running RabbitMQ. */
export interface Rabbitmq {
  readonly origin: 'private' | 'given';
  readonly version: string;
  readonly admin: Credentials;
  /** Management API without credentials and path, for example `http://127.0.0.1:15672`. */
  readonly managementUrl: string;
  /** Prometheus endpoint ending in `/metrics`; null for a given broker that does not tell. */
  readonly prometheusUrl: string | null;
  readonly amqpUrl: (login?: AmqpLogin) => string;
  /** Calls the management API as the administrator, or as `as`; `path` begins with `/api/`. */
  readonly management: (
    method: string,
    path: string,
    call?: ManagementCall,
  ) => Promise<ManagementAnswer>;
  /** Id of the server process; null for a given broker. */
  readonly pid: () => number | null;
  /** Stops in order and keeps the data. Throws for a given broker. */
  readonly stop: () => Promise<void>;
  /** Kills by SIGKILL and keeps the data. Throws for a given broker. */
  readonly kill9: () => Promise<void>;
  /** Starts again on the same ports and data; stops first if running. Throws for a given broker. */
  readonly restart: () => Promise<void>;
  /** Runs `rabbitmqctl` against this node and answers its standard output. Throws for a given broker. */
  readonly ctl: (...args: readonly string[]) => Promise<string>;
  /** Stops and deletes everything. */
  readonly close: () => Promise<void>;
}

/** Body of a management call, sent as JSON, and who makes it. */
export interface ManagementCall {
  readonly body?: unknown;
  readonly as?: Credentials;
}

const START_TIMEOUT_MS = 90_000;
const run = promisify(execFile);

const parseBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const managementOf =
  (url: string, admin: Credentials): Rabbitmq['management'] =>
  async (method, path, call = {}) => {
    const { username, password } = call.as ?? admin;
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    return { status: response.status, body: parseBody(await response.text()) };
  };

const amqpUrlOf =
  (host: string, admin: Credentials, vhost: string): Rabbitmq['amqpUrl'] =>
  (login = {}) => {
    const user = encodeURIComponent(login.username ?? admin.username);
    const password = encodeURIComponent(login.password ?? admin.password);
    return `amqp://${user}:${password}@${host}/${encodeURIComponent(login.vhost ?? vhost)}`;
  };

// The AMQP listener opens after plugins and boot definitions, so its first byte means that the node is ready.
const speaksAmqp = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2000, end(false));
    socket.once('error', end(false));
    socket.once('end', end(false));
    socket.once('data', end(true));
    socket.once('connect', () =>
      socket.write(Buffer.from([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1])),
    );
  });

const accepts = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });

const versionOf = async (
  management: Rabbitmq['management'],
): Promise<string> => {
  const { body } = await management('GET', '/api/overview');
  // The API's documented shape; a broker that answers something else fails at the comparison of versions.
  return (
    (body as { readonly rabbitmq_version?: string }).rabbitmq_version ??
    'unknown'
  );
};

const refuse = async (): Promise<never> =>
  Promise.reject(new Error('the broker of RABBITMQ_URL is not ours to stop'));

const startGivenRabbitmq = async (url: URL): Promise<Rabbitmq> => {
  const admin = {
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  const managementUrl = (
    process.env['RABBITMQ_MANAGEMENT_URL'] ?? `http://${url.hostname}:15672`
  ).replace(/\/$/, '');
  const management = managementOf(managementUrl, admin);
  return {
    origin: 'given',
    version: await versionOf(management),
    admin,
    managementUrl,
    prometheusUrl: process.env['RABBITMQ_PROMETHEUS_URL'] ?? null,
    amqpUrl: amqpUrlOf(
      url.host,
      admin,
      decodeURIComponent(url.pathname.slice(1)) || '/',
    ),
    management,
    pid: () => null,
    stop: refuse,
    kill9: refuse,
    restart: refuse,
    ctl: refuse,
    close: async () => Promise.resolve(),
  };
};

interface Node {
  readonly folder: PrivateFolder;
  readonly ports: RabbitmqPorts;
  readonly env: Readonly<Record<string, string>>;
  readonly installation: RabbitmqInstallation;
  readonly isReady: () => Promise<boolean>;
}

const startEpmd = async ({
  folder,
  ports,
  env,
  installation,
}: Node): Promise<SupervisedProcess> => {
  // A private port mapper: the node would start a shared one as a daemon that nobody stops.
  return startSupervisedProcess(folder, {
    file: installation.epmd,
    args: ['-port', String(ports.epmd), '-address', '127.0.0.1'],
    env,
    logPath: join(folder.path, 'epmd.log'),
    stopSignal: 'KILL',
    guardSignal: 'KILL',
  });
};

const startNode = async ({
  folder,
  env,
  installation,
  isReady,
}: Node): Promise<SupervisedProcess> => {
  const logPath = join(folder.path, 'rabbitmq.log');
  const server = await startSupervisedProcess(folder, {
    file: join(installation.scripts, 'rabbitmq-server'),
    args: [],
    env,
    logPath,
    stopSignal: 'TERM',
    guardSignal: 'KILL',
  });
  await waitUntil(isReady, {
    what: 'start of rabbitmq-server',
    timeoutMs: START_TIMEOUT_MS,
    abort: () =>
      server.hasExited() ? `it ended\n${readLogTail(logPath)}` : null,
  });
  return server;
};

// Boot definitions suppress the default user, and a definitions file has no administrator whose password we know.
const ADD_ADMIN = (admin: Credentials): string => `
  U = <<"${admin.username}">>, P = <<"${admin.password}">>, By = <<"harness">>, All = <<".*">>,
  ok = rabbit_auth_backend_internal:add_user(U, P, By),
  ok = rabbit_auth_backend_internal:set_tags(U, [administrator], By),
  [ok = rabbit_auth_backend_internal:set_permissions(U, V, All, All, All, By) || V <- rabbit_vhost:list_names()],
  ok.`;

const startPrivateRabbitmq = async (
  installation: RabbitmqInstallation,
  options: RabbitmqOptions,
): Promise<Rabbitmq> => {
  const reservation = await reservePorts(5);
  const [amqp = 0, management = 0, prometheus = 0, distribution = 0, epmd = 0] =
    reservation.ports;
  const ports: RabbitmqPorts = {
    amqp,
    management,
    prometheus,
    distribution,
    epmd,
  };
  const admin = {
    username: 'harness-admin',
    password: randomBytes(12).toString('hex'),
  };
  const folder = createPrivateFolder('rabbitmq');
  const node: Node = {
    folder,
    ports,
    env: rabbitmqEnvironment(folder.path, ports),
    installation,
    isReady: async () =>
      options.tlsPort === undefined
        ? speaksAmqp(ports.amqp)
        : accepts(options.tlsPort),
  };
  writeRabbitmqFiles(folder.path, { ports, admin, options });
  const close = async (): Promise<void> => {
    await folder.close();
    reservation.release();
  };
  const ctl: Rabbitmq['ctl'] = async (...args) => {
    const { stdout } = await run(
      join(installation.scripts, 'rabbitmqctl'),
      ['--quiet', ...args],
      { env: node.env },
    );
    return stdout;
  };
  const managementUrl = `http://127.0.0.1:${String(management)}`;
  const call = managementOf(managementUrl, admin);
  try {
    await startEpmd(node);
    let server = await startNode(node);
    if (options.definitions !== undefined) await ctl('eval', ADD_ADMIN(admin));
    return {
      origin: 'private',
      version: await versionOf(call),
      admin,
      managementUrl,
      prometheusUrl: `http://127.0.0.1:${String(prometheus)}/metrics`,
      amqpUrl: amqpUrlOf(`127.0.0.1:${String(amqp)}`, admin, '/'),
      management: call,
      pid: () => server.pid,
      stop: async () => server.stop(),
      kill9: async () => server.kill9(),
      restart: async () => {
        await server.stop();
        server = await startNode(node);
      },
      ctl,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/**
 * Starts a private RabbitMQ node on free loopback ports, or uses the broker of RABBITMQ_URL (management API at
 * RABBITMQ_MANAGEMENT_URL). `options` are for the private node; a given broker ignores them.
 *
 * Throws: RabbitMQ is not installed, or does not start within 90 s.
 */
export const startRabbitmq = async (
  options: RabbitmqOptions = {},
): Promise<Rabbitmq> => {
  const given = process.env['RABBITMQ_URL'];
  if (given !== undefined && given !== '')
    return startGivenRabbitmq(new URL(given));
  const installation = findRabbitmq();
  if (installation === null) throw new Error('RabbitMQ is not installed');
  return startPrivateRabbitmq(installation, options);
};
