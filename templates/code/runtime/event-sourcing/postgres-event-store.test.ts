import type { Database } from '../storage/database.js';
import { migrate } from '../storage/migrate.js';
import { describeEventStore } from '../testing/event-store-contract.js';
import { testStorages } from '../testing/storages.js';
import { MemoryEventStore } from './memory-event-store.js';
import {
  PostgresEventStore,
  eventStoreTables,
} from './postgres-event-store.js';

const memory = new MemoryEventStore();
describeEventStore({
  name: 'in-memory',
  open: () => Promise.resolve(),
  close: () => Promise.resolve(),
  use: (work) => work(memory),
});

for (const storage of testStorages()) {
  let database: Database;
  let close: () => Promise<void>;
  describeEventStore({
    name: storage.name,
    open: async () => {
      const opened = await storage.open();
      database = await opened.database('event_store_contract');
      await migrate(database, [eventStoreTables]);
      close = async (): Promise<void> => {
        await database.close();
        await opened.close();
      };
    },
    close: () => close(),
    use: (work) =>
      database.transaction((sql) => work(new PostgresEventStore(sql))),
  });
}
