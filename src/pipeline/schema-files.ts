// The schema files that payloads refer to, read once each, and through each other.
import { HostError, type Host } from '../core/host.ts';
import { isJsonObject, own, type JsonObject } from '../core/json.ts';
import {
  readSchemaDocument,
  type OuterRef,
  type SchemaDocument,
} from '../model/schema-document.ts';
import {
  linkKey,
  type SchemaLibrary,
  type SchemaLink,
} from '../resolve/schema-library.ts';
import { readSource } from '../syntax/read-source.ts';
import {
  absoluteProblem,
  foldersNear,
  isAbsolute,
  isOnNetwork,
  normalPath,
  pathsFor,
} from './named-paths.ts';

interface Reading {
  readonly host: Host;
  readonly documents: Map<string, SchemaDocument>;
  readonly links: Map<string, SchemaLink>;
  /** References that no path leads along: they may name a schema by its `$id`. */
  readonly waiting: Waiting[];
}

/** The document that a reference stands in. */
interface From {
  /** Null for the spec. */
  readonly key: string | null;
  readonly file: string;
  readonly uri: string | null;
}

interface Waiting {
  readonly ref: OuterRef;
  readonly from: From;
  readonly problem: SchemaLink;
}

/**
 * Reads every file that a `$ref` in an authored schema names: by a path relative to the file that it stands in (the root
 * spec for schemas in it), or by the `$id` of a schema read, or in a file beside. Problems are values, told where the
 * reference stands.
 */
export function readSchemaFiles(
  host: Host,
  file: string,
  value: JsonObject,
): SchemaLibrary {
  const reading: Reading = {
    host,
    documents: new Map(),
    links: new Map(),
    waiting: [],
  };
  for (const schema of authoredSchemas(value))
    follow(reading, readSchemaDocument(schema), { key: null, file });
  while (reading.waiting.length > 0) {
    // What is found by its `$id` may refer to more.
    for (const waiting of reading.waiting.splice(0)) findById(reading, waiting);
  }
  return reading;
}

function follow(
  reading: Reading,
  document: SchemaDocument,
  at: { readonly key: string | null; readonly file: string },
): void {
  const from: From = { ...at, uri: document.uri };
  for (const ref of document.outer) {
    const key = linkKey(from.key, ref);
    if (reading.links.has(key)) continue;
    const link = byPath(reading, ref.path, from);
    reading.links.set(key, link);
    if ('problem' in link) reading.waiting.push({ ref, from, problem: link });
  }
}

function byPath(reading: Reading, path: string, from: From): SchemaLink {
  if (isAbsolute(path))
    return {
      problem: absoluteProblem,
      advice: 'Write the path relative to the file that refers to it.',
    };
  if (isOnNetwork(path))
    return {
      problem:
        'is on a network, and nothing is fetched while a spec is checked',
      advice:
        'Save the schema beside the spec: refer to the file, or keep its "$id" in it.',
    };
  try {
    return load(reading, reading.host.resolvePath(from.file, path));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const reason = error.message.replace(/^cannot read ".*?": /, '');
    return {
      problem: `cannot be read: ${reason}`,
      advice: 'Write the path relative to the file that refers to it.',
    };
  }
}

/** Reads a file, and what it refers to. Throws: `HostError`. */
function load(reading: Reading, file: string): SchemaLink {
  const key = normalPath(file);
  if (reading.documents.has(key)) return { file: key, at: '' };
  const { value, diagnostics } = readSource(key, reading.host.readText(file));
  if (value === null)
    return {
      problem: `cannot be read: ${diagnostics[0]?.message ?? 'it is not a mapping'}`,
      advice:
        'Correct the file: it has to hold one JSON Schema, as JSON or YAML.',
    };
  const document = readSchemaDocument(value.value);
  reading.documents.set(key, document);
  follow(reading, document, { key, file });
  return { file: key, at: '' };
}

/** Looks for what a reference names by URI: among the schemas read, at the place that the URI leads to, and beside. */
function findById(reading: Reading, { ref, from, problem }: Waiting): void {
  const uri = ref.uri ?? ref.path;
  const found =
    known(reading, uri) ??
    atPlace(reading, uri, from) ??
    beside(reading, uri, from);
  reading.links.set(linkKey(from.key, ref), found ?? lacking(ref, problem));
}

/** Why nothing is found: with an `$id` around it, a reference is no path. */
function lacking({ path, uri }: OuterRef, problem: SchemaLink): SchemaLink {
  return uri === null || uri === path
    ? problem
    : {
        problem: `means ${uri} because of the "$id" around it, and no schema of that "$id" was found`,
        advice:
          'Save that schema beside the one that refers to it, with its "$id" in it.',
      };
}

function known({ documents }: Reading, uri: string): SchemaLink | null {
  for (const [file, { ids }] of documents) {
    const at = ids.get(uri);
    if (at !== undefined) return { file, at };
  }
  return null;
}

function atPlace(reading: Reading, uri: string, from: From): SchemaLink | null {
  for (const path of pathsFor(uri, from.uri)) {
    try {
      const link = load(reading, reading.host.resolvePath(from.file, path));
      if ('file' in link) return link;
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    }
  }
  return null;
}

function beside(reading: Reading, uri: string, from: From): SchemaLink | null {
  for (const pattern of foldersNear(uri, from.uri)) {
    for (const file of filesOf(reading, pattern, from)) {
      if (!mentions(reading, file, uri)) continue;
      load(reading, file);
      const link = known(reading, uri);
      if (link !== null) return link;
    }
  }
  return null;
}

function filesOf(
  { host }: Reading,
  pattern: string,
  from: From,
): readonly string[] {
  try {
    return host.glob(pattern, from.file);
  } catch (error) {
    if (error instanceof HostError) return [];
    throw error;
  }
}

function mentions({ host }: Reading, file: string, uri: string): boolean {
  try {
    return host.readText(file).includes(uri);
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

function authoredSchemas(value: JsonObject): readonly JsonObject[] {
  const members = (section: string): readonly JsonObject[] => {
    const entries = own(value, section);
    return isJsonObject(entries)
      ? Object.values(entries).filter(isJsonObject)
      : [];
  };
  const events = members('events');
  const versions = events.flatMap((event) => {
    const older = own(event, 'versions');
    return isJsonObject(older) ? Object.values(older).filter(isJsonObject) : [];
  });
  const headers = events
    .map((event) => own(event, 'headers'))
    .filter((one) => isJsonObject(one));
  return [...events, ...versions, ...headers, ...members('types')]
    .map((owner) => own(owner, 'schema'))
    .filter((schema) => isJsonObject(schema));
}
