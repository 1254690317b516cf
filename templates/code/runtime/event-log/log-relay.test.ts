import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { Contracts } from '../messaging/contracts.js';
import type { OutgoingMessage } from '../messaging/bus.js';
import type { Envelope } from '../messaging/envelope.js';
import { MessageFactory, newCause } from '../messaging/message-factory.js';
import { silentLogger } from '../operations/logger.js';
import { Metrics } from '../operations/metrics.js';
import type { RunningBackground } from '../service/service-definition.js';
import type { Database } from '../storage/database.js';
import { migrate } from '../storage/migrate.js';
import { testStorages } from '../testing/storages.js';
import { until } from '../testing/wait.js';
import { logRelay, logRelayTables } from './log-relay.js';
import { LoggedUnitOfWork } from './logged-unit-of-work.js';
import { MemoryEventLog } from './memory-event-log.js';

const type = 'order.placed';
const contracts = new Contracts(
  [
    {
      type,
      kind: 'domain',
      versions: [{ version: 1, dataschema: 'urn:order:1', schema: {} }],
      headers: { type: 'object' },
      key: [['orderId']],
      address: { kind: 'topic', channel: 'order' },
      hasConsumers: true,
    },
  ],
  {},
);
const factory = new MessageFactory('order-service', contracts);
const event = (orderId: string, place: number): Envelope =>
  factory.create(type, { orderId, place }, newCause());
const toldBy = ({ body }: OutgoingMessage): string => {
  const { data } = JSON.parse(body) as {
    readonly data: { readonly orderId: string; readonly place: number };
  };
  return `${data.orderId}${data.place}`;
};

for (const storage of testStorages()) {
  describe(`event log relay on ${storage.name}`, { concurrency: false }, () => {
    const withDatabase = async (
      work: (database: Database) => Promise<void>,
    ): Promise<void> => {
      const opened = await storage.open();
      const schema = `log_relay_${randomUUID().slice(0, 8)}`;
      const database = await opened.database(schema);
      await migrate(database, [logRelayTables]);
      await work(database);
      await database.close();
      await opened.close();
    };
    const start = (
      database: Database,
      log: MemoryEventLog,
      publish: (message: OutgoingMessage) => Promise<void>,
    ): RunningBackground =>
      logRelay(log, ['order'])({
        service: 'order-service',
        database,
        bus: { publish },
        contracts,
        logger: silentLogger,
        metrics: new Metrics(),
        transact: () => Promise.reject(new Error('not of this test')),
      });

    it('publishes what the log has, in order for each key, and goes on where it stopped', () =>
      withDatabase(async (database) => {
        const log = new MemoryEventLog();
        const sent: string[] = [];
        let refusals = 1;
        const publish = (message: OutgoingMessage): Promise<void> => {
          const told = toldBy(message);
          if (told === 'a1' && refusals > 0) {
            refusals -= 1;
            return Promise.reject(new Error('nacked'));
          }
          sent.push(told);
          return Promise.resolve();
        };
        const a = { aggregate: 'order', id: 'a' };
        const b = { aggregate: 'order', id: 'b' };
        await log.append(a, [event('a', 1), event('a', 2)], 0);
        await log.append(b, [event('b', 1)], 0);
        const first = start(database, log, publish);
        await until('all is published', () => sent.includes('a2'));
        await first.stop();
        assert.deepEqual(
          sent.filter((told) => told.startsWith('a')),
          ['a1', 'a2'],
        );
        const before = sent.length;
        await log.append(a, [event('a', 3)], 2);
        const second = start(database, log, publish);
        await until('the news are published', () => sent.length > before);
        await second.stop();
        assert.deepEqual(sent.slice(before), ['a3']);
      }));
  });
}

describe('a unit of work on an event log', () => {
  const stream = { aggregate: 'order', id: 'a' };
  const unitOf = (log: MemoryEventLog, causationId: string | null) =>
    new LoggedUnitOfWork(
      {
        sql: { query: () => Promise.reject(new Error('not of this test')) },
        factory,
        contracts,
        cause: {
          correlationId: 'c',
          causationId,
          traceparent: null,
          consumer: 'order-service.payment',
        },
      },
      log,
    );
  const place = async (unit: LoggedUnitOfWork): Promise<boolean> => {
    const history = await unit.read(stream);
    if (unit.beginChange()) return false;
    const made = unit.seal(type, { orderId: 'a' }, 'a', history.length + 1);
    await unit.append(stream, [made], history.length);
    unit.add(made);
    return true;
  };

  it('appends nothing before all else is done, and publishes nothing of it by itself', async () => {
    const log = new MemoryEventLog();
    const unit = unitOf(log, null);
    await place(unit);
    await place(unit);
    assert.deepEqual(await log.read(stream), []);
    assert.equal((await unit.read(stream)).length, 2);
    assert.equal(unit.messages.length, 2);
    assert.deepEqual(unit.outgoing, []);
    await unit.settle();
    assert.equal((await log.read(stream)).length, 2);
  });

  it('does not change an aggregate again for a message whose first attempt has changed it', async () => {
    const log = new MemoryEventLog();
    const first = unitOf(log, 'message-1');
    assert.equal(await place(first), true);
    await first.settle();
    // The database did not commit, and the message comes again; now it has two changes to make.
    const second = unitOf(log, 'message-1');
    assert.equal(await place(second), false);
    assert.equal(await place(second), true);
    await second.settle();
    const other = unitOf(log, 'message-2');
    assert.equal(await place(other), true);
    await other.settle();
    assert.equal((await log.read(stream)).length, 3);
  });
});
