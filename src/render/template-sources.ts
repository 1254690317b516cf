// Where templates come from: our own and the user's over them, both as texts.

export interface TemplateSources {
  /** Our own files under `templates/`, by path: `document/guide.md.hbs`, `document/en.words.json`. */
  readonly templates: ReadonlyMap<string, string>;
  /** Reads the files that are written as they are below a folder, e.g. `code/runtime`; asked only by targets that have some. */
  readonly files?: (folder: string) => ReadonlyMap<string, string>;
  /** A user's files that replace ours or are included by them, and the folder as the user named it. */
  readonly overlay?: Overlay;
}

export interface Overlay {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
}
