// What every event store adapter must do, as tests.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ConcurrencyError } from '../consume/errors.js';
import type { EventStore, StreamId } from '../event-sourcing/event-store.js';
import type { Envelope } from '../messaging/envelope.js';

/** One adapter under test: each use runs in a transaction where the adapter has them. */
export interface EventStoreUnderTest {
  readonly name: string;
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly use: <T>(work: (store: EventStore) => Promise<T>) => Promise<T>;
}

/** Registers the suite. */
export function describeEventStore(target: EventStoreUnderTest): void {
  const append = (
    stream: StreamId,
    events: readonly Envelope[],
    expected: number,
  ): Promise<number> =>
    target.use((store) => store.append(stream, events, expected));
  const ids = (stream: StreamId, after?: number): Promise<readonly string[]> =>
    target.use(async (store) =>
      (await store.read(stream, after)).map((event) => event.id),
    );

  describe(`${target.name} event store`, { concurrency: false }, () => {
    before(target.open);
    after(target.close);

    it('returns events in the order of their versions', async () => {
      const stream = newStream();
      const events = [newEvent('a'), newEvent('b'), newEvent('c')];
      assert.equal(await append(stream, events.slice(0, 2), 0), 2);
      assert.equal(await append(stream, events.slice(2), 2), 3);
      assert.deepEqual(
        await ids(stream),
        events.map(({ id }) => id),
      );
      assert.deepEqual(await ids(stream, 2), [events[2]?.id]);
      assert.deepEqual(await ids(newStream()), []);
    });

    it('refuses an append at another version, and can be used again after it', async () => {
      const stream = newStream();
      await append(stream, [newEvent('a')], 0);
      await target.use(async (store) => {
        await assert.rejects(
          store.append(stream, [newEvent('b')], 0),
          ConcurrencyError,
        );
        await assert.rejects(
          store.append(stream, [newEvent('b')], 5),
          ConcurrencyError,
        );
        assert.equal(await store.append(stream, [newEvent('b')], 1), 2);
      });
      assert.equal((await ids(stream)).length, 2);
    });

    it('lets one of many concurrent writers win', async () => {
      const stream = newStream();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, writer) =>
          append(stream, [newEvent(`writer ${writer}`)], 0),
        ),
      );
      assert.equal(
        outcomes.filter((outcome) => outcome.status === 'fulfilled').length,
        1,
      );
      assert.equal((await ids(stream)).length, 1);
    });

    it('takes an append that was already made as done', async () => {
      const stream = newStream();
      const events = [newEvent('a'), newEvent('b')];
      assert.equal(await append(stream, events, 0), 2);
      assert.equal(await append(stream, events, 0), 2);
      assert.equal((await ids(stream)).length, 2);
    });

    it('scans every event of an aggregate, each stream in order', async () => {
      const aggregate = `scanned-${randomUUID()}`;
      const [one, two] = [newStream(aggregate), newStream(aggregate)];
      await append(one, [newEvent('1')], 0);
      await append(two, [newEvent('2')], 0);
      await append(one, [newEvent('3')], 1);
      const seen: unknown[] = [];
      await target.use((store) =>
        store.scan(aggregate, (found) => {
          seen.push(found.data);
          return Promise.resolve();
        }),
      );
      assert.deepEqual(seen, ['1', '2', '3']);
    });

    it('keeps the newest snapshot', async () => {
      const stream = newStream();
      await target.use((store) =>
        store.saveSnapshot(stream, {
          version: 7,
          shape: 1,
          state: { total: 7 },
        }),
      );
      await target.use((store) =>
        store.saveSnapshot(stream, {
          version: 3,
          shape: 1,
          state: { total: 3 },
        }),
      );
      const snapshot = await target.use((store) => store.loadSnapshot(stream));
      assert.deepEqual(snapshot, { version: 7, shape: 1, state: { total: 7 } });
      assert.equal(
        await target.use((store) => store.loadSnapshot(newStream())),
        null,
      );
    });
  });
}

function newStream(aggregate = 'order'): StreamId {
  return { aggregate, id: randomUUID() };
}

/** Makes an event of no particular type. */
export function newEvent(data: string): Envelope {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/contract',
    type: 'something.happened',
    time: '2026-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: 'urn:contract:something.happened:1',
    correlationid: 'contract',
    headers: {},
    data,
  };
}
