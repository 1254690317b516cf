import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetPath } from '../../../host/assets.ts';
import { outputFolder } from '../../../host/output-folder.ts';
import { factsOf } from '../../../host/planned-files.ts';
import {
  checkText,
  loadModel,
  modelOf,
  readFixture,
} from '../../../testing/load-model.ts';
import { startPlanning } from './plan-large.ts';
import {
  sharePlanner,
  type PlannerOptions,
  type PlanOrder,
} from './plan-share.ts';
import { planThread, type PlanThread } from './plan-thread.ts';

const order: PlanOrder = {
  model: loadModel('shop'),
  broker: 'kafka',
  findings: [],
  only: null,
};
const share: PlannerOptions = { templates: null, share: 'all' };

/** The thread of the built command line. */
const started = (workerData: PlannerOptions): PlanThread =>
  planThread(new Worker(assetPath('dist/plan-worker.js'), { workerData }));

let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'event-arch-thread-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the plan of a large model', () => {
  it('is the same when another thread plans a share of it', async () => {
    const thread = started(share);
    const planned = await thread.plan(order);
    thread.close();
    const here = factsOf(sharePlanner(share)(order).artifacts);
    expect(here.length).toBeGreaterThan(100);
    expect(planned?.held.files).toEqual(here);
  });

  it('is written the same by the thread that holds it', async () => {
    const thread = started(share);
    const planned = await thread.plan(order);
    const { artifacts } = sharePlanner(share)(order);
    const paths = new Set(artifacts.map(({ path }) => path));
    // Only what is asked for.
    paths.delete('code/package.json');
    const folder = outputFolder(join(work, 'there'));
    const prepared = await planned?.held.prepare(folder, {
      paths,
      newFolders: new Set(['code']),
    });
    expect(folder.hasFolder('code')).toBe(false);
    await prepared?.write();
    thread.close();
    const written = artifacts.map(({ path }) => folder.read(path)?.toString());
    expect(written).toEqual(
      artifacts.map(({ path, bytes }) =>
        paths.has(path) ? Buffer.from(bytes).toString() : undefined,
      ),
    );
    expect(paths.size).toBe(artifacts.length - 1);
    expect(
      statSync(join(work, 'there/broker/kafka/scripts/topics.sh')).mode & 0o100,
    ).not.toBe(0);
  });

  it.each([
    ['a file', []],
    ['a new folder', ['code']],
  ])('tells that %s cannot be written over there', async (_, newFolders) => {
    writeFileSync(join(work, 'file'), '');
    const thread = started(share);
    const planned = await thread.plan(order);
    const folder = outputFolder(join(work, 'file'));
    const toWrite = {
      paths: new Set(['code/package.json']),
      newFolders: new Set(newFolders),
    };
    await expect(
      planned?.held.prepare(folder, toWrite).then((files) => files.write()),
    ).rejects.toThrow(/is a file where a folder is needed/);
    thread.close();
  });

  it('fails when the thread ends before it has written', async () => {
    const thread = started(share);
    const planned = await thread.plan(order);
    thread.close();
    await expect(
      planned?.held.prepare(outputFolder(join(work, 'ended')), {
        paths: new Set(),
        newFolders: new Set(),
      }),
    ).rejects.toThrow('the thread has ended');
  });

  it('holds every target once, with threads and without', async () => {
    const targetsOf = async (bytes: number): Promise<readonly string[]> => {
      const planning = startPlanning({ templates: null, only: null }, bytes);
      const { outcome, shares } = await planning.plan(order);
      planning.close();
      expect(shares).toHaveLength(bytes === 0 ? 1 : 2);
      return outcome.value?.artifacts.map(({ path }) => path) ?? [];
    };
    const alone = await targetsOf(0);
    expect(new Set(alone).size).toBe(alone.length);
    expect(await targetsOf(1_000_000)).toEqual(alone);
  });

  it.each([
    ['code', 1],
    ['document,kafka', 1],
    ['code,kafka', 2],
  ])(
    'takes another thread for %s only where both have work',
    async (names, count) => {
      const only = new Set(names.split(','));
      const planning = startPlanning({ templates: null, only }, 1_000_000);
      const { outcome, shares } = await planning.plan({ ...order, only });
      planning.close();
      expect(shares).toHaveLength(count);
      const made = outcome.value?.artifacts.map(({ origin }) => origin.target);
      expect(new Set(made)).toEqual(only);
    },
  );

  it.each(['shop', 'ftgo', 'streetlights'])(
    'needs no findings of %s in the other thread',
    (spec) => {
      const checked = checkText(readFixture('specs', `${spec}.yaml`));
      const { diagnostics } = checked;
      expect(diagnostics).not.toEqual([]);
      const plan = sharePlanner({ templates: null, share: 'there' });
      const [known, unknown] = [diagnostics, []].map((findings) =>
        factsOf(
          plan({ ...order, model: modelOf(checked), findings }).artifacts,
        ),
      );
      expect(known?.length).toBeGreaterThan(10);
      expect(unknown).toEqual(known);
    },
  );

  it('fails with the message of this thread when templates cannot be read', async () => {
    const wrong = { ...share, templates: '/nowhere' };
    await expect(started(wrong).plan(order)).resolves.toBeNull();
    const planning = startPlanning({ ...wrong, only: null }, 1_000_000);
    await expect(planning.plan(order)).rejects.toThrow('/nowhere');
    planning.close();
  });
});
