// What each RabbitMQ version can do. Sources: the release notes of 3.10 to 4.3 and imports tried on 3.10.8.

/** Versions that configuration is made for, oldest first. */
export const knownVersions: readonly string[] = [
  '3.10',
  '3.11',
  '3.12',
  '3.13',
  '4.0',
  '4.1',
  '4.2',
  '4.3',
];

export interface Features {
  /** Policies with `delayed-retry-type` (4.3; before, the import answers 400). */
  readonly hasDelayedRetry: boolean;
  /** Policy key `target-group-size`, by which a queue grows to its size when nodes join (3.13). */
  readonly hasTargetGroupSize: boolean;
  /** `cluster_partition_handling` decides something: the metadata store may still be Mnesia (before 4.3). */
  readonly hasPartitionHandling: boolean;
  /** `basic.nack` with requeue counts towards the delivery limit (before 4.3; `basic.reject` always does). */
  readonly countsNack: boolean;
}

/** Reads `major.minor` of a version such as `4.1` or `3.13.7`; null when it is not one. */
export function majorMinor(version: string): string | null {
  const match = /^(\d+)\.(\d+)(?:\.\d+)?$/.exec(version);
  return match === null ? null : `${match[1]}.${match[2]}`;
}

/** Tells what a version can do; one that is not known counts as the nearest known one below it, or the oldest. */
export function featuresOf(version: string): Features {
  const atLeast = (wanted: string): boolean => order(version) >= order(wanted);
  return {
    hasDelayedRetry: atLeast('4.3'),
    hasTargetGroupSize: atLeast('3.13'),
    hasPartitionHandling: !atLeast('4.3'),
    countsNack: !atLeast('4.3'),
  };
}

const order = (version: string): number => {
  const [major, minor] = (majorMinor(version) ?? '0.0').split('.');
  return Number(major) * 1000 + Number(minor);
};
