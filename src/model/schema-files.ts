// Names of the published schema files, so that documents and code can point at them.
import { pathSegment } from '../core/artifact.ts';
import { uniqueNames } from '../core/unique-names.ts';
import type { Model } from './model.ts';

/** File names, relative to the folder of the schemas. */
export interface SchemaFiles {
  readonly payload: (event: string, version: number) => string;
  readonly envelope: (event: string, version: number) => string;
  /** Headers that an event has beside its envelope; the same for all its versions. */
  readonly headers: (event: string) => string;
  readonly request: (request: string) => string;
  readonly reply: (request: string) => string;
}

/** Folder of the schema files in the output. */
export const schemaFolder = 'events';

/** Name of the file with the attributes that every envelope has. */
export const envelopeFile = 'cloudevent.schema.json';

/** Chooses the file names of a model's schemas: safe, unique, and independent of the order of the spec. */
export function schemaFiles(model: Model): SchemaFiles {
  const names = [...model.events, ...model.requests].map(({ name }) => name);
  const segments = uniqueNames(names, pathSegment, '-');
  const segment = (name: string): string =>
    segments.get(name) ?? pathSegment(name);
  return {
    payload: (event, version) => `${segment(event)}.v${version}.schema.json`,
    envelope: (event, version) =>
      `${segment(event)}.v${version}.envelope.schema.json`,
    headers: (event) => `${segment(event)}.headers.schema.json`,
    request: (name) => `${segment(name)}.request.schema.json`,
    reply: (name) => `${segment(name)}.reply.schema.json`,
  };
}
