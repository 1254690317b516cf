// Features that a cluster must have turned on for a design. A cluster that was upgraded may run a new version with old
// features, so these count, and not the version.
import type { KafkaOptions } from './options.ts';

export interface NeededFeature {
  /** As `kafka-features.sh describe` lists it. */
  readonly name: string;
  /** The lowest finalized level that will do. */
  readonly level: number;
  /** The version of Kafka whose features have it. */
  readonly since: string;
  /** What needs it, as the subject of a sentence. */
  readonly what: string;
}

/** Gives what a design needs beyond what every cluster has. */
export function neededFeatures(
  { groupProtocol }: Pick<KafkaOptions, 'groupProtocol'>,
  { makesUsers }: { readonly makesUsers: boolean },
): readonly NeededFeature[] {
  return [
    // KIP-900: before 3.5-IV2, KRaft keeps no SCRAM credentials, and refuses the first user after the topics are made.
    ...(makesUsers
      ? [
          {
            name: 'metadata.version',
            level: 11,
            since: '3.5',
            what: 'making users who log in by SCRAM',
          },
        ]
      : []),
    ...(groupProtocol === 'consumer'
      ? [
          {
            name: 'group.version',
            level: 1,
            since: '4.0',
            what: 'broker.options.groupProtocol: consumer',
          },
        ]
      : []),
  ];
}
