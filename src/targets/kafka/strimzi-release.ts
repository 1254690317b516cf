// Which Strimzi a version of Kafka comes with, and what its resources are called there.
import { isAtLeast } from '../../brokers/kafka/versions.ts';

export interface StrimziRelease {
  /** Version of the API group `kafka.strimzi.io` that topics and users are written in. */
  readonly api: 'v1' | 'v1beta2';
  /** The operators that read it and run this Kafka, for people. */
  readonly operators: string;
}

/**
 * Gives the resources' version for a cluster of a version of Kafka. Source: Strimzi's release notes. 0.48 let Kafka 3.9 go
 * and 0.49 brought `v1`, so an operator that runs 3.9 knows `v1beta2` only, which 1.0 refuses.
 */
export function strimziRelease(version: string): StrimziRelease {
  return isAtLeast(version, 4, 0)
    ? { api: 'v1', operators: 'Strimzi from 0.49' }
    : { api: 'v1beta2', operators: 'Strimzi 0.45 to 0.47' };
}
