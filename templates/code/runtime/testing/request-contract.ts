// What every broker adapter must do for requests, as a test of the broker's suite.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import type { RequestBus } from '../requests/request-bus.js';
import {
  RequestFailedError,
  RequestTimeoutError,
} from '../requests/request-errors.js';

/** Registers the test; nobody answers at the silent address. */
export function itAnswersRequests(
  broker: () => RequestBus,
  {
    answering,
    silent,
  }: { readonly answering: string; readonly silent: string },
): void {
  it('answers requests, passes failures on and gives up at the deadline', async () => {
    const responder = await broker().respond(answering, (body) =>
      body === 'bad'
        ? Promise.reject(new Error('bad request'))
        : Promise.resolve(`re: ${body}`),
    );
    const ask = (
      to: string,
      body: string,
      timeoutMs: number,
    ): Promise<string> =>
      broker().request({
        id: randomUUID(),
        address: to,
        headers: {},
        body,
        timeoutMs,
      });
    try {
      assert.equal(await ask(answering, 'one', 60_000), 're: one');
      assert.deepEqual(
        await Promise.all(
          ['a', 'b', 'c'].map((body) => ask(answering, body, 60_000)),
        ),
        ['re: a', 're: b', 're: c'],
      );
      await assert.rejects(ask(answering, 'bad', 60_000), RequestFailedError);
      await assert.rejects(ask(silent, 'anyone?', 300), RequestTimeoutError);
    } finally {
      await responder.stop();
    }
  });
}
