// Runs one service: starts what it consists of, and stops it in the right order.
import { inSpan } from '../operations/tracing.js';
import type { Logger } from '../operations/logger.js';
import type { Metrics } from '../operations/metrics.js';
// #if database
import { ConcurrencyError } from '../consume/errors.js';
// #end
import { decode, encode } from '../messaging/codec.js';
import type { Contracts } from '../messaging/contracts.js';
import type {
  Consumer,
  Delivery,
  MessageBus,
  ReplayReport,
} from '../messaging/bus.js';
import type { Envelope } from '../messaging/envelope.js';
import {
  type Cause,
  MessageFactory,
  causeOf,
} from '../messaging/message-factory.js';
// #if database
import type { Database } from '../storage/database.js';
import { migrate } from '../storage/migrate.js';
import type { OpenStore, RunningBackground } from './service-definition.js';
// #end
import type { MessageGroup, ServiceDefinition } from './service-definition.js';
import { UnitOfWork } from './unit-of-work.js';

// #if database
/** Work is done again so often when another writer of an event log was faster. */
const maxConflicts = 5;

// #end
/** What a service runs on. */
export interface ServiceParts {
  readonly definition: ServiceDefinition;
  readonly broker: MessageBus;
  // #if database
  readonly database: Database;
  readonly store: OpenStore | null;
  // #end
  readonly contracts: Contracts;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** One service, running or not. */
export class Service {
  private readonly parts: ServiceParts;

  private readonly factory: MessageFactory;
  private consumers: Consumer[] = [];
  // #if database
  private relay: RunningBackground | null = null;
  private background: RunningBackground[] = [];
  // #end

  constructor(parts: ServiceParts) {
    this.parts = parts;
    this.factory = new MessageFactory(parts.definition.name, parts.contracts);
  }

  get name(): string {
    return this.parts.definition.name;
  }

  /** Starts everything. */
  async start(): Promise<void> {
    const { definition, broker } = this.parts;
    // #if database
    await this.migrate();
    // #end
    // #if requests
    for (const { address, handle } of definition.responders) {
      this.consumers.push(await broker.respond(address, handle));
    }
    // #end
    for (const group of definition.groups) {
      this.consumers.push(
        await broker.subscribe(group.subscription, (delivery) =>
          this.receive(group, delivery),
        ),
      );
    }
    // #if database
    this.startBackground();
    // #end
  }

  // #if database
  private startBackground(): void {
    const { definition, broker } = this.parts;
    const { contracts, database, logger, metrics, store } = this.parts;
    const transact: Service['transact'] = (cause, work) =>
      this.transact(cause, work);
    const parts = {
      service: this.name,
      database,
      bus: broker,
      contracts,
      logger,
      metrics,
      transact,
    };
    this.relay = definition.outbox?.relay(parts) ?? null;
    this.background = [
      ...definition.background,
      ...(store?.background ?? []),
    ].map((begin) => begin(parts));
  }

  /** Brings the database up to date. */
  async migrate(): Promise<void> {
    const { definition, database } = this.parts;
    if (definition.hasDatabase) await migrate(database, definition.migrations);
  }
  // #end

  /** Stops taking work and finishes what is in hand. */
  async stop(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    this.consumers = [];
    // #if database
    await Promise.all(this.background.map((work) => work.stop()));
    this.background = [];
    // Last: it publishes what is left in the outbox.
    await this.relay?.stop();
    this.relay = null;
    // #end
  }

  /** Rejects when the service cannot do its work. */
  async check(): Promise<void> {
    await this.parts.broker.check();
    // #if database
    await this.parts.store?.check();
    if (this.parts.definition.hasDatabase)
      await this.parts.database.query('SELECT 1');
    // #end
  }

  /** Hands each dead letter of a group to its handler again. */
  async replay(group: string): Promise<ReplayReport> {
    const found = this.parts.definition.groups.find(
      ({ subscription }) => subscription.group === group,
    );
    if (found === undefined)
      throw new Error(`"${this.name}" has no group "${group}"`);
    return await this.parts.broker.replay(found.subscription, (delivery) =>
      this.receive(found, delivery),
    );
  }

