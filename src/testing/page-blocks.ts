// The blocks of code in a page, run one after another in a folder of their own, as a reader would.
//   ```yaml title=FILE   is written to that file
//   ```diff              is made in the first file, for the next console block alone
//   ```console           holds commands behind "$ ", and below each what it prints
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A block of code: what stands behind the fence, and its lines. */
export interface Block {
  readonly info: string;
  readonly body: string;
}

const fenced = /^```([^\n]*)\n([\s\S]*?)^```$/gm;

/** Lists the blocks of a page. */
export const blocksOf = (page: string): readonly Block[] =>
  [...page.matchAll(fenced)].map(([, info = '', body = '']) => ({
    info,
    body,
  }));

/** Gives the page with what its console blocks print now. `command` is the file that `event-arch` starts. */
export function withOutputs(page: string, command: string): string {
  const reader = startReader(command);
  try {
    return page.replace(
      fenced,
      (_, info: string, body: string) =>
        `\`\`\`${info}\n${reader.read({ info, body })}\`\`\``,
    );
  } finally {
    rmSync(reader.folder, { recursive: true, force: true });
  }
}

interface Reader {
  readonly folder: string;
  readonly read: (block: Block) => string;
}

/** A reader with a folder, a git repository in it, and the command in the path. */
function startReader(command: string): Reader {
  const folder = mkdtempSync(join(tmpdir(), 'event-arch-page-'));
  const bin = join(folder, '.bin');
  mkdirSync(bin);
  symlinkSync(command, join(bin, 'event-arch'));
  const git = (...args: readonly string[]): void => {
    const who = ['-c', 'user.name=Reader', '-c', 'user.email=reader@localhost'];
    execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
  };
  git('init', '-q', '-b', 'main');
  let undo: (() => void) | null = null;
  let first = '';
  const write = (title: string, body: string): string => {
    first = first === '' ? title : first;
    writeFileSync(join(folder, title), body);
    git('add', title);
    git('commit', '-q', '-m', title);
    return body;
  };
  const change = (body: string): string => {
    const path = join(folder, first);
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, changed(before, body));
    undo = () => writeFileSync(path, before);
    return body;
  };
  const console = (body: string): string => {
    const printed = body
      .split('\n')
      .filter((line) => line.startsWith('$ '))
      .map((line) => `${line}\n${printedBy(line.slice(2), folder, bin)}`);
    undo?.();
    undo = null;
    return printed.join('');
  };
  return {
    folder,
    read: ({ info, body }) => {
      const [, title] = /title=(\S+)/.exec(info) ?? [];
      if (title !== undefined) return write(title, body);
      if (info === 'diff') return change(body);
      return info === 'console' ? console(body) : body;
    },
  };
}

/** What a person sees of a command in a terminal. */
function printedBy(command: string, folder: string, bin: string): string {
  const { stdout } = spawnSync('bash', ['-c', `{ ${command}; } 2>&1`], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: [bin, process.env['PATH'] ?? ''].join(delimiter),
      HOME: folder,
    },
  });
  return stdout;
}

/** A text with each line that stands behind "-" put as the line behind "+". Throws when it is not there. */
function changed(text: string, diff: string): string {
  const lines = (mark: string): readonly string[] =>
    diff
      .split('\n')
      .filter((line) => line.startsWith(mark))
      .map((line) => line.slice(1));
  const added = lines('+');
  return lines('-').reduce((before, line, index) => {
    if (!before.includes(`${line}\n`)) throw new Error(`no line "${line}"`);
    return before.replace(`${line}\n`, `${added[index] ?? ''}\n`);
  }, text);
}
