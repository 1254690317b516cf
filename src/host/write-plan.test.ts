import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { artifactPath } from '../core/artifact.ts';
import { HostError } from '../core/host.ts';
import { outputFolder, type OutputFolder } from './output-folder.ts';
import { holdFile, plannedHere, type PlannedFiles } from './planned-files.ts';
import { comparePlan, writePlan, type WriteOptions } from './write-plan.ts';

let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'event-arch-write-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const options: WriteOptions = {
  ...{ toolVersion: '1.0.0', specHash: '', only: null, isForced: false },
};
const share = plannedHere([
  holdFile({
    path: artifactPath('events/a.json'),
    content: '{}',
    policy: 'overwrite',
    isExecutable: false,
    origin: { target: 'event-schemas', pointers: [''] },
  }),
]);

const write = (
  folder: OutputFolder,
  shares: readonly PlannedFiles[],
): Promise<void> =>
  writePlan(folder, shares, {
    ...comparePlan(folder, share.files, options),
    options,
  });

describe('the writing of a plan', () => {
  it('leaves nothing half-filled when the manifest cannot be written', async () => {
    const folder = outputFolder(join(work, 'full'));
    const full: OutputFolder = {
      ...folder,
      replace: () => {
        throw new HostError('no space left');
      },
    };
    await expect(write(full, [share])).rejects.toThrow('no space left');
    expect(existsSync(join(work, 'full/.event-arch-tmp'))).toBe(false);
    expect(existsSync(join(work, 'full/events'))).toBe(false);
    await write(folder, [share]);
    expect(existsSync(join(work, 'full/events/a.json'))).toBe(true);
  });

  it('waits for whoever is still at work when another fails', async () => {
    const folder = outputFolder(join(work, 'late'));
    let isDone = false;
    const late: PlannedFiles = {
      files: [],
      prepare: () =>
        new Promise((resolve) => {
          setTimeout(() => {
            isDone = true;
            resolve({ write: async () => {} });
          }, 50);
        }),
    };
    const failing: PlannedFiles = {
      ...share,
      prepare: () => Promise.reject(new HostError('the thread has ended')),
    };
    await expect(write(folder, [late, failing])).rejects.toThrow(
      'the thread has ended',
    );
    expect(isDone).toBe(true);
  });
});