  /** Runs the work as one change; what it publishes leaves when it has succeeded. */
  async transact<T>(
    cause: Cause,
    work: (unit: UnitOfWork) => Promise<T>,
  ): Promise<T> {
    // #if database
    if (this.parts.definition.hasDatabase)
      return await this.inTransaction(cause, work);
    // #end
    const unit = new UnitOfWork({
      // #if database
      sql: this.parts.database,
      contracts: this.parts.contracts,
      // #end
      factory: this.factory,
      cause,
    });
    const result = await work(unit);
    await this.publishNow(unit.messages);
    return result;
  }

  // #if database
  /** What is published commits with the work. */
  private async inTransaction<T>(
    cause: Cause,
    work: (unit: UnitOfWork) => Promise<T>,
  ): Promise<T> {
    const { store } = this.parts;
    for (let conflicts = 0; ; conflicts += 1) {
      try {
        return await this.commit(cause, work);
      } catch (error) {
        const isLost = error instanceof ConcurrencyError && store !== null;
        if (!isLost || conflicts >= maxConflicts) throw error;
      }
    }
  }

  private async commit<T>(
    cause: Cause,
    work: (unit: UnitOfWork) => Promise<T>,
  ): Promise<T> {
    const { database, contracts, definition, store } = this.parts;
    const { factory } = this;
    const { result, messages } = await database.transaction(async (sql) => {
      const parts = { sql, factory, contracts, cause };
      const unit = store?.beginUnit(parts) ?? new UnitOfWork(parts);
      const done = await work(unit);
      // #if observers
      await this.observe(unit);
      // #end
      await definition.outbox?.add(
        sql,
        unit.outgoing.map((message) => encode(contracts, message)),
      );
      await unit.settle();
      return { result: done, messages: unit.outgoing };
    });
    if (definition.outbox === null) await this.publishNow(messages);
    else if (messages.length > 0) this.relay?.wake();
    return result;
  }

  // #if observers
  /** What an observer publishes is observed, too. */
  private async observe(unit: UnitOfWork): Promise<void> {
    for (let index = 0; index < unit.messages.length; index += 1) {
      const message = unit.messages[index];
      if (message === undefined) continue;
      for (const observe of this.parts.definition.observers)
        await observe(unit, message);
    }
  }

  // #end
  // #end
  private async publishNow(messages: readonly Envelope[]): Promise<void> {
    for (const message of messages) {
      await this.parts.broker.publish(encode(this.parts.contracts, message));
      this.parts.metrics.count('messages_published_total', {
        type: message.type,
      });
    }
  }

  /** Validates, handles and publishes; then the delivery may be acknowledged. */
  private async receive(from: MessageGroup, delivery: Delivery): Promise<void> {
    const { group } = from.subscription;
    const labels = { group, type: delivery.routingKey };
    const startedAt = performance.now();
    try {
      const message = decode(this.parts.contracts, delivery);
      const cause = causeOf(message);
      const attributes = {
        'messaging.message.id': message.id,
        'messaging.consumer.group.name': group,
      };
      const span = {
        operation: 'process',
        destination: delivery.channel,
        attributes,
        traceparent: cause.traceparent,
      } as const;
      const counter = await inSpan(span, () =>
        this.handle(from, message, delivery.attempt),
      );
      this.parts.metrics.count(counter, labels);
      this.parts.metrics.observe(
        'message_handling_seconds',
        { group },
        (performance.now() - startedAt) / 1000,
      );
    } catch (error) {
      this.parts.metrics.count('message_failures_total', labels);
      this.parts.logger.warn('a message could not be handled', {
        ...labels,
        attempt: delivery.attempt,
        error: String(error),
      });
      throw error;
    }
  }

  /** Returns the counter of the outcome. */
  private async handle(
    from: MessageGroup,
    message: Envelope,
    attempt: number,
  ): Promise<string> {
    const logger = this.parts.logger.with({
      type: message.type,
      id: message.id,
      correlationId: message.correlationid,
    });
    const { group } = from.subscription;
    const cause = { ...causeOf(message), consumer: group };
    return await this.transact(cause, async (unit) => {
      // #if database
      const isNew = (await from.recordOnce?.(unit.sql, group, message)) ?? true;
      if (!isNew) return 'messages_duplicate_total';
      // #end
      await from.react(message, unit, {
        // #if requests
        requests: this.parts.broker,
        // #end
        attempt,
        logger,
        // #if database
        metrics: this.parts.metrics,
        // #end
      });
      return 'messages_handled_total';
    });
  }
}
