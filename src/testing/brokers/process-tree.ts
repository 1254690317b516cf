// Who descends from a process, read from Linux's /proc: PostgreSQL puts each of its children into a group of its own, so
// that a signal to the group of their parent does not reach them.
import { readdirSync, readFileSync } from 'node:fs';

interface ProcessState {
  readonly pid: number;
  readonly parent: number;
  readonly isZombie: boolean;
}

// The second field is the program's name in parentheses and may itself hold spaces and parentheses.
const readState = (pid: number): ProcessState | null => {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const [state = '', parent = ''] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ');
    return { pid, parent: Number(parent), isZombie: state === 'Z' };
  } catch {
    return null;
  }
};

const listPids = (): readonly number[] => {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    // No /proc on this system: only the process's own group is known.
    return [];
  }
};

/** Lists the processes that descend from `pid`, nearest first; empty where the system has no /proc. */
export const descendantsOf = (pid: number): readonly number[] => {
  const states = listPids().flatMap((one) => readState(one) ?? []);
  const found: number[] = [];
  for (let parents: readonly number[] = [pid]; parents.length > 0;) {
    const children = states
      .filter(({ parent }) => parents.includes(parent))
      .map((state) => state.pid);
    found.push(...children);
    parents = children;
  }
  return found;
};

/** Tells whether a process runs; one that has ended and only waits for its parent does not. */
export const isRunning = (pid: number): boolean => {
  const state = readState(pid);
  return state !== null && !state.isZombie;
};
