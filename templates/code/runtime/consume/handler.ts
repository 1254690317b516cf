// What a handler is given, and how a typed handler joins the untyped table of its group.
import type {
  DataOf,
  Envelope,
  HeaderArguments,
  HeadersOf,
} from '../messaging/envelope.js';
// #if requests
import type { RequestBus } from '../requests/request-bus.js';
// #end
import { ownValue } from '../messaging/own-value.js';
import type { Logger } from '../operations/logger.js';
// #if database
import type { Metrics } from '../operations/metrics.js';
// #end
import type { UnitOfWork } from '../service/unit-of-work.js';
// #if database
import type { Sql } from '../storage/database.js';
// #end

/** What a handler works with. `Out` is the union of the messages its service publishes. */
export interface HandlerContext<Out extends Envelope> {
  // #if database
  /** The message's transaction: what is written here commits together with what is published. */
  readonly sql: Sql;
  // #end
  /** Publishes a message when the handler succeeds. Throws `InvalidMessageError` when it breaks its contract. */
  readonly publish: <Type extends Out['type']>(
    type: Type,
    data: DataOf<Out, Type>,
    ...headers: HeaderArguments<HeadersOf<Out, Type>>
  ) => void;
  // #if database
  /** Gives access to the service's aggregates. */
  readonly unit: UnitOfWork;
  // #end
  // #if requests
  /** Asks other services; the answer comes outside the transaction. */
  readonly requests: RequestBus;
  // #end
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Pass it to any other system, so that a repeated attempt is recognised there. */
  readonly idempotencyKey: string;
  readonly logger: Logger;
}

/**
 * Handles one message. Throw `PermanentError` or `DomainError` when trying again is useless; any other error is
 * taken as transient and the message comes again, as the subscription's retry says.
 */
export type MessageHandler<
  Message extends Envelope,
  Out extends Envelope = never,
> = (message: Message, context: HandlerContext<Out>) => Promise<void>;

/** A handler in its group's table. */
export type BoundHandler = (
  message: Envelope,
  unit: UnitOfWork,
  delivery: HandlerDelivery,
) => Promise<void>;

/** What is known of the delivery beside the message. */
export interface HandlerDelivery {
  // #if requests
  readonly requests: RequestBus;
  // #end
  readonly attempt: number;
  readonly logger: Logger;
  // #if database
  readonly metrics: Metrics;
  // #end
}

/** Puts a typed handler behind the untyped signature; the contract of its type has been checked by then. */
export function bind<Message extends Envelope, Out extends Envelope = never>(
  handle: MessageHandler<Message, Out>,
): BoundHandler {
  return async (message, unit, delivery) => {
    const context: HandlerContext<Out> = {
      // #if database
      sql: unit.sql,
      // #end
      publish: (type, data, ...headers) => unit.publish(type, data, ...headers),
      // #if database
      unit,
      // #end
      // #if requests
      requests: delivery.requests,
      // #end
      attempt: delivery.attempt,
      idempotencyKey: `${message.source}:${message.id}`,
      logger: delivery.logger,
    };
    // The table is keyed by message type, and the payload was validated against that type's schema.
    await handle(message as Message, context);
  };
}

/** Lets several react to a message, one after the other, as one change. */
export function inTurn(...handlers: readonly BoundHandler[]): BoundHandler {
  return async (message, unit, delivery) => {
    for (const handle of handlers) await handle(message, unit, delivery);
  };
}

/** Hands each message to the handler of its type; the broker may bring types the group did not ask for. */
export function byType(
  handlers: Readonly<Record<string, BoundHandler>>,
): BoundHandler {
  return async (message, unit, delivery) => {
    await ownValue(handlers, message.type)?.(message, unit, delivery);
  };
}
