import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Permits, inParallel } from './in-parallel.js';

interface Item {
  readonly name: number;
}

/** Work whose items end when the test says so. */
function openWork(count: number, permits: Permits) {
  const items: readonly Item[] = Array.from({ length: count }, (_, name) => ({
    name,
  }));
  const begun: number[] = [];
  const advanced: number[] = [];
  const ends = new Map<number, { done: () => void; fail: () => void }>();
  let isEnded = false;
  const result = inParallel(items, {
    permits,
    handle: ({ name }) =>
      new Promise<void>((resolve, reject) => {
        begun.push(name);
        ends.set(name, {
          done: resolve,
          fail: () => reject(new Error(`item ${String(name)}`)),
        });
      }),
    isEnded: () => isEnded,
    advanced: ({ name }) => {
      advanced.push(name);
    },
  });
  // A rejection is looked at later.
  result.catch(() => undefined);
  const settled = (): Promise<void> =>
    new Promise((resolve) => setImmediate(resolve));
  return {
    begun,
    advanced,
    result,
    end: () => {
      isEnded = true;
    },
    finish: async (name: number): Promise<void> => {
      ends.get(name)?.done();
      await settled();
    },
    fail: async (name: number): Promise<void> => {
      ends.get(name)?.fail();
      await settled();
    },
    settled,
  };
}

describe('work in parallel', () => {
  it('begins in order, as many as there are permits', async () => {
    const work = openWork(4, new Permits(2));
    await work.settled();
    assert.deepEqual(work.begun, [0, 1]);
    await work.finish(1);
    assert.deepEqual(work.begun, [0, 1, 2]);
    await work.finish(0);
    await work.finish(2);
    await work.finish(3);
    assert.equal(await work.result, 4);
  });

  it('advances to what is done without a gap, and not past it', async () => {
    const work = openWork(4, new Permits(4));
    await work.finish(2);
    await work.finish(1);
    assert.deepEqual(work.advanced, []);
    await work.finish(0);
    assert.deepEqual(work.advanced, [2]);
    await work.finish(3);
    assert.deepEqual(work.advanced, [2, 3]);
  });

  it('begins nothing after a failure, never advances past it, and ends when nothing is in hand', async () => {
    const work = openWork(4, new Permits(2));
    let hasEnded = false;
    work.result.catch(() => {
      hasEnded = true;
    });
    await work.settled();
    await work.fail(0);
    assert.deepEqual(work.begun, [0, 1]);
    assert.equal(hasEnded, false);
    await work.finish(1);
    assert.deepEqual(work.advanced, []);
    await assert.rejects(work.result, /item 0/);
  });

  it('begins nothing once it is ended, and tells how much is done', async () => {
    const work = openWork(4, new Permits(2));
    await work.settled();
    work.end();
    await work.finish(0);
    await work.finish(1);
    assert.deepEqual(work.begun, [0, 1]);
    assert.equal(await work.result, 2);
  });

  it('shares permits, and gives back what it took', async () => {
    const permits = new Permits(2);
    const first = openWork(2, permits);
    const second = openWork(2, permits);
    await first.settled();
    assert.deepEqual([first.begun, second.begun], [[0, 1], []]);
    await first.finish(0);
    assert.deepEqual(second.begun, [0]);
    await first.finish(1);
    await second.finish(0);
    await second.finish(1);
    assert.deepEqual([await first.result, await second.result], [2, 2]);
    assert.equal(permits.takeNow() && permits.takeNow(), true);
    assert.equal(permits.takeNow(), false);
  });

  it('has nothing to wait for without items', async () => {
    assert.equal(await openWork(0, new Permits(1)).result, 0);
  });
});
