import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, it } from 'vitest';
import { createPrivateFolder } from './private-folder.ts';
import { descendantsOf, isRunning } from './process-tree.ts';
import { reservePorts } from './reserve-ports.ts';
import { startSupervisedProcess } from './supervised-process.ts';
import { sleep, waitUntil } from './wait-until.ts';

const sleeper = (folder: string) => ({
  file: 'sh',
  args: ['-c', 'sleep 300 & sleep 300'],
  env: { PATH: process.env['PATH'] ?? '' },
  logPath: join(folder, 'sleeper.log'),
  stopSignal: 'TERM' as const,
  guardSignal: 'KILL' as const,
});

// Uses the harness as a test file does, tells what it made, and waits to be killed. A program of its own, because
// the end of a process is the subject; bundled, because Node 20 runs no TypeScript.
const OWNER = buildSync({
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
  stdin: {
    resolveDir: import.meta.dirname,
    loader: 'ts',
    contents: `
      import { createPrivateFolder } from './private-folder.ts';
      import { startSupervisedProcess } from './supervised-process.ts';
      const folder = createPrivateFolder('owner');
      const { pid } = await startSupervisedProcess(folder, {
        file: 'sleep', args: ['300'], env: { PATH: process.env.PATH }, logPath: folder.path + '/log',
        stopSignal: 'TERM', guardSignal: 'KILL' });
      console.log(JSON.stringify({ path: folder.path, pid }));
      setInterval(() => {}, 1000);`,
  },
})
  .outputFiles.map(({ text }) => text)
  .join('');

const startOwner = async () => {
  const owner = spawn(process.execPath, ['--input-type=module', '-e', OWNER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => {
    owner.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
  });
  // The shape is that of the program above.
  return {
    owner,
    made: JSON.parse(line) as { readonly path: string; readonly pid: number },
  };
};

it('stops the processes and deletes the folder on close', async () => {
  const folder = createPrivateFolder('close');
  const server = await startSupervisedProcess(folder, sleeper(folder.path));
  expect(isRunning(server.pid)).toBe(true);
  await folder.close();
  expect(isRunning(server.pid)).toBe(false);
  expect(existsSync(folder.path)).toBe(false);
});

it.each(['SIGKILL', 'SIGINT'] as const)(
  'leaves nothing behind an owner that ends by %s',
  async (signal) => {
    const { owner, made } = await startOwner();
    expect(isRunning(made.pid)).toBe(true);
    owner.kill(signal);
    await waitUntil(
      async () =>
        Promise.resolve(!isRunning(made.pid) && !existsSync(made.path)),
      {
        what: 'end of the orphans',
        timeoutMs: 60_000,
      },
    );
  },
);

it('kills the whole group of a server by SIGKILL', async () => {
  const folder = createPrivateFolder('kill9');
  try {
    const server = await startSupervisedProcess(folder, sleeper(folder.path));
    await server.kill9();
    expect(server.hasExited()).toBe(true);
    await sleep(50);
    expect(isRunning(server.pid)).toBe(false);
  } finally {
    await folder.close();
  }
});

it('kills children that left the group of their server, and waits for their end', async () => {
  const folder = createPrivateFolder('kill9');
  try {
    const server = await startSupervisedProcess(folder, {
      ...sleeper(folder.path),
      args: ['-c', 'setsid sleep 300 & sleep 300'],
    });
    await waitUntil(
      async () => Promise.resolve(descendantsOf(server.pid).length === 2),
      { what: 'children', timeoutMs: 60_000 },
    );
    const children = descendantsOf(server.pid);
    await server.kill9();
    expect(children.filter(isRunning)).toEqual([]);
  } finally {
    await folder.close();
  }
});

it('reserves different ports for two callers at once', async () => {
  const reservations = await Promise.all([reservePorts(20), reservePorts(20)]);
  const ports = reservations.flatMap(({ ports }) => ports);
  expect(new Set(ports).size).toBe(40);
  for (const { release } of reservations) release();
});
