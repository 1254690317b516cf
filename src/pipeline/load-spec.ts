// Files to one raw value: the root file, what it includes, and the schema files that payloads refer to.
import { append } from '../core/lists.ts';
import { HostError, type Host } from '../core/host.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { pointer } from '../core/pointer.ts';
import { readSource } from '../syntax/read-source.ts';
import type { SourceDocument } from '../syntax/source-document.ts';
import { describePlace } from '../schema/describe.ts';
import { validateSource } from '../schema/validate-source.ts';
import { loadDiagnostics } from './diagnostics.ts';
import { absoluteProblem, isAbsolute, normalPath } from './named-paths.ts';
import type { SourceSet } from './source-set.ts';

export interface LoadedSpec {
  /** The merged value; null when a file cannot be read as YAML or is refused by the schema. */
  readonly value: JsonObject | null;
  /** The merged value of a spec with which nothing is wrong but what the schema refuses in it; else null. */
  readonly refused: JsonObject | null;
  readonly sources: SourceSet;
  readonly diagnostics: readonly Diagnostic[];
}

interface Loading {
  readonly host: Host;
  readonly documents: SourceDocument[];
  readonly diagnostics: Diagnostic[];
}

/**
 * Loads a spec with everything that it includes. `text`: the root's text when it does not come from a file.
 * Reports: `syntax/*`, `schema/*`, `load/*`. Throws: `HostError` when the root file cannot be read.
 */
export function loadSpec(host: Host, file: string, text?: string): LoadedSpec {
  const loading: Loading = { host, documents: [], diagnostics: [] };
  readOne(loading, { file, text: text ?? host.readText(file) }, []);
  const [root] = loading.documents;
  const isReadable = root !== undefined && errorsOf(loading).every(isOfSchema);
  const isSound = errorsOf(loading).length === 0;
  const value = isReadable ? merge(loading) : null;
  if (isSound && value !== null) checkWhole(loading, value);
  const errors = errorsOf(loading);
  return {
    value: errors.length === 0 ? value : null,
    refused: errors.length > 0 && errors.every(isOfSchema) ? value : null,
    sources: { documents: loading.documents },
    diagnostics: loading.diagnostics,
  };
}

const errorsOf = ({ diagnostics }: Loading): readonly Diagnostic[] =>
  diagnostics.filter(({ severity }) => severity === 'error');

const isOfSchema = ({ code }: Diagnostic): boolean =>
  code.startsWith('schema/');

function readOne(
  loading: Loading,
  source: { file: string; text: string },
  path: readonly string[],
): void {
  const { value: document, diagnostics } = readSource(source.file, source.text);
  append(loading.diagnostics, diagnostics);
  if (document === null) return;
  loading.documents.push(document);
  const checked = validateSource(
    document.value,
    isRoot(document, path) ? 'whole' : 'part',
  );
  for (const diagnostic of checked) {
    const range = document.has(diagnostic.pointer)
      ? document.locate(diagnostic.pointer, diagnostic.at)
      : document.locate(diagnostic.pointer, 'key');
    loading.diagnostics.push({
      ...diagnostic,
      location: { file: source.file, range },
    });
  }
  for (const { pattern, at } of includesOf(document.value)) {
    const place = {
      pointer: at,
      location: { file: source.file, range: document.locate(at, 'value') },
    };
    include(loading, { from: source.file, pattern, place }, [
      ...path,
      source.file,
    ]);
  }
}

/** What a root lacks may stand in the files that it includes, so those are read first. */
const isRoot = (document: SourceDocument, path: readonly string[]): boolean =>
  path.length === 0 && includesOf(document.value).length === 0;

function checkWhole(loading: Loading, value: JsonObject): void {
  const [root, ...included] = loading.documents;
  if (root === undefined || included.length === 0) return;
  for (const diagnostic of validateSource(value, 'whole')) {
    loading.diagnostics.push({
      ...diagnostic,
      location: { file: root.file, range: { start: 0, end: 0 } },
    });
  }
}

interface Include {
  readonly from: string;
  readonly pattern: string;
  readonly place: {
    readonly pointer: string;
    readonly location: {
      readonly file: string;
      readonly range: { start: number; end: number } | null;
    };
  };
}

function includesOf(
  value: JsonObject,
): readonly { pattern: string; at: string }[] {
  const include = Object.hasOwn(value, 'include')
    ? value['include']
    : undefined;
  if (typeof include === 'string')
    return [{ pattern: include, at: pointer('include') }];
  if (!Array.isArray(include)) return [];
  return (include as readonly JsonValue[]).flatMap((pattern, index) =>
    typeof pattern === 'string'
      ? [{ pattern, at: pointer('include', index) }]
      : [],
  );
}

