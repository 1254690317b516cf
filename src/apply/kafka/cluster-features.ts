// Which Kafka a cluster runs and which of its features are turned on: asked before anything is changed.
import { HostError } from '../../core/host.ts';
import type { NeededFeature } from '../../brokers/kafka/needed-features.ts';
import { versionOfLevel } from '../../brokers/kafka/versions.ts';
import type { AdminRequest } from './admin-requests.ts';
import { WireReader, WireWriter } from './wire.ts';

export interface ClusterFeatures {
  /** In words, `4.3` or `newer than 4.4`; null when the cluster does not tell, as one that only speaks Kafka's protocol. */
  readonly version: string | null;
  /** Finalized levels by the feature's name. */
  readonly finalized: ReadonlyMap<string, number>;
}

const supportedFeatures = 0;
const finalizedFeatures = 2;

/** ApiVersions in version 3, the first that tells features; it needs no right. */
export function describeFeatures(): AdminRequest<ClusterFeatures> {
  return {
    apiKey: 18,
    apiVersion: 3,
    apiName: 'ApiVersions',
    body: new WireWriter()
      .noTags()
      .compactString('event-arch')
      .compactString('1')
      .noTags()
      .toBuffer(),
    read: readFeatures,
  };
}

function readFeatures(answer: Buffer): ClusterFeatures {
  // Unlike every other answer of a flexible version, this one has no tags in its head.
  const reader = new WireReader(answer);
  const finalized = new Map<string, number>();
  // A broker that does not know version 3 answers an error in the form of version 0.
  if (reader.int16() !== 0) return { version: null, finalized };
  const supported = new Map<string, number>();
  reader.compactArray(() => {
    reader.int16();
    reader.int16();
    reader.int16();
    reader.tags();
  });
  reader.int32();
  reader.tags({
    [supportedFeatures]: () =>
      reader.compactArray(() => {
        const name = reader.compactString() ?? '';
        reader.int16();
        supported.set(name, reader.int16());
        reader.tags();
      }),
    [finalizedFeatures]: () =>
      reader.compactArray(() => {
        const name = reader.compactString() ?? '';
        finalized.set(name, reader.int16());
        reader.int16();
        reader.tags();
      }),
  });
  const level = supported.get('metadata.version');
  return {
    version: level === undefined ? null : versionOfLevel(level),
    finalized,
  };
}

/** What to tell of the cluster's version, given the one that the design is for: sentences. */
export function versionNotices(
  { version }: ClusterFeatures,
  wanted: string,
): readonly string[] {
  if (version === null)
    return [
      `This cluster does not tell its version; the design is for Kafka ${wanted}.`,
    ];
  return version === wanted
    ? []
    : [
        `The design is for Kafka ${wanted}, and this is ${version}: set broker.version to what runs.`,
      ];
}

/** Throws: `HostError` when the cluster tells its features and lacks one that is needed. */
export function refuseLacking(
  { version, finalized }: ClusterFeatures,
  needed: readonly NeededFeature[],
): void {
  if (version === null) return;
  for (const { name, level, since, what } of needed) {
    const has = finalized.get(name) ?? 0;
    if (has < level)
      throw new HostError(
        `${what} needs the features of Kafka ${since}, and this cluster (Kafka ${version}) has ${name} at level ${has}: turn them on by kafka-features.sh upgrade --release-version ${since} or newer, once every broker runs such a version`,
      );
  }
}
