// One change of one service: what is done, and what is published when it succeeds.
// #if database
import type { Contracts } from '../messaging/contracts.js';
// #end
import type {
  DataOf,
  Envelope,
  HeaderArguments,
  HeadersOf,
} from '../messaging/envelope.js';
import type { Cause, MessageFactory } from '../messaging/message-factory.js';
// #if database
import type { Sql } from '../storage/database.js';
// #end

/** What a unit of work is made of. */
export interface UnitParts {
  // #if database
  readonly sql: Sql;
  readonly contracts: Contracts;
  // #end
  readonly factory: MessageFactory;
  readonly cause: Cause;
}

/** What is done and said in one change. */
export class UnitOfWork {
  private readonly parts: UnitParts;

  private readonly collected: Envelope[] = [];

  constructor(parts: UnitParts) {
    this.parts = parts;
  }

  // #if database
  /** The transaction, for the service's own tables. */
  get sql(): Sql {
    return this.parts.sql;
  }

  // #end
  /** Messages published so far, in order. */
  get messages(): readonly Envelope[] {
    return this.collected;
  }

  // #if database
  /** Those of them that leave with the transaction: by the outbox, or at once after it. */
  get outgoing(): readonly Envelope[] {
    return this.collected;
  }

  /** Makes durable what is kept outside the transaction; nothing but the commit comes after it. */
  settle(): Promise<void> {
    return Promise.resolve();
  }

  // #end
  /** Publishes a message when the change succeeds. Throws `InvalidMessageError` when it breaks its contract. */
  publish<Out extends Envelope, Type extends Out['type'] = Out['type']>(
    type: Type,
    data: DataOf<Out, Type>,
    ...[headers]: HeaderArguments<HeadersOf<Out, Type>>
  ): void {
    this.publishUntyped(type, data, headers);
  }

  /** Publishes a message whose type is only known at run time. */
  publishUntyped(type: string, data: unknown, headers?: object): void {
    const options = headers === undefined ? {} : { headers };
    this.collected.push(
      this.parts.factory.create(type, data, this.parts.cause, options),
    );
  }
  // #if database

  /** Makes the envelope of an aggregate's event; `add` publishes it. */
  seal(
    type: string,
    data: unknown,
    subject: string,
    aggregateVersion: number,
  ): Envelope {
    return this.parts.factory.create(type, data, this.parts.cause, {
      subject,
      aggregateVersion,
    });
  }

  /** Publishes a finished message when the transaction commits. */
  add(message: Envelope): void {
    this.collected.push(message);
  }

  get contracts(): Contracts {
    return this.parts.contracts;
  }

  get cause(): Cause {
    return this.parts.cause;
  }
  // #end
}
