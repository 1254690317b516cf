// A door in front of a Kafka broker that can steal the answer to a request: the broker has done it, the client cannot know.
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy with two faults. */
export interface AnswerThief {
  /** Lets the next produce request through, steals its answer, cuts every connection and lets none in. */
  readonly steal: () => { readonly stolen: Promise<void> };
  /** Lets connections in again. */
  readonly open: () => void;
  readonly close: () => Promise<void>;
}

const produceKey = 0;

/** Tells whether a request, size and API key first, asks to produce. */
const isProduce = (bytes: Buffer): boolean =>
  bytes.length >= 6 && bytes.readInt16BE(4) === produceKey;

/** Listens on one loopback port and connects to another. */
export async function startAnswerThief(ports: {
  readonly listen: number;
  readonly broker: number;
}): Promise<AnswerThief> {
  const sockets = new Set<Socket>();
  let state: 'armed' | 'open' | 'shut' = 'open';
  let tell: () => void = () => undefined;
  const cutAll = (): void => {
    state = 'shut';
    for (const socket of sockets) socket.destroy();
    tell();
  };
  const server = createServer((client) => {
    if (state === 'shut') {
      client.destroy();
      return;
    }
    const broker = connect({ port: ports.broker, host: '127.0.0.1' });
    let isMarked = false;
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (bytes: Buffer) => {
      // A client waits for each answer before it produces again, so a request begins with the bytes that come.
      isMarked ||= state === 'armed' && isProduce(bytes);
      broker.write(bytes);
    });
    broker.on('data', (bytes: Buffer) => {
      if (isMarked) cutAll();
      else client.write(bytes);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: ports.listen, host: '127.0.0.1' }, resolve);
  });
  return {
    steal: () => {
      state = 'armed';
      return {
        stolen: new Promise((resolve) => {
          tell = resolve;
        }),
      };
    },
    open: () => {
      state = 'open';
    },
    close: async () => {
      cutAll();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
