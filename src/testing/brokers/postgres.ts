// A PostgreSQL server for tests: a private cluster with its own port and folder, or the one that DATABASE_URL names.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import {
  createPrivateFolder,
  type PrivateFolder,
  type UnixUser,
} from './private-folder.ts';
import { reservePorts } from './reserve-ports.ts';
import {
  readLogTail,
  startSupervisedProcess,
  type SupervisedProcess,
} from './supervised-process.ts';
import { waitUntil } from './wait-until.ts';

/** A running PostgreSQL. */
export interface Postgres {
  readonly origin: 'private' | 'given';
  /** Connection address with the superuser's credentials; another database than the default by its name. */
  readonly url: (database?: string) => string;
  /** Id of the server process; null for a given server. */
  readonly pid: () => number | null;
  /** Stops in order and keeps the data. Throws for a given server. */
  readonly stop: () => Promise<void>;
  /** Kills by SIGKILL and keeps the data. Throws for a given server. */
  readonly kill9: () => Promise<void>;
  /** Starts again on the same port and data; stops first if running. Throws for a given server. */
  readonly restart: () => Promise<void>;
  /** Stops and deletes everything. */
  readonly close: () => Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const DEBIAN_ROOT = '/usr/lib/postgresql';
const run = promisify(execFile);

/** Finds the newest folder that holds `initdb` and `postgres`, or null when PostgreSQL is not installed. */
export const findPostgresBinaries = (): string | null => {
  const versions = existsSync(DEBIAN_ROOT)
    ? readdirSync(DEBIAN_ROOT).map(Number).filter(Number.isFinite)
    : [];
  const folders = [
    ...versions
      .sort((a, b) => b - a)
      .map((version) => join(DEBIAN_ROOT, String(version), 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return (
    folders.find(
      (folder) =>
        existsSync(join(folder, 'initdb')) &&
        existsSync(join(folder, 'postgres')),
    ) ?? null
  );
};

const refuse = async (): Promise<never> =>
  Promise.reject(new Error('the server of DATABASE_URL is not ours to stop'));

const startGivenPostgres = (given: string): Postgres => {
  return {
    origin: 'given',
    url: (database) => {
      const url = new URL(given);
      if (database !== undefined)
        url.pathname = `/${encodeURIComponent(database)}`;
      return url.href;
    },
    pid: () => null,
    stop: refuse,
    kill9: refuse,
    restart: refuse,
    close: async () => Promise.resolve(),
  };
};

// The server refuses to run as root; Debian's package brings the user `postgres`.
const findServerUser = async (): Promise<UnixUser | null> => {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => run('id', [flag, 'postgres'])),
  );
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
};

interface Cluster {
  readonly binaries: string;
  readonly folder: PrivateFolder;
  readonly user: UnixUser | null;
  readonly port: number;
  readonly password: string;
}

const ENV = (folder: string): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  HOME: folder,
  LC_ALL: 'C.UTF-8',
});

const initialiseCluster = async ({
  binaries,
  folder,
  user,
  password,
}: Cluster): Promise<void> => {
  const passwordFile = join(folder.path, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user !== null) chownSync(passwordFile, user.uid, user.gid);
  const data = join(folder.path, 'data');
  await run(
    join(binaries, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--no-sync',
    ],
    { cwd: folder.path, env: { ...ENV(folder.path) }, ...user },
  );
};

// One answer byte to an SSLRequest packet: the postmaster is up; during recovery logins are refused, so ask for one too.
const acceptsLogins = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const startup = Buffer.from('user\0postgres\0database\0postgres\0\0');
    const header = Buffer.alloc(8);
    header.writeInt32BE(header.length + startup.length, 0);
    header.writeInt32BE(0x00_03_00_00, 4);
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2000, () => end(false));
    socket.once('error', () => end(false));
    socket.once('end', () => end(false));
    // 'R' asks for the password; 'E' is the refusal of a server that is still starting.
    socket.once('data', (data) => end(data[0] === 0x52));
    socket.once('connect', () =>
      socket.write(Buffer.concat([header, startup])),
    );
  });

const startServer = async ({
  binaries,
  folder,
  user,
  port,
}: Cluster): Promise<SupervisedProcess> => {
  const logPath = join(folder.path, 'postgres.log');
  const server = await startSupervisedProcess(folder, {
    file: join(binaries, 'postgres'),
    args: [
      '-D',
      join(folder.path, 'data'),
      '-p',
      String(port),
      '-h',
      '127.0.0.1',
      '-k',
      folder.path,
    ],
    env: ENV(folder.path),
    logPath,
    // SIGINT is PostgreSQL's fast shutdown: clients are cut off, data is written, shared memory is returned.
    stopSignal: 'INT',
    guardSignal: 'INT',
    ...(user === null ? {} : { user }),
  });
  await waitUntil(async () => acceptsLogins(port), {
    what: 'start of postgres',
    timeoutMs: START_TIMEOUT_MS,
    abort: () =>
      server.hasExited() ? `it ended\n${readLogTail(logPath)}` : null,
  });
  return server;
};

const startPrivatePostgres = async (binaries: string): Promise<Postgres> => {
  const reservation = await reservePorts(1);
  const [port = 0] = reservation.ports;
  const user = await findServerUser();
  const folder = createPrivateFolder('postgres', user ?? undefined);
  const cluster: Cluster = {
    binaries,
    folder,
    user,
    port,
    password: randomBytes(12).toString('hex'),
  };
  const close = async (): Promise<void> => {
    await folder.close();
    reservation.release();
  };
  try {
    await initialiseCluster(cluster);
    let server = await startServer(cluster);
    return {
      origin: 'private',
      url: (database = 'postgres') =>
        `postgresql://postgres:${cluster.password}@127.0.0.1:${String(port)}/${encodeURIComponent(database)}`,
      pid: () => server.pid,
      stop: async () => server.stop(),
      kill9: async () => server.kill9(),
      restart: async () => {
        await server.stop();
        server = await startServer(cluster);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/**
 * Starts a private PostgreSQL cluster on a free loopback port, or uses the server of DATABASE_URL.
 *
 * Throws: PostgreSQL is not installed, or does not start within 60 s.
 */
export const startPostgres = async (): Promise<Postgres> => {
  const given = process.env['DATABASE_URL'] ?? '';
  if (given !== '') return startGivenPostgres(given);
  const binaries = findPostgresBinaries();
  if (binaries === null) throw new Error('PostgreSQL is not installed');
  return startPrivatePostgres(binaries);
};
