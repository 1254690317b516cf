// What each RabbitMQ version can do. Sources: the release notes of 3.10 to 4.3, and tests on 3.10.8 and 4.3.6.
import type { Policy } from './topology.ts';

/** Newest patch release of each version that is known here, which is also the tag of the image `rabbitmq`. */
const newestPatch: Readonly<Record<string, string>> = {
  '3.10': '3.10.25',
  '3.11': '3.11.28',
  '3.12': '3.12.14',
  '3.13': '3.13.7',
  '4.0': '4.0.9',
  '4.1': '4.1.8',
  '4.2': '4.2.9',
  '4.3': '4.3.6',
};

/** Versions that configuration is made for, oldest first. */
export const knownVersions: readonly string[] = Object.keys(newestPatch);

/** The version that a design is made for whose spec names none: the newest, and the one with community support. */
export const currentVersion = '4.3';

/** The first version that knows a policy key which older ones refuse with the whole import. */
const policyKeySince: Readonly<Record<string, string>> = {
  'delayed-retry-max': '4.3',
  'delayed-retry-min': '4.3',
  'delayed-retry-type': '4.3',
  'target-group-size': '3.13',
};

export interface Features {
  /** Policies with `delayed-retry-type` (4.3; before, the import answers 400). */
  readonly hasDelayedRetry: boolean;
  /** Policy key `target-group-size`, by which a queue grows to its size when nodes join (3.13). */
  readonly hasTargetGroupSize: boolean;
  /** `cluster_partition_handling` decides something: the metadata store may still be Mnesia (before 4.3). */
  readonly hasPartitionHandling: boolean;
  /** `basic.nack` with requeue counts towards the delivery limit (before 4.3; `basic.reject` always does). */
  readonly countsNack: boolean;
  /** A delivery that waits too long for its settlement cancels the consumer (4.3); before, it closes the channel. */
  readonly cancelsOnTimeout: boolean;
}

/** Reads `major.minor` of a version such as `4.1` or `3.13.7`; null when it is not one. */
export function majorMinor(version: string): string | null {
  const match = /^(\d+)\.(\d+)(?:\.\d+)?$/.exec(version);
  return match === null ? null : `${match[1]}.${match[2]}`;
}

/** Tells what a version can do; one that is not known counts as the nearest known one below it, or the oldest. */
export function featuresOf(version: string): Features {
  const atLeast = (wanted: string): boolean => isAtLeast(version, wanted);
  return {
    hasDelayedRetry: atLeast('4.3'),
    hasTargetGroupSize: atLeast('3.13'),
    hasPartitionHandling: !atLeast('4.3'),
    countsNack: !atLeast('4.3'),
    cancelsOnTimeout: atLeast('4.3'),
  };
}

/** Tells whether a version is the wanted one or newer; both `major.minor`, a patch is not looked at. */
export function isAtLeast(version: string, wanted: string): boolean {
  return order(version) >= order(wanted);
}

/** The full version to run: as written when it names a patch, else the newest patch known. */
export function releaseOf(version: string): string {
  return newestPatch[version] ?? version;
}

/** What the oldest broker needs that takes some policies. */
export interface NeededVersion {
  /** `major.minor`. */
  readonly version: string;
  /** The policy key that an older one does not know. */
  readonly policyKey: string;
}

/** Finds the oldest broker that takes these policies; null when every known one does. */
export function neededVersion(
  policies: readonly Pick<Policy, 'definition'>[],
): NeededVersion | null {
  const keys = new Set(
    policies.flatMap(({ definition }) => Object.keys(definition)),
  );
  const found = [...keys]
    .map((policyKey) => ({ policyKey, version: policyKeySince[policyKey] }))
    .filter((one): one is NeededVersion => one.version !== undefined)
    .toSorted((left, right) => order(right.version) - order(left.version));
  return found[0] ?? null;
}

const order = (version: string): number => {
  const [major, minor] = (majorMinor(version) ?? '0.0').split('.');
  return Number(major) * 1000 + Number(minor);
};
