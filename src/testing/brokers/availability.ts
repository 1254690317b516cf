// Which brokers this machine can run for the tests, and how to get those that it cannot.
import { findKafka } from './kafka-files.ts';
import { findPostgresBinaries } from './postgres.ts';
import { findRabbitmq } from './rabbitmq-installation.ts';

/** Servers that the harness starts. */
export type BrokerName = 'kafka' | 'postgresql' | 'rabbitmq';

/** Whether a server can be had here: by starting it, by a given address, or not (with the remedy as a sentence). */
export type Availability =
  | { readonly status: 'given'; readonly variable: string }
  | { readonly status: 'missing'; readonly remedy: string }
  | { readonly status: 'private' };

const VARIABLES: Readonly<Record<BrokerName, string>> = {
  kafka: 'KAFKA_BOOTSTRAP',
  postgresql: 'DATABASE_URL',
  rabbitmq: 'RABBITMQ_URL',
};

const INSTALL = 'Run ".ci/install-brokers" (Debian, as root)';

const REMEDIES: Readonly<Record<BrokerName, string>> = {
  kafka: `${INSTALL} to get Java 17 and the Kafka artifacts, or set KAFKA_BOOTSTRAP to a broker's host:port.`,
  postgresql: `${INSTALL} to get PostgreSQL, or set DATABASE_URL to a database's postgresql:// address.`,
  rabbitmq: `${INSTALL} to get RabbitMQ, or set RABBITMQ_URL and RABBITMQ_MANAGEMENT_URL to a broker's addresses.`,
};

const remedyOf = (broker: BrokerName): string =>
  broker === 'rabbitmq' && (process.env['RABBITMQ_VERSION'] ?? '') !== ''
    ? 'Run ".ci/install-brokers rabbitmq4" (Debian, as root) to get RabbitMQ 4, or unset RABBITMQ_VERSION for the one of the distribution.'
    : REMEDIES[broker];

const isInstalled = (broker: BrokerName, version?: string): boolean => {
  switch (broker) {
    case 'kafka':
      return findKafka(version) !== null;
    case 'postgresql':
      return findPostgresBinaries() !== null;
    case 'rabbitmq':
      return findRabbitmq() !== null;
    default:
      return broker satisfies never;
  }
};

/** Finds out whether `broker` can be used on this machine, without starting it; of Kafka also another version than usual. */
export const findBroker = (
  broker: BrokerName,
  version?: string,
): Availability => {
  const variable = VARIABLES[broker];
  if ((process.env[variable] ?? '') !== '')
    return { status: 'given', variable };
  return isInstalled(broker, version)
    ? { status: 'private' }
    : { status: 'missing', remedy: remedyOf(broker) };
};
