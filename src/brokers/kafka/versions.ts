// Which Kafka a spec means, and what that version has. Facts from the release notes of each minor version.

export interface Version {
  readonly major: number;
  readonly minor: number;
}

interface Release {
  /** Newest patch release, which is also the tag of the image `apache/kafka`. */
  readonly patch: string;
  /** The newest level of the feature `metadata.version` that it has for production; clusters tell no other version. */
  readonly metadataLevel: number;
}

const releases: Readonly<Record<string, Release>> = {
  '3.9': { patch: '3.9.2', metadataLevel: 21 },
  '4.0': { patch: '4.0.2', metadataLevel: 25 },
  '4.1': { patch: '4.1.2', metadataLevel: 27 },
  '4.2': { patch: '4.2.2', metadataLevel: 29 },
  '4.3': { patch: '4.3.1', metadataLevel: 30 },
  '4.4': { patch: '4.4.0', metadataLevel: 33 },
};

/** The versions that this tool knows, oldest first, as `major.minor`. */
export const supportedVersions: readonly string[] = Object.keys(releases);

/** The version that a design is made for whose spec names none: the newest that has had a patch release. */
export const currentVersion = '4.3';

/** The newest metadata level of each version, oldest first. */
export const metadataLevels: readonly {
  readonly version: string;
  readonly level: number;
}[] = Object.entries(releases).map(([version, { metadataLevel }]) => ({
  version,
  level: metadataLevel,
}));

/** Tells in words which version has this as its newest metadata level: `4.3`, `older than 3.9` or `newer than 4.4`. */
export function versionOfLevel(level: number): string {
  const [oldest] = metadataLevels;
  if (oldest !== undefined && level < oldest.level)
    return `older than ${oldest.version}`;
  // A version has several levels; brokers of a preview tell an early one.
  const found = metadataLevels.find((known) => level <= known.level);
  return found?.version ?? `newer than ${supportedVersions.at(-1) ?? ''}`;
}

/** Reads `major.minor` or `major.minor.patch`; null for any other text. */
export function parseVersion(text: string): Version | null {
  const match = /^(\d+)\.(\d+)(\.\d+)?$/.exec(text);
  return match === null
    ? null
    : { major: Number(match[1]), minor: Number(match[2]) };
}

/** Whether a version is at least `major.minor`. A version that cannot be read is taken for the newest. */
export function isAtLeast(text: string, major: number, minor: number): boolean {
  const version = parseVersion(text);
  if (version === null) return true;
  if (version.major !== major) return version.major > major;
  return version.minor >= minor;
}

/** `major.minor` of a version, or the text itself when it cannot be read. */
export function minorOf(text: string): string {
  const version = parseVersion(text);
  return version === null ? text : `${version.major}.${version.minor}`;
}

/** Whether the tool knows this version. */
export function isSupported(text: string): boolean {
  return supportedVersions.includes(minorOf(text));
}

/** The full version to run: as written when it names a patch, else the newest patch known. */
export function releaseOf(text: string): string {
  return /^\d+\.\d+\.\d+$/.test(text) ? text : (releases[text]?.patch ?? text);
}
