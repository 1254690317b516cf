import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../testing/wait.js';
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
      async (isLost) => {
        await until('it beats', () => beats >= 4);
        return isLost();
      },
      5,
    );
    assert.equal(result, false);
    const before = beats;
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(beats, before);
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
      async (isLost) => {
        await until('the loss is told', isLost);
        hasEnded = true;
      },
      5,
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
