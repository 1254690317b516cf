// A way to a broker's management API that fails at first, as the broker itself does for a moment after its start.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FlakyProxy {
  readonly url: string;
  /** How many calls it has answered by 503. */
  readonly refused: () => number;
  readonly close: () => Promise<void>;
}

/** Passes calls on to `url`, but answers the first `failures` of each method and path by 503. */
export async function startFlakyProxy(
  url: string,
  failures: number,
): Promise<FlakyProxy> {
  const seen = new Map<string, number>();
  let refused = 0;
  const server = createServer((request, response) => {
    const call = `${request.method ?? ''} ${request.url ?? ''}`;
    const times = (seen.get(call) ?? 0) + 1;
    seen.set(call, times);
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => {
      if (times <= failures) {
        refused += 1;
        response.writeHead(503).end();
        return;
      }
      void forward(url, request, Buffer.concat(body)).then(
        async (answer) => {
          response.writeHead(answer.status, {
            'content-type': 'application/json',
          });
          response.end(await answer.text());
        },
        () => response.writeHead(502).end(),
      );
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    refused: () => refused,
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function forward(
  url: string,
  request: {
    readonly method?: string | undefined;
    readonly url?: string | undefined;
    readonly headers: { readonly authorization?: string | undefined };
  },
  body: Buffer,
): Promise<Response> {
  return fetch(url + (request.url ?? ''), {
    method: request.method ?? 'GET',
    headers: {
      authorization: request.headers.authorization ?? '',
      'content-type': 'application/json',
    },
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
}
