// The schema files of a spec as they were read, and where each reference from one document to another leads.
import type { Pointer } from '../core/pointer.ts';
import type { OuterRef, SchemaDocument } from '../model/schema-document.ts';

export interface SchemaLibrary {
  /** By file. */
  readonly documents: ReadonlyMap<string, SchemaDocument>;
  /** By `linkKey`. */
  readonly links: ReadonlyMap<string, SchemaLink>;
}

/** Where a reference leads, its fragment aside; or why nowhere. */
export type SchemaLink =
  | { readonly file: string; readonly at: Pointer }
  | { readonly problem: string; readonly advice: string };

/** Names a reference that stands in a file; in the spec itself when `from` is null. */
export function linkKey(from: string | null, { path, uri }: OuterRef): string {
  return JSON.stringify([from, path, uri]);
}
