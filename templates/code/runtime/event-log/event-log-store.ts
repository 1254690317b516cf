// A service's event log as the service sees it: opened with it, in its units of work, published by its relay.
import type { OpenStore, ServiceStore } from '../service/service-definition.js';
import type { EventLog } from './event-log.js';
import { logRelay } from './log-relay.js';
import { LoggedUnitOfWork } from './logged-unit-of-work.js';
import { MemoryEventLog } from './memory-event-log.js';

/** An event log that is open. */
export class OpenEventLog implements OpenStore {
  readonly log: EventLog;
  readonly background: OpenStore['background'];

  constructor(log: EventLog, aggregates: readonly string[]) {
    this.log = log;
    this.background = [logRelay(log, aggregates)];
  }

  readonly beginUnit: OpenStore['beginUnit'] = (parts) =>
    new LoggedUnitOfWork(parts, this.log);

  check(): Promise<void> {
    return this.log.check();
  }

  close(): Promise<void> {
    return this.log.close();
  }
}

/** Keeps the events of a service's aggregates in a log: where EVENTSTORE_URL says, else in memory. */
export function eventLogStore(of: {
  readonly aggregates: readonly string[];
  readonly connect: (url: string) => Promise<EventLog>;
}): ServiceStore {
  return {
    open: async (environment) => {
      const url = environment['EVENTSTORE_URL'];
      const outlives = Object.keys(environment).find(
        (name) => name.startsWith('DATABASE_URL') || name === 'DATABASE_DIR',
      );
      if (url === undefined && outlives !== undefined)
        throw new Error(
          `EVENTSTORE_URL must say where the events are: with ${outlives} the database outlives this process`,
        );
      const log =
        url === undefined ? new MemoryEventLog() : await of.connect(url);
      return new OpenEventLog(log, of.aggregates);
    },
  };
}
