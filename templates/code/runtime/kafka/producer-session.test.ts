import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProducerSession } from './producer-session.js';

function sessionOf(refusals: number): {
  readonly session: ProducerSession<number>;
  readonly closed: number[];
} {
  const closed: number[] = [];
  let opened = 0;
  let left = refusals;
  const session = new ProducerSession<number>({
    open: () => {
      left -= 1;
      if (left >= 0) return Promise.reject(new Error('away'));
      opened += 1;
      return Promise.resolve(opened);
    },
    close: (producer) => {
      closed.push(producer);
      return Promise.resolve();
    },
  });
  return { session, closed };
}

/** Sends and tells by which producer. */
async function senderOf(session: ProducerSession<number>): Promise<number> {
  let sender = 0;
  await session.send((producer) => {
    sender = producer;
    return Promise.resolve();
  });
  return sender;
}

const fail = (): Promise<void> => Promise.reject(new Error('no answer'));

describe('the producer of a session', () => {
  it('stays while sends succeed', async () => {
    const { session, closed } = sessionOf(0);
    assert.equal(await senderOf(session), 1);
    assert.equal(await senderOf(session), 1);
    assert.deepEqual(closed, []);
  });

  it('is replaced after a send that failed, once for those that failed together', async () => {
    const { session, closed } = sessionOf(0);
    const failing = [session.send(fail), session.send(fail)];
    for (const one of failing) await assert.rejects(one, /no answer/);
    assert.equal(await senderOf(session), 2);
    assert.deepEqual(new Set(closed), new Set([1]));
  });

  it('is opened by a later send when it could not be opened', async () => {
    const { session } = sessionOf(1);
    await assert.rejects(senderOf(session), /away/);
    assert.equal(await senderOf(session), 1);
  });
});
