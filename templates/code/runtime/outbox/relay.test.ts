import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { OutgoingMessage } from '../messaging/bus.js';
import { Metrics } from '../operations/metrics.js';
import { silentLogger } from '../operations/logger.js';
import type { Database } from '../storage/database.js';
import { migrate } from '../storage/migrate.js';
import { testStorages } from '../testing/storages.js';
import {
  addToOutbox,
  outboxBacklog,
  outboxTables,
  pruneOutbox,
} from './outbox.js';
import { relayBatch } from './relay.js';

for (const storage of testStorages()) {
  describe(`outbox relay on ${storage.name}`, { concurrency: false }, () => {
    const withOutbox = async (
      work: (database: Database) => Promise<void>,
    ): Promise<void> => {
      const opened = await storage.open();
      const database = await opened.database(
        `relay_${randomUUID().slice(0, 8)}`,
      );
      await migrate(database, [outboxTables]);
      await work(database);
      await database.close();
      await opened.close();
    };
    const relay = (
      database: Database,
      publish: (message: OutgoingMessage) => Promise<void>,
    ): Promise<object> =>
      relayBatch(
        {
          database,
          bus: { publish },
          logger: silentLogger,
          metrics: new Metrics(),
        },
        100,
      );

    it('publishes nothing that was rolled back', () =>
      withOutbox(async (database) => {
        const lost = database.transaction(async (sql) => {
          await addToOutbox(sql, [message('a', 1)]);
          throw new Error('the business rule said no');
        });
        await assert.rejects(lost);
        assert.deepEqual(
          await relay(database, () => Promise.reject(new Error('phantom'))),
          {
            read: 0,
            failed: 0,
          },
        );
      }));

    it('keeps the order of a key past the ninth message', () =>
      withOutbox(async (database) => {
        const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
        await database.transaction((sql) =>
          addToOutbox(
            sql,
            numbers.map((number) => message('a', number)),
          ),
        );
        const sent: string[] = [];
        await relay(database, (one) => {
          sent.push(one.body);
          return Promise.resolve();
        });
        assert.deepEqual(
          sent,
          numbers.map((number) => `a${number}`),
        );
      }));

    it('holds back the later messages of a key when one is refused, and only of that key', () =>
      withOutbox(async (database) => {
        const messages = [
          message('a', 1),
          message('b', 1),
          message('a', 2),
          message('b', 2),
        ];
        await database.transaction((sql) => addToOutbox(sql, messages));
        const sent: string[] = [];
        let isRefusing = true;
        const publish = (one: OutgoingMessage): Promise<void> => {
          if (isRefusing && one.body === 'a1')
            return Promise.reject(new Error('nacked'));
          sent.push(one.body);
          return Promise.resolve();
        };
        assert.deepEqual(await relay(database, publish), {
          read: 4,
          failed: 2,
        });
        assert.deepEqual(sent, ['b1', 'b2']);
        isRefusing = false;
        assert.deepEqual(await relay(database, publish), {
          read: 2,
          failed: 0,
        });
        assert.deepEqual(sent, ['b1', 'b2', 'a1', 'a2']);
        assert.equal((await outboxBacklog(database)).pending, 0);
        assert.equal(await pruneOutbox(database, 0), 4);
      }));

    it('has one message of a key on its way at a time', () =>
      withOutbox(async (database) => {
        await database.transaction((sql) =>
          addToOutbox(
            sql,
            [1, 2, 3, 4].map((place) => message('a', place)),
          ),
        );
        let onTheWay = 0;
        let most = 0;
        await relay(database, async () => {
          onTheWay += 1;
          most = Math.max(most, onTheWay);
          await new Promise((resolve) => setTimeout(resolve, 5));
          onTheWay -= 1;
        });
        assert.equal(most, 1);
      }));

    it(
      'waits for an older transaction that may still commit',
      { skip: storage.name === 'pglite' && 'one connection only' },
      () =>
        withOutbox(async (database) => {
          const sent: string[] = [];
          const publish = (one: OutgoingMessage): Promise<void> => {
            sent.push(one.body);
            return Promise.resolve();
          };
          await database.transaction(async (older) => {
            await addToOutbox(older, [message('a', 1)]);
            await database.transaction((newer) =>
              addToOutbox(newer, [message('a', 2)]),
            );
            assert.deepEqual(await relay(database, publish), {
              read: 0,
              failed: 0,
            });
          });
          await relay(database, publish);
          assert.deepEqual(sent, ['a1', 'a2']);
        }),
    );
  });
}

function message(key: string, place: number): OutgoingMessage {
  return {
    id: randomUUID(),
    address: { kind: 'topic', channel: 'order' },
    routingKey: 'order.paid',
    key,
    contentType: 'text/plain',
    headers: {},
    body: `${key}${place}`,
    mandatory: true,
  };
}
