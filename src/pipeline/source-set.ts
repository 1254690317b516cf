// The files of one spec: which part of the merged spec stands in which file, and where.
import type { Diagnostic, Location, Related } from '../core/diagnostic.ts';
import { parentOf, segmentsOf, type Pointer } from '../core/pointer.ts';
import type { SourceDocument } from '../syntax/source-document.ts';

export interface SourceSet {
  /** The root file first, then the included ones in order of reading. */
  readonly documents: readonly SourceDocument[];
}

/** Fills in the places of diagnostics that know only a pointer. */
export function locate(
  sources: SourceSet,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    location:
      diagnostic.location ??
      placeOf(sources, diagnostic.pointer, diagnostic.at),
    related: diagnostic.related.map((related): Related => ({
      ...related,
      location: related.location ?? placeOf(sources, related.pointer, 'value'),
    })),
  }));
}

/** Finds where a pointer stands; without a node of its own it takes the nearest ancestor's place. */
export function placeOf(
  sources: SourceSet,
  at: Pointer,
  part: 'key' | 'value',
): Location | null {
  const [root] = sources.documents;
  if (root === undefined) return null;
  for (let pointer = at; pointer !== ''; pointer = parentOf(pointer)) {
    const owner = sources.documents.find((document) => document.has(pointer));
    if (owner === undefined) continue;
    // A missing part is told at the name of what lacks it, or a long block would be marked.
    const isOwn = pointer === at;
    const isEntity = segmentsOf(pointer).length > 0;
    return {
      file: owner.file,
      range: owner.locate(pointer, isOwn ? part : isEntity ? 'key' : 'value'),
    };
  }
  const firstKey = Object.keys(root.value)[0];
  return {
    file: root.file,
    range: firstKey === undefined ? null : root.locate(`/${firstKey}`, 'key'),
  };
}
