// The options of `broker: { kind: kafka, options: … }`, with their defaults filled in.
import { own } from '../../core/json.ts';
import type { JsonObject } from '../../core/json.ts';

export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

export interface KafkaOptions {
  readonly securityProtocol: 'SASL_SSL' | 'SASL_PLAINTEXT';
  readonly saslMechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256';
  /** Name of the Strimzi `Kafka` resource. */
  readonly clusterName: string;
  readonly compression: Compression;
  readonly client: 'kafkajs' | 'platformatic';
  /** `consumer` is the protocol of KIP-848. */
  readonly groupProtocol: 'classic' | 'consumer';
  readonly operatorPrincipal: string;
  readonly exporterPrincipal: string;
  /** Users of others whose rights on the design's own things are no drift; `*` is everybody. */
  readonly alsoAllowed: readonly string[];
}

const defaults: KafkaOptions = {
  securityProtocol: 'SASL_SSL',
  saslMechanism: 'SCRAM-SHA-512',
  clusterName: 'kafka',
  compression: 'gzip',
  client: 'kafkajs',
  groupProtocol: 'classic',
  operatorPrincipal: 'kafka-operator',
  exporterPrincipal: 'kafka-exporter',
  alsoAllowed: [],
};

/** Fills in the defaults. The options are valid by `schemas/brokers/kafka.schema.json`, which this list must match. */
export function kafkaOptions(options: JsonObject): KafkaOptions {
  const chosen = Object.fromEntries(
    Object.entries(defaults).map(([key, value]) => [
      key,
      own(options, key) ?? value,
    ]),
  );
  // The schema has checked each value's type and its enumeration.
  return chosen as unknown as KafkaOptions;
}
