import { afterEach, expect, it, vi } from 'vitest';
import { findBroker } from './availability.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('prefers a given broker to one of its own', () => {
  vi.stubEnv('KAFKA_BOOTSTRAP', 'broker.test:9092');
  vi.stubEnv('RABBITMQ_URL', 'amqp://guest:guest@broker.test');
  vi.stubEnv('DATABASE_URL', 'postgresql://postgres@database.test/postgres');
  expect(findBroker('kafka')).toEqual({
    status: 'given',
    variable: 'KAFKA_BOOTSTRAP',
  });
  expect(findBroker('rabbitmq')).toEqual({
    status: 'given',
    variable: 'RABBITMQ_URL',
  });
  expect(findBroker('postgresql')).toEqual({
    status: 'given',
    variable: 'DATABASE_URL',
  });
});

it('tells how to get Kafka where its artifacts are missing', () => {
  vi.stubEnv('KAFKA_BOOTSTRAP', '');
  vi.stubEnv('EVENT_ARCH_CACHE', '/nowhere');
  expect(findBroker('kafka')).toEqual({
    status: 'missing',
    remedy:
      'Run ".ci/install-brokers" (Debian, as root) to get Java 17 and the Kafka artifacts, or set KAFKA_BOOTSTRAP to a broker\'s host:port.',
  });
});

it('tells how to get RabbitMQ where Erlang is missing', () => {
  vi.stubEnv('RABBITMQ_URL', '');
  vi.stubEnv('RABBITMQ_VERSION', '');
  vi.stubEnv('PATH', '/nowhere');
  expect(findBroker('rabbitmq')).toEqual({
    status: 'missing',
    remedy:
      'Run ".ci/install-brokers" (Debian, as root) to get RabbitMQ, or set RABBITMQ_URL and RABBITMQ_MANAGEMENT_URL to a broker\'s addresses.',
  });
});

it('tells how to get the newer RabbitMQ where its folder is missing', () => {
  vi.stubEnv('RABBITMQ_URL', '');
  vi.stubEnv('RABBITMQ_VERSION', '4');
  vi.stubEnv('EVENT_ARCH_CACHE', '/nowhere');
  expect(findBroker('rabbitmq')).toMatchObject({ status: 'missing' });
  expect(findBroker('rabbitmq')).toHaveProperty(
    'remedy',
    expect.stringContaining('".ci/install-brokers rabbitmq4"'),
  );
});
