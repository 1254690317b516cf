// The commands and queries of services over HTTP.
import type { IncomingMessage } from 'node:http';
import {
  ConcurrencyError,
  DomainError,
  InvalidMessageError,
} from '../consume/errors.js';
import { newCause } from '../messaging/message-factory.js';
import type { EndpointContext } from '../service/endpoint.js';
import type { RunningService } from '../service/system.js';

const maxBodyBytes = 1_048_576;

/** Answers by the endpoint that the call is for; null when there is none. */
export async function callEndpoint(
  services: readonly RunningService[],
  request: IncomingMessage,
  path: string,
): Promise<{ readonly body: unknown } | null> {
  for (const { service, definition, database } of services) {
    for (const endpoint of definition.endpoints) {
      const variables =
        endpoint.method === request.method ? match(endpoint.path, path) : null;
      if (variables === null) continue;
      const cause = newCause(
        request.headers['traceparent']?.toString() ?? null,
      );
      const context: EndpointContext = {
        transact: (work) => service.transact(cause, work),
        sql: database,
        cause,
      };
      const body = endpoint.method === 'POST' ? await readBody(request) : null;
      return { body: await endpoint.handle({ variables, body }, context) };
    }
  }
  return null;
}

function match(
  pattern: string,
  path: string,
): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const variables: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? '');
    if (segment.startsWith(':')) variables[segment.slice(1)] = value;
    else if (segment !== value) return null;
  }
  return variables;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBodyBytes)
      throw new InvalidMessageError(
        `the body is larger than ${maxBodyBytes} bytes`,
      );
    chunks.push(bytes);
  }
  if (size === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    throw new InvalidMessageError('the body is not JSON', { cause: error });
  }
}

/** Tells the status of a call that failed. */
export function statusOf(error: unknown): number {
  if (error instanceof InvalidMessageError) return 400;
  if (error instanceof DomainError || error instanceof ConcurrencyError)
    return 409;
  return 500;
}
