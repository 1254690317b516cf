// What a service is made of. Generated code fills it in from the spec; service.ts runs it and knows no pattern by name.
import type { BoundHandler } from '../consume/handler.js';
import type { Subscription } from '../messaging/bus.js';
// #if database
import type { MessageBus, OutgoingMessage } from '../messaging/bus.js';
import type { Contracts } from '../messaging/contracts.js';
// #if observers
import type { Envelope } from '../messaging/envelope.js';
// #end
import type { Cause } from '../messaging/message-factory.js';
import type { Logger } from '../operations/logger.js';
import type { Metrics } from '../operations/metrics.js';
import type { Database, Sql } from '../storage/database.js';
import type { Migration } from '../storage/migrate.js';
// #end
// #if requests
import type { RequestHandler } from '../requests/request-bus.js';
// #end
// #if endpoints
import type { Endpoint } from './endpoint.js';
// #end
// #if database
import type { UnitOfWork, UnitParts } from './unit-of-work.js';
// #end

/** One consumer group of a service. */
export interface MessageGroup {
  readonly subscription: Subscription;
  // #if database
  /** Records a message in the effect's transaction and says whether it is new; null where duplicates are harmless. */
  readonly recordOnce:
    | ((
        sql: Sql,
        group: string,
        message: Parameters<BoundHandler>[0],
      ) => Promise<boolean>)
    | null;
  // #end
  readonly react: BoundHandler;
}

// #if requests
/** An answer to requests. */
export interface Responder {
  readonly address: string;
  readonly handle: RequestHandler;
}

// #end
// #if database
/** What background work is given. */
export interface BackgroundParts {
  readonly service: string;
  readonly database: Database;
  readonly bus: Pick<MessageBus, 'publish'>;
  readonly contracts: Contracts;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly transact: <T>(
    cause: Cause,
    work: (unit: UnitOfWork) => Promise<T>,
  ) => Promise<T>;
}

/** Work that runs as long as the service does. */
export interface RunningBackground {
  /** Asks for a turn now. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts background work. */
export type Background = (parts: BackgroundParts) => RunningBackground;

// #if observers
/** Sees each message that the service publishes, in the transaction that publishes it; may publish more. */
export type Observer = (unit: UnitOfWork, message: Envelope) => Promise<void>;

// #end
/** Where messages are kept in the transaction that publishes them, and how they leave. */
export interface Outbox {
  readonly add: (
    sql: Sql,
    messages: readonly OutgoingMessage[],
  ) => Promise<void>;
  readonly relay: Background;
}

/** What a service keeps outside its database, opened. */
export interface OpenStore {
  readonly beginUnit: (parts: UnitParts) => UnitOfWork;
  // #if database
  readonly background: readonly Background[];
  // #end
  /** Rejects when the store cannot be used. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a store where the environment says. */
export interface ServiceStore {
  readonly open: (
    environment: Readonly<Record<string, string | undefined>>,
  ) => Promise<OpenStore>;
}

// #if rebuilds
/** A read model that can be folded anew; returns the number of events. */
export interface Rebuild {
  readonly name: string;
  readonly run: (
    database: Database,
    contracts: Contracts,
    store: OpenStore | null,
  ) => Promise<number>;
}

// #end
// #end
/** One service of the system. */
export interface ServiceDefinition {
  readonly name: string;
  // #if database
  readonly hasDatabase: boolean;
  /** In order: those of the patterns it uses, its read models, then its own. */
  readonly migrations: readonly Migration[];
  /** For what is not in the database: an event log. */
  readonly store?: ServiceStore;
  /** Null: messages are published after the commit, and a crash in between loses them. */
  readonly outbox: Outbox | null;
  // #end
  readonly groups: readonly MessageGroup[];
  // #if requests
  readonly responders: readonly Responder[];
  // #end
  // #if endpoints
  readonly endpoints: readonly Endpoint[];
  // #end
  // #if database
  readonly background: readonly Background[];
  // #end
  // #if observers
  readonly observers: readonly Observer[];
  // #end
  // #if rebuilds
  readonly rebuilds: readonly Rebuild[];
  // #end
}
