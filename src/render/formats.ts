// The file types a template may have, and the helpers that escape for each; the first rule of a format is its default.
import * as markdown from './escape-markdown.ts';
import * as mermaid from './escape-mermaid.ts';
import * as properties from './escape-properties.ts';
import * as shell from './escape-shell.ts';
import * as sql from './escape-sql.ts';
import * as typescript from './escape-typescript.ts';

export type EscapeHelper = (...values: readonly unknown[]) => string;

export interface Format {
  /** Wrapped around every plain `{{name}}`. */
  readonly defaultHelper: string;
  readonly helpers: Readonly<Record<string, EscapeHelper>>;
}

const formats: Readonly<Record<string, Format>> = {
  md: { defaultHelper: 'mdText', helpers: { ...markdown } },
  mmd: { defaultHelper: 'mermaidText', helpers: { ...mermaid } },
  ts: { defaultHelper: 'tsString', helpers: { ...typescript } },
  sh: { defaultHelper: 'shellWord', helpers: { ...shell } },
  sql: { defaultHelper: 'sqlString', helpers: { ...sql } },
  conf: {
    defaultHelper: 'confValue',
    helpers: {
      confValue: properties.confValue,
      confComment: properties.confComment,
    },
  },
  properties: {
    defaultHelper: 'propertiesValue',
    helpers: {
      propertiesValue: properties.propertiesValue,
      propertiesKey: properties.propertiesKey,
      confComment: properties.confComment,
    },
  },
};

/** Tells the format of a template by the type in its name: `document/guide.md.hbs` and `document/guide.md` are `md`. */
export function formatName(template: string): string {
  return /\.([a-z0-9]+)(?:\.hbs)?$/.exec(template)?.[1] ?? '';
}

/** Finds a format by its name; null for a type that is never written through templates, such as JSON and YAML. */
export function findFormat(name: string): Format | null {
  return Object.hasOwn(formats, name) ? (formats[name] ?? null) : null;
}

/** The names of all formats. */
export function formatNames(): readonly string[] {
  return Object.keys(formats);
}
