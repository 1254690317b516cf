// Edits to the files of a spec: each goes to the file that holds its siblings. Changes texts only, no disk.
import { largest } from '../../../core/lists.ts';
import type { Host } from '../../../core/host.ts';
import { isJsonObject, own, type JsonValue } from '../../../core/json.ts';
import { pointer } from '../../../core/pointer.ts';
import type { SourceSet } from '../../../pipeline/source-set.ts';
import { loadSpec } from '../../../pipeline/load-spec.ts';
import { insertEntry } from '../../../syntax/insert-entry.ts';
import type { SourceDocument } from '../../../syntax/source-document.ts';
import { specSchema } from '../schema/run.ts';
import type { Edit } from './plan-edits.ts';

export type Edited =
  /** New texts by file. */
  | { readonly texts: ReadonlyMap<string, string> }
  | { readonly problem: string };

export interface EditOptions {
  readonly file: string;
  /** Where new entries go, when the author says so. */
  readonly into: string | null;
}

/** Applies edits one after the other. Throws: `HostError` when a file cannot be read. */
export function applyEdits(
  host: Host,
  edits: readonly Edit[],
  { file, into }: EditOptions,
): Edited {
  const texts = new Map<string, string>();
  const order = topLevelNames();
  for (const edit of edits) {
    const { sources } = loadSpec(overlaid(host, texts), file, texts.get(file));
    const document = fileFor(sources, edit, into);
    if (document === null)
      return { problem: `"${into ?? file}" is no file of this spec` };
    const result = insertEntry(document.text, { ...edit, order });
    if ('problem' in result) return { problem: told(result, document, edit) };
    texts.set(document.file, result.text);
  }
  return { texts };
}

/** Reads some files from texts instead of the disk. */
export function overlaid(host: Host, texts: ReadonlyMap<string, string>): Host {
  return {
    ...host,
    readText: (path) => texts.get(path) ?? host.readText(path),
  };
}

/** The sections in the order of the language. */
export function topLevelNames(): readonly string[] {
  const properties = own(specSchema(), 'properties');
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

function told(
  result: {
    readonly problem: 'taken' | 'closed';
    readonly at: readonly string[];
  },
  { file }: SourceDocument,
  { path }: Edit,
): string {
  const name = path.join('.');
  if (result.problem === 'taken')
    return `"${name}" is in "${file}" already; edit it there`;
  const at = result.at.join('.');
  return `"${at}" in "${file}" is no mapping that "${name}" could be added to: write it in its long form first`;
}

/** The file with the deepest part of the path; of several, the one that speaks most of what the entry names. */
function fileFor(
  { documents }: SourceSet,
  { path, value }: Edit,
  into: string | null,
): SourceDocument | null {
  const depthOf = (document: SourceDocument): number => {
    let depth = 0;
    while (
      depth < path.length &&
      document.has(pointer(...path.slice(0, depth + 1)))
    )
      depth += 1;
    return depth;
  };
  const deepest = largest(documents.map(depthOf));
  // What is under a name that is there already can only go where that is.
  const candidates = documents.filter(
    (document) => depthOf(document) === deepest,
  );
  if (into !== null && deepest < 2)
    return documents.find((document) => document.file === into) ?? null;
  const words = new Set([...path.slice(1), ...textsIn(value)]);
  const score = (document: SourceDocument): number =>
    Object.values(document.value)
      .flatMap((section) => (isJsonObject(section) ? Object.keys(section) : []))
      .filter((name) => words.has(name)).length;
  return (
    candidates.toSorted((left, right) => score(right) - score(left))[0] ?? null
  );
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((part) => textsIn(part));
}
