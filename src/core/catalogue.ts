// Typed catalogues of diagnostics: each stage declares its own codes and can report no others.
import type { Change } from './change.ts';
import type {
  Diagnostic,
  DiagnosticCode,
  Related,
  Severity,
} from './diagnostic.ts';
import type { Pointer } from './pointer.ts';

/** One declared problem. Placeholders are written `{name}`; hint may use the same ones. */
export interface Entry {
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string | null;
  /** Two or three sentences for `docs/diagnostics.md` and `explain`: why this is a problem. */
  readonly why: string;
}

export type Entries = Readonly<Record<string, Entry>>;

type Placeholders<T extends string> =
  T extends `${string}{${infer Name}}${infer Rest}`
    ? Name | Placeholders<Rest>
    : never;

/** The parameters that an entry's message and hint name. */
export type Parameters<E extends Entry> = {
  readonly [
    Name in Placeholders<E['message']> | Placeholders<NonNullable<E['hint']>>
  ]: string | number;
};

export interface Place {
  readonly pointer: Pointer;
  readonly at?: 'key' | 'value';
  readonly related?: readonly Related[];
  readonly location?: Diagnostic['location'];
  /** What ends the problem, when that needs no judgement. */
  readonly change?: Change | null;
}

export interface Catalogue<T extends Entries> {
  readonly stage: string;
  readonly entries: T;
  /** Makes one diagnostic; the type asks for every placeholder. */
  readonly make: <K extends keyof T & string>(
    slug: K,
    place: Place,
    parameters: Parameters<T[K]>,
  ) => Diagnostic;
}

/** What a catalogue declares, whatever the types of its parameters. */
export type Declared = Pick<Catalogue<Entries>, 'stage' | 'entries'>;

/** Templates that were filled before: a large document fills one a thousand times. */
const parted = new Map<string, readonly string[]>();

/** Parts a template into text, placeholder, text …, which begins and ends with a text. */
export function partsOf(template: string): readonly string[] {
  let parts = parted.get(template);
  if (parts === undefined) {
    parts = template.split(/\{(\w+)\}/);
    parted.set(template, parts);
  }
  return parts;
}

/** Replaces `{name}` by the parameter of that name; an unknown placeholder stays as it is. */
export const fill = (
  template: string,
  parameters: Readonly<Record<string, string | number>>,
): string => filledParts(partsOf(template), parameters);

/** Fills what `partsOf` parted. */
export function filledParts(
  parts: readonly string[],
  parameters: Readonly<Record<string, string | number>>,
): string {
  let filled = '';
  let isName = false;
  for (const part of parts) {
    if (!isName) filled += part;
    else
      filled += Object.hasOwn(parameters, part)
        ? String(parameters[part])
        : `{${part}}`;
    isName = !isName;
  }
  return filled;
}

/** Declares a stage's catalogue. Slugs are kebab-case; the code is `stage/slug`. */
export function defineDiagnostics<const T extends Entries>(
  stage: string,
  entries: T,
): Catalogue<T> {
  return {
    stage,
    entries,
    make: (slug, place, parameters) => {
      // The record always holds the slug: its type is a key of the catalogue.
      const entry = entries[slug] as Entry;
      const code: DiagnosticCode = `${stage}/${slug}`;
      return {
        code,
        severity: entry.severity,
        message: fill(entry.message, parameters),
        pointer: place.pointer,
        at: place.at ?? 'value',
        location: place.location ?? null,
        hint: entry.hint === null ? null : fill(entry.hint, parameters),
        related: place.related ?? [],
        parameters,
        ...(place.change != null && { change: place.change }),
      };
    },
  };
}
