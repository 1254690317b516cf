import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetPath } from '../../host/assets.ts';
import { outputFolder } from '../../host/output-folder.ts';
import { factsOf } from '../../host/planned-files.ts';
import { loadModel } from '../../testing/load-model.ts';
import { planFiles, planShareOf, type ShareOrder } from './plan-large.ts';
import { planThread, type PlanThread } from './plan-thread.ts';

const order = (templates: string | null): ShareOrder => ({
  model: loadModel('shop'),
  broker: 'kafka',
  findings: [],
  templates,
  only: null,
  isApart: true,
});

/** The thread of the built command line. */
const started = (workerData: ShareOrder): PlanThread =>
  planThread(new Worker(assetPath('dist/plan-worker.js'), { workerData }));

let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'event-arch-thread-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the plan of a large model', () => {
  it('is the same when another thread plans a share of it', async () => {
    const thread = started(order(null));
    const share = await thread.planned();
    thread.close();
    const here = factsOf(planShareOf(order(null)).artifacts);
    expect(here.length).toBeGreaterThan(100);
    expect(share?.held.files).toEqual(here);
  });

  it('is written the same by the thread that holds it', async () => {
    const thread = started(order(null));
    const share = await thread.planned();
    const { artifacts } = planShareOf(order(null));
    const paths = new Set(artifacts.map(({ path }) => path));
    // Only what is asked for.
    paths.delete('code/package.json');
    const folder = outputFolder(join(work, 'there'));
    await share?.held.write(folder, { paths, newFolders: new Set() });
    thread.close();
    const written = artifacts.map(({ path }) => folder.read(path)?.toString());
    expect(written).toEqual(
      artifacts.map(({ path, bytes }) =>
        paths.has(path) ? Buffer.from(bytes).toString() : undefined,
      ),
    );
    expect(paths.size).toBe(artifacts.length - 1);
  });

  it('tells that a file cannot be written over there', async () => {
    writeFileSync(join(work, 'file'), '');
    const thread = started(order(null));
    const share = await thread.planned();
    const folder = outputFolder(join(work, 'file'));
    await expect(
      share?.held.write(folder, {
        paths: new Set(['code/package.json']),
        newFolders: new Set(),
      }),
    ).rejects.toThrow(/is a file where a folder is needed/);
    thread.close();
  });

  it('fails when the thread ends before it has written', async () => {
    const thread = started(order(null));
    const share = await thread.planned();
    thread.close();
    await expect(
      share?.held.write(outputFolder(join(work, 'ended')), {
        paths: new Set(),
        newFolders: new Set(),
      }),
    ).rejects.toThrow('the thread has ended');
  });

  it('holds both shares', async () => {
    const { outcome, close } = await planFiles(order(null));
    const targets = new Set(
      outcome.value?.artifacts.map(({ origin }) => origin.target),
    );
    close();
    expect(targets).toContain('code');
    expect(targets).toContain('document');
  });

  it('fails with the message of this thread when templates cannot be read', async () => {
    await expect(started(order('/nowhere')).planned()).resolves.toBeNull();
    await expect(planFiles(order('/nowhere'))).rejects.toThrow('/nowhere');
  });
});
