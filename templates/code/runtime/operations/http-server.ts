// The HTTP face of a process.
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import { toError } from '../consume/errors.js';
import type { RunningService } from '../service/system.js';
// #if endpoints
import { callEndpoint, statusOf } from './endpoints.js';
// #end
import type { Metrics } from './metrics.js';

/** What the server shows. */
export interface HttpParts {
  readonly services: readonly RunningService[];
  readonly metrics: Metrics;
  /** False once the process drains: load balancers must then look elsewhere. */
  readonly isReady: () => boolean;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Starts listening; port 0 takes a free one. */
export async function startHttpServer(
  parts: HttpParts,
  port: number,
): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(parts, request).then((reply) => send(response, reply));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return server;
}

async function answer(
  parts: HttpParts,
  request: IncomingMessage,
): Promise<Reply> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  try {
    if (path === '/health/live')
      return { status: 200, body: { status: 'live' } };
    if (path === '/health/ready') return await readiness(parts);
    if (path === '/metrics')
      return { status: 200, body: parts.metrics.expose() };
    // #if endpoints
    const reply = await callEndpoint(parts.services, request, path);
    if (reply !== null) return { status: 200, body: reply.body };
    // #end
    return {
      status: 404,
      body: { error: 'NotFound', message: `${request.method ?? ''} ${path}` },
    };
  } catch (error) {
    return {
      // #if endpoints
      status: statusOf(error),
      // #else
      // status: 500,
      // #end
      body: { error: toError(error).name, message: toError(error).message },
    };
  }
}

async function readiness(parts: HttpParts): Promise<Reply> {
  if (!parts.isReady()) return { status: 503, body: { status: 'draining' } };
  const checks = await Promise.all(
    parts.services.map(({ service }) =>
      service.check().then(
        () => ({ service: service.name, status: 'ready' }),
        (error: unknown) => ({
          service: service.name,
          status: 'unavailable',
          reason: toError(error).message,
        }),
      ),
    ),
  );
  const isReady = checks.every((check) => check.status === 'ready');
  return {
    status: isReady ? 200 : 503,
    body: { status: isReady ? 'ready' : 'unavailable', services: checks },
  };
}

function send(response: ServerResponse, reply: Reply): void {
  const isText = typeof reply.body === 'string';
  response.writeHead(reply.status, {
    'content-type': isText ? 'text/plain; version=0.0.4' : 'application/json',
  });
  response.end(isText ? reply.body : JSON.stringify(reply.body ?? null));
}
