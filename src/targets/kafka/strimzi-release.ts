// Which Strimzi a version of Kafka comes with, and what its resources are called there.
import { minorOf } from '../../brokers/kafka/versions.ts';

export interface StrimziRelease {
  /** Version of the API group `kafka.strimzi.io` that topics and users are written in. */
  readonly api: 'v1' | 'v1beta2';
  /** The first operator that reads it and runs this Kafka; null when none was there yet. */
  readonly from: string | null;
  /** The last one; null when the newest does. */
  readonly to: string | null;
  /** The newest operator that does not know this Kafka yet; null where one does. */
  readonly after: string | null;
}

/**
 * By Kafka's minor version. Source: Strimzi's change log up to 1.2.0. 0.48 let Kafka 3.9 go and 0.49 brought `v1`, so an
 * operator that runs 3.9 knows `v1beta2` only, which 1.0 refuses. 0.51 let 4.0 go, 1.1 let 4.1 go.
 */
const releases: Readonly<Record<string, StrimziRelease>> = {
  '3.9': { api: 'v1beta2', from: '0.45', to: '0.47', after: null },
  '4.0': { api: 'v1', from: '0.49', to: '0.50', after: null },
  '4.1': { api: 'v1', from: '0.49', to: '1.0', after: null },
  '4.2': { api: 'v1', from: '0.51', to: null, after: null },
  '4.3': { api: 'v1', from: '1.1', to: null, after: null },
};

/** Newer Kafkas, which no operator ran when this was written. */
const newer: StrimziRelease = {
  api: 'v1',
  from: null,
  to: null,
  after: '1.2',
};

/** Gives the resources' version and the operators for a cluster of a version of Kafka. */
export function strimziRelease(version: string): StrimziRelease {
  return releases[minorOf(version)] ?? newer;
}
