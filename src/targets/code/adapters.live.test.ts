// The contract suites of the generated runtime, passed by every adapter on a real server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import type { Model } from '../../model/model.ts';
import { linkPackages } from '../../testing/code-packages.ts';
import { compileProject } from '../../testing/compile-project.ts';
import { planCode, writeProject } from '../../testing/generated-project.ts';
import { loadModel } from '../../testing/load-model.ts';
import {
  kurrentShop,
  startSimulatedKurrent,
} from '../../testing/simulated-kurrent.ts';
import { platformaticShop } from '../../testing/platformatic-shop.ts';
import { newerNode } from '../../testing/newer-node.ts';
import {
  runProjectTests,
  type ProjectRun,
} from '../../testing/run-project-tests.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A project in a folder, compiled. */
function compiled(model: Model): string {
  const folder = mkdtempSync(join(tmpdir(), 'event-arch-adapters-'));
  folders.push(folder);
  writeProject(folder, planCode(model));
  linkPackages(folder);
  expect(compileProject(folder)).toEqual([]);
  return folder;
}

const only =
  (wanted: string) =>
  (name: string): boolean =>
    name === wanted;

describe('adapters of the generated code', () => {
  let rabbitProject = '';
  let kafkaProject = '';
  let platformaticProject = '';
  beforeAll(() => {
    rabbitProject = compiled(loadModel('shop', 'rabbitmq'));
    kafkaProject = compiled(loadModel('shop', 'kafka'));
    platformaticProject = compiled(platformaticShop());
  }, 600_000);

  describeWithBroker('rabbitmq', 'amqplib on RabbitMQ', (rabbitmq) => {
    it('passes the contract of a broker', async () => {
      const run = await runProjectTests({
        folder: rabbitProject,
        isWanted: only('runtime/rabbitmq/rabbit-broker.test'),
        environment: { TEST_RABBITMQ_URL: rabbitmq().amqpUrl() },
      });
      expect(run.failures).toBe('');
      expect(run.suites).toEqual({
        'rabbitmq broker': 7,
        'rabbitmq lanes': 1,
        'the slot of a key': 2,
      });
    }, 600_000);
  });

  describeWithBroker('kafka', 'clients of Kafka', (kafka) => {
    const contract = async (
      folder: string,
      tests: readonly string[],
      node: string,
    ): Promise<ProjectRun> =>
      runProjectTests({
        folder,
        isWanted: (name) =>
          tests.some((test) => name === `runtime/kafka/${test}`),
        node,
        environment: {
          TEST_KAFKA_BROKERS: kafka().bootstrap,
          KAFKA_USERNAME: kafka().admin.username,
          KAFKA_PASSWORD: kafka().admin.password,
        },
      });

    it('pass the contract of a broker: kafkajs', async () => {
      const run = await contract(
        kafkaProject,
        ['kafkajs-client.test', 'while-beating.test'],
        process.execPath,
      );
      expect(run.failures).toBe('');
      expect(run.suites).toEqual({
        'kafkajs broker': 7,
        'work with heartbeats': 4,
      });
    }, 600_000);

    it('pass the contract of a broker: @platformatic/kafka, on a newer Node', async () => {
      const run = await contract(
        platformaticProject,
        ['platformatic-client.test', 'partition-lanes.test'],
        newerNode(),
      );
      expect(run.failures).toBe('');
      expect(run.suites).toMatchObject({
        '@platformatic/kafka broker': 7,
        'the partitions of a consumer': 5,
      });
    }, 600_000);
  });

  describeWithBroker('postgresql', 'pg on PostgreSQL', (postgres) => {
    it('passes what pglite passes: event store, outbox, inbox and the system as a whole', async () => {
      const run = await runProjectTests({
        folder: kafkaProject,
        isWanted: (name) =>
          !name.startsWith('runtime/kafka/') && !/^app\/.*\//.test(name),
        environment: { TEST_DATABASE_URL: postgres().url() },
      });
      expect(run.failures).toBe('');
      expect(run.suites).toMatchObject({
        'in-memory event store': 6,
        'pglite event store': 6,
        'PostgreSQL event store': 6,
        'transactions on pglite': 6,
        'transactions on PostgreSQL': 7,
        'work in parallel': 6,
        'outbox relay on pglite': 4,
        'outbox relay on PostgreSQL': 5,
        'online-shop on pglite': 1,
        'online-shop on PostgreSQL': 1,
        'in-memory broker': 6,
      });
    }, 600_000);
  });

  it('pass the contract of an event log: the client of KurrentDB on a simulated server', async () => {
    const folder = compiled(kurrentShop());
    const server = await startSimulatedKurrent(folder);
    try {
      const run = await runProjectTests({
        folder,
        isWanted: (name) =>
          name.startsWith('runtime/kurrentdb/') ||
          name.startsWith('runtime/event-log/') ||
          name.startsWith('app/'),
        environment: { TEST_EVENTSTORE_URL: server.url },
      });
      expect(run.failures).toBe('');
      expect(run.suites).toMatchObject({
        'KurrentDB event store': 6,
        'KurrentDB event log': 2,
        'in-memory log event log': 2,
        'event log relay on pglite': 1,
        'a unit of work on an event log': 2,
        'saga fulfilment': 4,
      });
    } finally {
      server.close();
    }
  }, 600_000);
});
