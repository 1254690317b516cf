// Commands on aggregates: what a caller gets back, and the HTTP endpoints of an aggregate's commands.
import { InvalidMessageError } from '../consume/errors.js';
import type { Endpoint } from './endpoint.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Tells the caller what to wait for: the read models show the change once they have seen this version. */
export interface CommandReceipt {
  readonly id: string;
  readonly version: number;
  readonly status: string | null;
}

/** Makes the receipt of a saved aggregate. */
export function receiptOf(aggregate: CommandReceipt): CommandReceipt {
  return {
    id: aggregate.id,
    version: aggregate.version,
    status: aggregate.status,
  };
}

type Command = (id: string, input: object) => Promise<CommandReceipt>;

/** The methods of a handler that carry out commands. */
type CommandOf<Handler> = {
  [Name in keyof Handler]: Handler[Name] extends (
    id: string,
    input: never,
  ) => Promise<CommandReceipt>
    ? Name
    : never;
}[keyof Handler] &
  string;

/** What the endpoints of one aggregate are made of. */
export interface CommandEndpoints<Handler> {
  /** Has one variable, the aggregate's identity. */
  readonly path: string;
  readonly handler: new (unit: UnitOfWork) => Handler;
  readonly commands: readonly CommandOf<Handler>[];
}

/** Makes one endpoint for each command: `POST <path>/<command>`, the input in the body. */
export function commandEndpoints<Handler>(
  of: CommandEndpoints<Handler>,
): readonly Endpoint[] {
  return of.commands.map((name) => ({
    method: 'POST',
    path: `${of.path}/${name}`,
    handle: async ({ variables, body }, { transact }) => {
      const [id] = Object.values(variables);
      if (id === undefined || id === '')
        throw new InvalidMessageError('the path names no aggregate');
      if (typeof body !== 'object' || body === null)
        throw new InvalidMessageError('the body is not an object');
      return await transact(async (unit) => {
        const handler = new of.handler(unit);
        // `CommandOf` has chosen the methods of this form. The event that the command emits carries the input and
        // is validated before anything is stored.
        const carryOut = handler[name] as Command;
        return await carryOut.call(handler, id, body);
      });
    },
  }));
}
