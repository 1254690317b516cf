// Which Kafka a spec means, and what that version has. Facts from the release notes of each minor version.

export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** Newest patch release of each supported minor version, which is also the tag of the image `apache/kafka`. */
const newestPatch: Readonly<Record<string, string>> = {
  '3.9': '3.9.2',
  '4.0': '4.0.2',
  '4.1': '4.1.2',
  '4.2': '4.2.2',
  '4.3': '4.3.1',
  '4.4': '4.4.0',
};

/** The versions that this tool knows, oldest first, as `major.minor`. */
export const supportedVersions: readonly string[] = Object.keys(newestPatch);

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

/** Whether the tool knows this version. */
export function isSupported(text: string): boolean {
  const version = parseVersion(text);
  return (
    version !== null &&
    supportedVersions.includes(`${version.major}.${version.minor}`)
  );
}

/** The full version to run: as written when it names a patch, else the newest patch known. */
export function releaseOf(text: string): string {
  return /^\d+\.\d+\.\d+$/.test(text) ? text : (newestPatch[text] ?? text);
}
