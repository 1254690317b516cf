// A vitest suite that runs on a real server, or says plainly why it does not; in CI not running is a failure.
import { afterAll, beforeAll, describe, it } from 'vitest';
import {
  type Availability,
  type BrokerName,
  findBroker,
} from './availability.ts';
import { type Kafka, startKafka } from './kafka.ts';
import { type KafkaCluster, startKafkaCluster } from './kafka-cluster.ts';
import { type KafkaOptions } from './kafka-files.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { type Rabbitmq, startRabbitmq } from './rabbitmq.ts';
import { type RabbitmqOptions } from './rabbitmq-files.ts';

interface Servers {
  readonly kafka: Kafka;
  readonly postgresql: Postgres;
  readonly rabbitmq: Rabbitmq;
}

interface ServerOptions {
  readonly kafka: KafkaOptions;
  readonly postgresql: object;
  readonly rabbitmq: RabbitmqOptions;
}

/** What a suite needs of its server beyond being there. */
export interface SuiteNeeds<B extends BrokerName> {
  /** True when the suite stops or kills the server, or boots it with files: a given server will not do. */
  readonly isPrivate?: boolean;
  readonly options?: ServerOptions[B];
}

const START_TIMEOUT_MS = 180_000;

const START: {
  readonly [B in BrokerName]: (
    options: ServerOptions[B] | undefined,
  ) => Promise<Servers[B]>;
} = {
  kafka: async (options) => startKafka(options),
  postgresql: async () => startPostgres(),
  rabbitmq: async (options) => startRabbitmq(options),
};

const whyNot = (
  availability: Availability,
  isPrivate: boolean,
): string | null => {
  if (availability.status === 'missing') return availability.remedy;
  if (availability.status === 'given' && isPrivate) {
    return `It stops its server, so it needs one of its own: unset ${availability.variable}.`;
  }
  return null;
};

/** A suite and the server that it needs. */
interface Suite<S> {
  readonly title: string;
  /** What it needs, for the sentence that says why it does not run. */
  readonly server: string;
  /** Why it cannot run here; null when it can. */
  readonly reason: string | null;
  readonly start: () => Promise<S>;
  readonly body: (server: () => S) => void;
}

/**
 * Declares a suite on one server, started before its first test and closed after its last. `body` gets a function
 * that answers the server, to be called inside tests and hooks. Where the server is missing the suite is skipped and
 * the reason printed; with the variable CI set it fails instead.
 */
export const describeWithBroker = <B extends BrokerName>(
  broker: B,
  title: string,
  body: (server: () => Servers[B]) => void,
  needs: SuiteNeeds<B> = {},
): void => {
  const options: KafkaOptions = needs.options ?? {};
  const availability = findBroker(broker, options.version);
  declare({
    title,
    server: broker,
    reason: whyNot(availability, needs.isPrivate ?? false),
    start: async () => START[broker](needs.options),
    body,
  });
};

/** Declares a suite that starts a Kafka of this version by itself, of the files that it tests; skipped or failed likewise. */
export const describeWithKafkaFiles = (
  title: string,
  version: string,
  body: () => void,
): void =>
  declare({
    title,
    server: `kafka ${version}`,
    reason: whyNot(findBroker('kafka', version), true),
    start: async () =>
      Promise.resolve({ close: async () => Promise.resolve() }),
    body,
  });

/** Declares a suite on a private Kafka of three brokers, likewise. */
export const describeWithKafkaCluster = (
  title: string,
  body: (cluster: () => KafkaCluster) => void,
): void =>
  declare({
    title,
    server: 'a cluster of kafka',
    reason: whyNot(findBroker('kafka'), true),
    start: startKafkaCluster,
    body,
  });

const declare = <S extends { readonly close: () => Promise<void> }>({
  title,
  server: name,
  reason,
  start,
  body,
}: Suite<S>): void => {
  if (reason === null) {
    describe(title, () => {
      let server: S | null = null;
      beforeAll(async () => {
        server = await start();
      }, START_TIMEOUT_MS);
      afterAll(async () => server?.close(), START_TIMEOUT_MS);
      body(() => {
        if (server === null)
          throw new Error(
            `${name} is not started yet: call this inside a test or a hook`,
          );
        return server;
      });
    });
    return;
  }
  const notice = `"${title}" needs ${name}. ${reason}`;
  if ((process.env['CI'] ?? '') !== '') {
    it(`${title}: ${name} is there in CI`, () => {
      throw new Error(notice);
    });
    return;
  }
  process.stderr.write(`skipped: ${notice}\n`);
  describe.skip(`${title} (skipped: ${reason})`, () =>
    body(() => {
      throw new Error(notice);
    }));
};
