// Free TCP ports on the loopback interface, reserved across processes so that test files can run in parallel.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Ports that stay ours until released, also while the server behind them is down. */
export interface PortReservation {
  readonly ports: readonly number[];
  readonly release: () => void;
}

// Below the range from which Linux takes ports of outgoing connections (32768 and up), so that no client of another
// test can sit on a port between a kill and a restart.
const FIRST_PORT = 20_000;
const PORT_COUNT = 12_000;
const ATTEMPTS = 200;

const lockFolder = (): string => {
  const folder = join(tmpdir(), 'event-arch-ports');
  mkdirSync(folder, { recursive: true });
  return folder;
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process lives and is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const lock = (path: string): boolean => {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
};

const lockPort = (port: number): boolean => {
  const path = join(lockFolder(), String(port));
  if (lock(path)) return true;
  const owner = Number(readFileSync(path, 'utf8'));
  if (owner > 0 && isAlive(owner)) return false;
  rmSync(path, { force: true });
  return lock(path);
};

const unlockPort = (port: number): void =>
  rmSync(join(lockFolder(), String(port)), { force: true });

const canListen = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });

/**
 * Reserves `count` free loopback ports.
 *
 * Throws: no free port was found.
 */
export const reservePorts = async (count: number): Promise<PortReservation> => {
  const ports: number[] = [];
  const release = (): void => {
    for (const port of ports) unlockPort(port);
  };
  for (
    let attempt = 0;
    attempt < ATTEMPTS && ports.length < count;
    attempt += 1
  ) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORT_COUNT);
    if (!lockPort(port)) continue;
    if (await canListen(port)) ports.push(port);
    else unlockPort(port);
  }
  if (ports.length === count) return { ports, release };
  release();
  throw new Error(
    `found ${String(ports.length)} of ${String(count)} free ports on 127.0.0.1`,
  );
};
