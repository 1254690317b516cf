import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../core/json.ts';
import { refuseHeld } from './held-messages.ts';
import type { ManagementApi } from './management-api.ts';

const queue = { kind: 'queue', name: 'notification.order' };

/** A broker that gives these counts, one after the other, and then the last one again. */
function counting(...counts: readonly (JsonValue | undefined)[]) {
  const asked: string[] = [];
  const api: ManagementApi = {
    list: () => Promise.resolve([]),
    get: (path) => {
      const messages = counts[Math.min(asked.length, counts.length - 1)];
      asked.push(path);
      return Promise.resolve(messages === undefined ? {} : { messages });
    },
    send: () => Promise.resolve(),
  };
  const waits: number[] = [];
  const run = refuseHeld(queue, { api, vhost: '/shop' }, (ms) => {
    waits.push(ms);
    return Promise.resolve();
  });
  return { run, asked, waits };
}

describe('a queue that is to be removed', () => {
  it('has to be counted empty twice, by two counts of the broker', async () => {
    const { run, asked, waits } = counting(0);
    await run;
    expect(asked).toEqual(Array(2).fill('queues/%2Fshop/notification.order'));
    expect(Math.min(...waits)).toBeGreaterThan(5000);
  });

  it('stays when a message shows in the second count', async () => {
    await expect(counting(0, 3).run).rejects.toThrow(
      '"queue/notification.order" holds 3 messages: drain what is needed first',
    );
  });

  it('is not taken for empty while the broker tells nothing of it', async () => {
    await expect(counting(undefined).run).rejects.toThrow(
      'the broker does not tell how many messages it holds',
    );
    await expect(counting(undefined, undefined, 1).run).rejects.toThrow(
      'holds 1 message:',
    );
    const late = counting(undefined, 0);
    await late.run;
    expect(late.asked).toHaveLength(3);
  });
});
