// The manifest of a generated folder: which files are the tool's own, and what they held when it wrote them.
import { hash } from 'node:crypto';
import type { WritePolicy } from '../core/artifact.ts';
import { byCodeUnit } from '../core/artifact.ts';
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';

export const manifestName = '.event-arch.json';

export interface ManifestFile {
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
  readonly target: string;
  readonly policy: WritePolicy;
}

export interface Manifest {
  readonly toolVersion: string;
  /** SHA-256 over the spec's files, hexadecimal. */
  readonly specHash: string;
  readonly files: ReadonlyMap<string, ManifestFile>;
  /**
   * Hashes of what an unfinished run may have written, by path. They are recorded before the first file is written,
   * so that after an interruption each file is known to be the tool's own, old or new.
   */
  readonly pending: ReadonlyMap<string, readonly string[]>;
}

export const emptyManifest: Manifest = {
  toolVersion: '',
  specHash: '',
  files: new Map(),
  pending: new Map(),
};

/** Hashes a text as it is written to disk (UTF-8); SHA-256, hexadecimal. */
export function hashText(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex');
}

/** Writes the manifest as JSON, sorted, with a final newline. */
export function printManifest(manifest: Manifest): string {
  const sorted = <T>(
    map: ReadonlyMap<string, T>,
  ): readonly (readonly [string, T])[] =>
    [...map].toSorted(([left], [right]) => byCodeUnit(left, right));
  const value = {
    '//': 'Written by event-arch: tells which files here are generated and unchanged. Commit it; do not edit it.',
    toolVersion: manifest.toolVersion,
    specHash: manifest.specHash,
    files: Object.fromEntries(sorted(manifest.files)),
    ...(manifest.pending.size > 0 && {
      pending: Object.fromEntries(sorted(manifest.pending)),
    }),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Reads a manifest; null when the text is none. */
export function readManifest(text: string): Manifest | null {
  const value = parseJson(text);
  if (!isJsonObject(value)) return null;
  const files = own(value, 'files');
  if (!isJsonObject(files)) return null;
  const pending = own(value, 'pending');
  return {
    toolVersion: textOf(value, 'toolVersion'),
    specHash: textOf(value, 'specHash'),
    files: new Map(
      Object.entries(files).flatMap(([path, file]) => fileEntry(path, file)),
    ),
    pending: new Map(
      isJsonObject(pending)
        ? Object.entries(pending).flatMap(([path, hashes]) =>
            pendingEntry(path, hashes),
          )
        : [],
    ),
  };
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

const textOf = (value: JsonObject, key: string): string => {
  const found = own(value, key);
  return typeof found === 'string' ? found : '';
};

function fileEntry(
  path: string,
  file: JsonValue,
): readonly (readonly [string, ManifestFile])[] {
  if (!isJsonObject(file)) return [];
  const policy =
    own(file, 'policy') === 'create-once' ? 'create-once' : 'overwrite';
  return [
    [
      path,
      { hash: textOf(file, 'hash'), target: textOf(file, 'target'), policy },
    ],
  ];
}

function pendingEntry(
  path: string,
  hashes: JsonValue,
): readonly (readonly [string, readonly string[]])[] {
  return Array.isArray(hashes)
    ? [[path, hashes.filter((hash) => typeof hash === 'string')]]
    : [];
}