function include(
  loading: Loading,
  { from, pattern, place }: Include,
  path: readonly string[],
): void {
  const notFound = (reason: string): void => {
    loading.diagnostics.push(
      loadDiagnostics.make('include-not-found', place, {
        pattern,
        reason,
        file: from,
      }),
    );
  };
  const refusal = refusalOf(pattern);
  if (refusal !== null) return notFound(refusal);
  try {
    const files = loading.host.glob(pattern, from);
    if (files.length === 0) notFound('no file matches it');
    for (const file of files) {
      if (path.includes(file)) {
        const circle = [...path.slice(path.indexOf(file)), file].join(' -> ');
        loading.diagnostics.push(
          loadDiagnostics.make('include-circle', place, { file, path: circle }),
        );
      } else if (
        !loading.documents.some((document) => document.file === file)
      ) {
        readOne(loading, { file, text: loading.host.readText(file) }, path);
      }
    }
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    notFound(error.message.replace(/^cannot search ".*": /, ''));
  }
}

/** What of a pattern is refused before anything is looked for. */
function refusalOf(pattern: string): string | null {
  if (isAbsolute(pattern)) return `it ${absoluteProblem}`;
  const segments = pattern.split('/').filter((segment) => segment !== '.');
  const steps = (path: readonly string[]): number =>
    path.findIndex((segment) => segment !== '..');
  return steps(normalPath(pattern).split('/')) > steps(segments)
    ? 'it leaves the folder behind a name; write every ".." at its beginning'
    : null;
}

/** Sections whose entries have names; other sections come from one file. */
const isSection = (value: JsonValue | undefined): value is JsonObject =>
  isJsonObject(value);
const singular: ReadonlySet<string> = new Set([
  'context',
  'guarantees',
  'broker',
  'eventStore',
]);

/** Merges the files' sections; a name that two of them define is told with both places. */
function merge(loading: Loading): JsonObject {
  if (loading.documents.length === 1) return loading.documents[0]?.value ?? {};
  const merged: Record<string, JsonValue> = {};
  const definedIn = new Map<string, SourceDocument>();
  for (const document of loading.documents) {
    for (const [section, value] of Object.entries(document.value)) {
      if (!ofEveryFile.has(section))
        for (const name of namesIn(section, value)) {
          const key = `${section}\n${name}`;
          const first = definedIn.get(key);
          if (first === undefined) definedIn.set(key, document);
          else reportTwice(loading, { section, name, first, second: document });
        }
      merged[section] = joined(section, merged[section], value);
    }
  }
  return merged;
}

/** What each file may say for itself. */
const ofEveryFile: ReadonlySet<string> = new Set(['include', 'eventArch']);

const isNamed = (
  section: string,
  value: JsonValue | undefined,
): value is JsonObject =>
  isSection(value) && !singular.has(section) && !ofEveryFile.has(section);

/** The names that a file defines in a section; a section without names is one thing. */
const namesIn = (section: string, value: JsonValue): readonly string[] =>
  isNamed(section, value) ? Object.keys(value) : [''];

/** What two files say of a section, the first before the second; always a new object, the documents' own stay as they are. */
function joined(
  section: string,
  known: JsonValue | undefined,
  value: JsonValue,
): JsonValue {
  return isNamed(section, value) && isSection(known)
    ? { ...value, ...known }
    : (known ?? value);
}

function reportTwice(
  loading: Loading,
  found: {
    section: string;
    name: string;
    first: SourceDocument;
    second: SourceDocument;
  },
): void {
  const { section, name, first, second } = found;
  const at = name === '' ? pointer(section) : pointer(section, name);
  const firstPlace = { file: first.file, range: first.locate(at, 'key') };
  loading.diagnostics.push(
    loadDiagnostics.make(
      'duplicate-definition',
      {
        pointer: at,
        at: 'key',
        location: { file: second.file, range: second.locate(at, 'key') },
        related: [
          {
            message: `${describePlace(at)} is defined here first`,
            pointer: at,
            location: firstPlace,
          },
        ],
      },
      {
        what: describePlace(at),
        first: first.file,
        second: second.file,
        advice:
          name === ''
            ? 'Keep one of the two.'
            : 'Keep one of the two, or give them different names.',
      },
    ),
  );
}
