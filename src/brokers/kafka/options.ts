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
  /** User of people; called after the design when not said, so that designs on one cluster share none. */
  readonly operatorPrincipal: string;
  /** User of the lag exporter, likewise. */
  readonly exporterPrincipal: string;
  /** Users of others whose rights on the design's own things are no drift; `*` is everybody. */
  readonly alsoAllowed: readonly string[];
}

const defaults: Omit<KafkaOptions, 'operatorPrincipal' | 'exporterPrincipal'> =
  {
    securityProtocol: 'SASL_SSL',
    saslMechanism: 'SCRAM-SHA-512',
    clusterName: 'kafka',
    compression: 'gzip',
    client: 'kafkajs',
    groupProtocol: 'classic',
    alsoAllowed: [],
  };

/** Fills in the defaults. The options are valid by `schemas/brokers/kafka.schema.json`, which this list must match. */
export function kafkaOptions({
  name,
  broker: { options },
}: {
  readonly name: string;
  readonly broker: { readonly options: JsonObject };
}): KafkaOptions {
  const design = designUser(name);
  const whole: KafkaOptions = {
    ...defaults,
    operatorPrincipal: `${design}-operator`,
    exporterPrincipal: `${design}-exporter`,
  };
  const chosen = Object.fromEntries(
    Object.entries(whole).map(([key, value]) => [
      key,
      own(options, key) ?? value,
    ]),
  );
  // The schema has checked each value's type and its enumeration.
  return chosen as unknown as KafkaOptions;
}

// A project's name as the beginning of a user's: letters and digits without accents, the rest as hyphens, cut to what
// leaves room for an ending in the 63 characters of a Kubernetes name.
function designUser(name: string): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' ? 'kafka' : plain;
}
