import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputFolder } from './output-folder.ts';

let work = '';
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'event-arch-output-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

const temporaries = (): string => join(work, '.event-arch-tmp');
const leave = (name: string): void => {
  mkdirSync(join(temporaries(), name, 'inside'), { recursive: true });
  writeFileSync(join(temporaries(), name, 'inside', 'file'), 'text');
};

describe('cleaning an output folder', () => {
  it('removes what this process and those that have ended left, and nothing of one at work', () => {
    const ended = spawnSync(process.execPath, ['-e', '0']).pid;
    const atWork = `${process.ppid}-0-1`;
    for (const name of [atWork, `${process.pid}-0-1`, `${ended}-0-1`, 'odd'])
      leave(name);
    outputFolder(work).clean();
    expect(readdirSync(temporaries())).toEqual([atWork]);
    expect(existsSync(join(temporaries(), atWork, 'inside', 'file'))).toBe(
      true,
    );
  });

  it('leaves nothing when nobody is at work', () => {
    leave(`${process.pid}-0-1`);
    outputFolder(work).clean();
    expect(readdirSync(work)).toEqual([]);
  });

  it('follows no link that stands in the place of its own folder', () => {
    const outside = mkdtempSync(join(tmpdir(), 'event-arch-outside-'));
    writeFileSync(join(outside, 'precious'), 'text');
    symlinkSync(outside, temporaries());
    outputFolder(work).clean();
    expect(readdirSync(outside)).toEqual(['precious']);
    expect(readdirSync(work)).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  it('writes although a run beside it has taken the empty folder away', () => {
    const folder = outputFolder(work);
    folder.replace('one.txt', 'one', false);
    rmSync(temporaries(), { recursive: true });
    folder.replace('two.txt', 'two', false);
    folder.clean();
    expect(readdirSync(work)).toEqual(['one.txt', 'two.txt']);
  });
});
