// The services of the run: a process for each copy, killed without warning and started again.
import { join } from 'node:path';
import type { PrivateFolder } from '../brokers/private-folder.ts';
import { reservePorts } from '../brokers/reserve-ports.ts';
import {
  readLogTail,
  startSupervisedProcess,
  type SupervisedProcess,
} from '../brokers/supervised-process.ts';
import { sleep, waitUntil } from '../brokers/wait-until.ts';
import type { ServiceLogin } from './chaos-broker.ts';

/** How many copies of each service run. */
export type Copies = Readonly<Record<string, number>>;

/** What the processes are started with. */
export interface FleetSetup {
  readonly folder: PrivateFolder;
  readonly copies: Copies;
  readonly broker: string;
  readonly loginOf: (service: string) => ServiceLogin;
  readonly databaseUrl: string;
}

/** One copy of a service. */
export interface Member {
  readonly service: string;
  readonly name: string;
  readonly port: number;
  readonly logPath: string;
}

/** The running services. */
export interface Fleet {
  readonly members: readonly Member[];
  /** Addresses of the copies of a service; some may be down. */
  readonly urlsOf: (service: string) => readonly string[];
  /** Kills one copy by SIGKILL and starts it again after a pause. */
  readonly kill: (member: Member, pauseMs: number) => Promise<void>;
  /** Waits until every copy says that it is ready. */
  readonly ready: () => Promise<void>;
  /** Copies that ended by themselves. */
  readonly crashes: () => number;
  readonly stop: () => Promise<void>;
}

const readyTimeoutMs = 180_000;
/** Eleven copies with a database share the server's hundred connections. */
const connections = '6';

/** Starts every copy. */
export async function startFleet(setup: FleetSetup): Promise<Fleet> {
  const names = Object.entries(setup.copies).flatMap(([service, count]) =>
    Array.from({ length: count }, (_, at) => ({
      service,
      name: `${service}-${String(at)}`,
    })),
  );
  const { ports, release } = await reservePorts(names.length);
  const members = names.map((named, at): Member => ({
    ...named,
    port: ports[at] ?? 0,
    logPath: join(setup.folder.path, `${named.name}.log`),
  }));
  const running = new Map<string, SupervisedProcess>();
  const killed = new Set<SupervisedProcess>();
  let crashes = 0;
  let isStopping = false;
  const start = async (member: Member): Promise<void> => {
    if (!isStopping) running.set(member.name, await startMember(setup, member));
  };
  // A copy that ends by itself is started again, as any supervisor would, and counted.
  const watch = setInterval(() => {
    for (const member of members) {
      const process = running.get(member.name);
      if (process?.hasExited() !== true || killed.has(process)) continue;
      killed.add(process);
      crashes += 1;
      void start(member);
    }
  }, 500);
  for (const member of members) await start(member);
  const urlsOf: Fleet['urlsOf'] = (service) =>
    members
      .filter((member) => member.service === service)
      .map(({ port }) => `http://127.0.0.1:${String(port)}`);
  return {
    members,
    urlsOf,
    crashes: () => crashes,
    kill: async (member, pauseMs) => {
      const process = running.get(member.name);
      if (process === undefined) return;
      killed.add(process);
      await process.kill9();
      await sleep(pauseMs);
      await start(member);
    },
    ready: async () => {
      for (const member of members) await becomesReady(member);
    },
    stop: async () => {
      isStopping = true;
      clearInterval(watch);
      for (const process of running.values()) killed.add(process);
      await Promise.all([...running.values()].map((one) => one.kill9()));
      release();
    },
  };
}

async function startMember(
  setup: FleetSetup,
  member: Member,
): Promise<SupervisedProcess> {
  const login = setup.loginOf(member.service);
  return startSupervisedProcess(setup.folder, {
    file: process.execPath,
    args: [
      join(setup.folder.path, 'dist', 'main.js'),
      '--service',
      member.service,
    ],
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: String(member.port),
      BROKER: setup.broker,
      BROKER_URL: login.url,
      DATABASE_URL: setup.databaseUrl,
      EFFECTS_URL: setup.databaseUrl,
      DATABASE_CONNECTIONS: connections,
      ...login.environment,
    },
    logPath: member.logPath,
    stopSignal: 'KILL',
    guardSignal: 'KILL',
  });
}

async function becomesReady(member: Member): Promise<void> {
  const url = `http://127.0.0.1:${String(member.port)}/health/ready`;
  try {
    await waitUntil(async () => (await fetch(url)).status === 200, {
      what: `start of ${member.name}`,
      timeoutMs: readyTimeoutMs,
      intervalMs: 200,
    });
  } catch (error) {
    throw new Error(readLogTail(member.logPath), { cause: error });
  }
}
