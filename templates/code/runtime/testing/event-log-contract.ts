// What every event log adapter must do, as tests: what an event store does, and to be followed.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type {
  EventLog,
  LogReader,
  LoggedEvent,
} from '../event-log/event-log.js';
import { describeEventStore, newEvent } from './event-store-contract.js';
import { until } from './wait.js';

/** One adapter under test. */
export interface EventLogUnderTest {
  readonly name: string;
  readonly open: () => Promise<EventLog>;
}

/** Registers the suites. */
export function describeEventLog(target: EventLogUnderTest): void {
  let store: EventLog;
  describeEventStore({
    name: target.name,
    open: async () => {
      store = await target.open();
    },
    close: () => store.close(),
    use: (work) => work(store),
  });

  describe(`${target.name} event log`, { concurrency: false }, () => {
    let log: EventLog;
    before(async () => {
      log = await target.open();
    });
    after(() => log.close());

    const aggregate = `order_${randomUUID().slice(0, 8)}`;
    const follow = (from: string | null): LogReader =>
      log.follow({
        aggregates: [aggregate],
        after: from,
        arrived: () => undefined,
      });
    const takeFrom = async (
      reader: LogReader,
      count: number,
    ): Promise<readonly LoggedEvent[]> => {
      const taken: LoggedEvent[] = [];
      await until(`${count} events arrive`, async () => {
        taken.push(...(await reader.take(count - taken.length)));
        return taken.length >= count;
      });
      return taken;
    };
    const append = async (id: string, data: string, version: number) => {
      await log.append({ aggregate, id }, [newEvent(data)], version);
      // Its name begins alike, and it is another aggregate all the same.
      const other = { aggregate: `${aggregate}-item`, id: randomUUID() };
      await log.append(other, [newEvent('other')], 0);
    };

    it('gives the events of an aggregate in the order of their commits, and goes on behind a position', async () => {
      await append('a', 'a1', 0);
      await append('b', 'b1', 0);
      await append('a', 'a2', 1);
      const all = follow(null);
      const taken = await takeFrom(all, 3);
      await all.close();
      assert.deepEqual(
        taken.map(({ event }) => event.data),
        ['a1', 'b1', 'a2'],
      );
      const rest = follow(taken[1]?.position ?? null);
      const [next] = await takeFrom(rest, 1);
      assert.equal(next?.event.data, 'a2');
      assert.deepEqual(next, taken[2]);
      await rest.close();
    });

    it('gives what is appended while it is followed, and moves on past what is not wanted', async () => {
      const reader = follow(null);
      await takeFrom(reader, 3);
      await append('a', 'a3', 2);
      const [next] = await takeFrom(reader, 1);
      assert.equal(next?.event.data, 'a3');
      assert.deepEqual(await reader.take(10), []);
      assert.notEqual(reader.position, null);
      await reader.close();
    });
  });
}
