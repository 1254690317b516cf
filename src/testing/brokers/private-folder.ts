// A temporary folder with a guard process that outlives its owner: when the owner ends, however it ends
// (also by SIGKILL), the guard stops every process recorded in the folder and deletes the folder.
import { spawn } from 'node:child_process';
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Signal that asks a process to stop at once without harm to other processes of the machine. */
export type StopSignal = 'INT' | 'KILL' | 'TERM';

/** A user other than our own, for servers that refuse to run as root. */
export interface UnixUser {
  readonly uid: number;
  readonly gid: number;
}

/** A folder and the processes that live and die with it. */
export interface PrivateFolder {
  readonly path: string;
  /** Puts a process group under the guard, to be stopped by `signal` when the owner ends. */
  readonly record: (group: number, signal: StopSignal) => void;
  /** Takes a process group, already ended, from the guard. */
  readonly forget: (group: number) => void;
  /** Stops what is recorded, deletes the folder and ends the guard. */
  readonly close: () => Promise<void>;
}

// The guard reads a pipe that the owner holds open: the kernel closes it when the owner dies, which no exit handler
// can promise. Groups get their own signal, five seconds, then SIGKILL.
const GUARD = `
cat >/dev/null
alive() { for f in "$1"/*; do [ -e "$f" ] && kill -0 -- "-$(basename "$f")" 2>/dev/null && return 0; done; return 1; }
for f in "$1"/*; do [ -e "$f" ] && kill -s "$(cat "$f")" -- "-$(basename "$f")" 2>/dev/null; done
n=0; while alive "$1" && [ $n -lt 50 ]; do sleep 0.1; n=$((n+1)); done
for f in "$1"/*; do [ -e "$f" ] && kill -s KILL -- "-$(basename "$f")" 2>/dev/null; done
n=0; while alive "$1" && [ $n -lt 20 ]; do sleep 0.05; n=$((n+1)); done
rm -rf "$1" "$2" || { sleep 0.5; rm -rf "$1" "$2"; }
`;

/**
 * Creates a folder in the system's temporary folder and starts its guard.
 *
 * @param name short name that shows in the folder's name
 * @param user owner of the folder; our own user when absent
 */
export const createPrivateFolder = (
  name: string,
  user?: UnixUser,
): PrivateFolder => {
  const path = mkdtempSync(join(tmpdir(), `event-arch-${name}-`));
  const groups = `${path}.groups`;
  mkdirSync(groups, { mode: 0o700 });
  if (user !== undefined) chownSync(path, user.uid, user.gid);
  const guard = spawn('sh', ['-c', GUARD, 'guard', groups, path], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => {
    guard.once('exit', () => resolve());
  });
  guard.unref();
  // The pipe must not keep the owner's event loop alive; `unref` is there at run time, not in the type of a Writable.
  (guard.stdin as unknown as { readonly unref?: () => void }).unref?.();
  return {
    path,
    record: (group, signal) =>
      writeFileSync(join(groups, String(group)), signal),
    forget: (group) => rmSync(join(groups, String(group)), { force: true }),
    close: async () => {
      guard.ref();
      guard.stdin.end();
      await ended;
    },
  };
};
