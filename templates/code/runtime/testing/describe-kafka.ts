// The contract of a broker on a real Kafka, where TEST_KAFKA_BROKERS names one, for one client library.
import { describe, it } from 'node:test';
import { KafkaBroker } from '../kafka/kafka-broker.js';
import type {
  KafkaClientFactory,
  KafkaClientOptions,
} from '../kafka/kafka-client.js';
import { kafkaSecurity } from '../kafka/kafka-security.js';
import { silentLogger } from '../operations/logger.js';
import { describeBroker } from './broker-contract.js';
import { kafkaTopics } from './kafka-topology.js';

/** A client library under test. */
export interface KafkaClientUnderTest {
  readonly name: string;
  readonly createClient: KafkaClientFactory;
  /** Creates topics, with a principal who may. */
  readonly createTopics: (
    options: KafkaClientOptions,
    topics: readonly string[],
  ) => Promise<void>;
  /** Why the library cannot be tested here; null where it can. */
  readonly skip: string | null;
}

/** Registers the suite. */
export function describeKafka(target: KafkaClientUnderTest): void {
  const { name, createClient, createTopics } = target;
  const url = process.env['TEST_KAFKA_BROKERS'];
  if (url === undefined || target.skip !== null) {
    const skip =
      target.skip ?? 'set TEST_KAFKA_BROKERS to run the contract on Kafka';
    describe(`${name} broker`, () => {
      it('needs a broker', { skip }, () => undefined);
    });
    return;
  }
  const connection = {
    url,
    clientId: 'contract',
    logger: silentLogger,
    environment: process.env,
  };
  describeBroker({
    name,
    declare: (topology) =>
      createTopics(
        {
          brokers: url.split(','),
          clientId: 'contract',
          ...kafkaSecurity(process.env),
        },
        kafkaTopics(topology),
      ),
    connect: () => KafkaBroker.connect(createClient, connection),
    refusesUnroutable: true,
  });
}
