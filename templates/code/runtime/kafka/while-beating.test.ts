import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pause, until } from '../testing/wait.js';
import { whileBeating } from './while-beating.js';

describe('work with heartbeats', () => {
  it('sends them however long it takes, and none after it', async () => {
    let beats = 0;
    const beat = (): Promise<void> => {
      beats += 1;
      return Promise.resolve();
    };
    const result = await whileBeating(
      beat,
      async ({ isLost }) => {
        await until('it beats', () => beats >= 4);
        return isLost();
      },
      { askEveryMs: 5, stuckAfterMs: 60_000 },
    );
    assert.equal(result, false);
    const before = beats;
    await pause(30);
    assert.equal(beats, before);
  });

  it('sends none while it gets no further, and again when it does', async () => {
    let beats = 0;
    const beat = (): Promise<void> => {
      beats += 1;
      return Promise.resolve();
    };
    await whileBeating(
      beat,
      async ({ advanced }) => {
        await pause(150);
        const stuck = beats;
        await pause(50);
        assert.equal(beats, stuck);
        advanced();
        await until('it beats again', () => beats > stuck);
      },
      { askEveryMs: 5, stuckAfterMs: 40 },
    );
  });

  it('is told that its place is lost, and fails of it when it has ended', async () => {
    let beats = 0;
    let hasEnded = false;
    const working = whileBeating(
      () => {
        beats += 1;
        return beats === 3
          ? Promise.reject(new Error('rebalancing'))
          : Promise.resolve();
      },
      async ({ isLost }) => {
        await until('the loss is told', isLost);
        hasEnded = true;
      },
      { askEveryMs: 5, stuckAfterMs: 60_000 },
    );
    await assert.rejects(working, /rebalancing/);
    assert.equal(hasEnded, true);
  });

  it('does not begin without its place, and keeps a failure of its own', async () => {
    const lost = (): Promise<void> => Promise.reject(new Error('rebalancing'));
    const begun = whileBeating(lost, () => Promise.reject(new Error('begun')));
    await assert.rejects(begun, /rebalancing/);
    const failing = whileBeating(
      () => Promise.resolve(),
      () => Promise.reject(new Error('of its own')),
    );
    await assert.rejects(failing, /of its own/);
  });
});
