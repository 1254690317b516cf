// A server process in a process group of its own, logged to a file and guarded by a private folder.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { PrivateFolder, StopSignal, UnixUser } from './private-folder.ts';
import { descendantsOf, isRunning } from './process-tree.ts';
import { waitUntil } from './wait-until.ts';

/** What to run and how it likes to be stopped. */
export interface ProcessCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logPath: string;
  /** Signal of an orderly stop. */
  readonly stopSignal: StopSignal;
  /** Signal that the guard sends when the owner is gone and the data with it. */
  readonly guardSignal: StopSignal;
  readonly user?: UnixUser;
}

/** A running server process, or one that has ended. */
export interface SupervisedProcess {
  /** Id of the process and of its group. */
  readonly pid: number;
  readonly hasExited: () => boolean;
  /** Asks for an orderly stop and waits for the end; SIGKILL after 30 s. */
  readonly stop: () => Promise<void>;
  /** Sends SIGKILL to the whole group and to every child, also to one in a group of its own, and waits for their end. */
  readonly kill9: () => Promise<void>;
}

const STOP_TIMEOUT_MS = 30_000;
const KILL_TIMEOUT_MS = 10_000;

/** Reads the last lines of a log file, for error messages; empty when there is none. */
export const readLogTail = (path: string, lines = 30): string => {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
};

const signalGroup = (group: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-group, signal);
  } catch {
    // ESRCH: the group has ended between the check and the signal, which is what was wanted.
  }
};

// The kernel takes a moment to end a process, and until then it holds ports, locks and shared memory.
const killAll = async (pids: readonly number[]): Promise<void> => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // ESRCH: it has ended with its parent.
    }
  }
  await waitUntil(async () => Promise.resolve(!pids.some(isRunning)), {
    what: 'end of killed processes',
    timeoutMs: KILL_TIMEOUT_MS,
    intervalMs: 10,
  });
};

/**
 * Starts a process in its own group and session, so that a signal to ours does not reach it.
 *
 * Throws: the file cannot be run.
 */
export const startSupervisedProcess = async (
  folder: PrivateFolder,
  command: ProcessCommand,
): Promise<SupervisedProcess> => {
  const log = openSync(command.logPath, 'a');
  const child = spawn(command.file, [...command.args], {
    cwd: folder.path,
    env: { ...command.env },
    detached: true,
    stdio: ['ignore', log, log],
    ...(command.user === undefined
      ? {}
      : { uid: command.user.uid, gid: command.user.gid }),
  });
  closeSync(log);
  const { pid } = child;
  let exited = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      exited = true;
      if (pid !== undefined) folder.forget(pid);
      resolve();
    });
  });
  if (pid === undefined) {
    const cause = await new Promise((resolve) => {
      child.once('error', resolve);
    });
    throw new Error(`cannot run ${command.file}`, { cause });
  }
  folder.record(pid, command.guardSignal);
  child.unref();
  const kill9 = async (): Promise<void> => {
    // Halted first, so that it makes no more children while they are listed.
    signalGroup(pid, 'SIGSTOP');
    const children = descendantsOf(pid);
    signalGroup(pid, 'SIGKILL');
    child.ref();
    await killAll(children);
    await ended;
  };
  const stop = async (): Promise<void> => {
    if (exited) return;
    child.ref();
    signalGroup(pid, `SIG${command.stopSignal}`);
    const timer = setTimeout(
      () => signalGroup(pid, 'SIGKILL'),
      STOP_TIMEOUT_MS,
    );
    await ended;
    clearTimeout(timer);
    // Children of the group that outlived their leader hold its ports and files.
    signalGroup(pid, 'SIGKILL');
  };
  return { pid, hasExited: () => exited, stop, kill9 };
};
