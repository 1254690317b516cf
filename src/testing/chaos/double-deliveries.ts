// Messages that come twice and messages that are garbage: both by the generated project's own publisher.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Pool } from 'pg';
import { sleep } from '../brokers/wait-until.ts';
import type { ChaosBroker } from './chaos-broker.ts';
import type { Random } from './random.ts';

/** What is used of the project's broker port. */
interface Publisher {
  readonly publish: (message: object) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface BrokersModule {
  readonly brokers: Readonly<
    Record<string, (connection: object) => Promise<Publisher>>
  >;
}

/** Publishes as the services do, with their logins. */
export interface Postman {
  /** Publishes a message as a service, again and again until the broker has it. */
  readonly insist: (service: string, message: object) => Promise<void>;
  /** Publishes once; answers whether the broker took it. */
  readonly attempt: (service: string, message: object) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

const services = ['order-service', 'inventory-service', 'payment-service'];
const patienceMs = 120_000;

const silent: object = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silent,
};

/** Connects with the login of each publishing service. */
export async function hirePostman(
  folder: string,
  broker: ChaosBroker,
): Promise<Postman> {
  const path = join(folder, 'dist', 'generated', 'brokers.js');
  // The shape is that of the generated file.
  const { brokers } = (await import(
    /* @vite-ignore */ pathToFileURL(path).href
  )) as BrokersModule;
  const connected = new Map<string, Publisher>();
  for (const service of services) {
    const { url, environment } = broker.loginOf(service);
    const connect = brokers[broker.kind];
    if (connect === undefined) throw new Error('the project has no broker');
    connected.set(
      service,
      await connect({ url, environment, clientId: service, logger: silent }),
    );
  }
  const attempt: Postman['attempt'] = async (service, message) => {
    const publisher = connected.get(service);
    if (publisher === undefined) throw new Error(`${service} has no login`);
    return publisher.publish(message).then(
      () => true,
      () => false,
    );
  };
  return {
    attempt,
    insist: async (service, message) => {
      const deadline = performance.now() + patienceMs;
      while (!(await attempt(service, message))) {
        if (performance.now() > deadline)
          throw new Error('the broker takes no message');
        await sleep(200);
      }
    },
    close: async () => {
      await Promise.all([...connected.values()].map((one) => one.close()));
    },
  };
}

/** Copies that were published. */
export interface Copying {
  readonly count: () => number;
  readonly stop: () => Promise<void>;
}

/** Publishes copies of messages that were published before, old and young, until it is stopped or has done enough. */
export function publishCopies(setup: {
  readonly database: Pool;
  readonly postman: Postman;
  readonly random: Random;
  readonly wanted: number;
}): Copying {
  let count = 0;
  const end = new AbortController();
  const run = async (): Promise<void> => {
    while (!end.signal.aborted && count < setup.wanted) {
      await sleep(200);
      const { rows } = await setup.database
        .query<{ readonly service: string; readonly message: object }>(
          `SELECT service, message FROM evidence.message
           WHERE published_at IS NOT NULL AND (hashtext(id) & 63) = $1 ORDER BY position DESC LIMIT 12`,
          [setup.random.integer(64)],
        )
        .catch(() => ({ rows: [] }));
      for (const { service, message } of rows) {
        const name = service.replace('_', '-');
        if (await setup.postman.attempt(name, message)) count += 1;
      }
    }
  };
  const running = run();
  return {
    count: () => count,
    stop: async () => {
      end.abort();
      await running;
    },
  };
}

/** One message that nobody can read. */
export interface Garbage {
  readonly body: string;
  /** Groups that get it. */
  readonly groups: readonly string[];
}

const garbagePlaces = [
  {
    address: { kind: 'topic', channel: 'order' },
    routingKey: 'order.created',
    groups: [
      'order-service.orders',
      'order-service.fulfilment',
      'notification-service.order',
      'analytics-service.order',
      'audit-service.order',
    ],
  },
  {
    address: { kind: 'topic', channel: 'order' },
    routingKey: 'order.paid',
    groups: [
      'order-service.orders',
      'shipping-service.order',
      'analytics-service.order',
      'audit-service.order',
    ],
  },
  {
    address: { kind: 'queue', channel: 'command.reserve-stock' },
    routingKey: 'command.reserve-stock',
    groups: ['inventory-service.command.reserve-stock'],
  },
  {
    address: { kind: 'queue', channel: 'payment-processing' },
    routingKey: 'command.process-payment',
    groups: ['payment-service.payment-processing'],
  },
] as const;

/** Publishes garbage to topics and queues, each piece once, and tells who gets it. */
export async function publishGarbage(
  postman: Postman,
  random: Random,
): Promise<readonly Garbage[]> {
  const published: Garbage[] = [];
  for (const { address, routingKey, groups } of garbagePlaces) {
    const body = `{"garbage": ${JSON.stringify(random.uuid())}`;
    await postman.insist('order-service', {
      id: random.uuid(),
      address,
      routingKey,
      key: random.uuid(),
      contentType: 'application/cloudevents+json',
      headers: {},
      body,
      mandatory: true,
    });
    published.push({ body, groups });
  }
  return published;
}
