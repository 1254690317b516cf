// What a target sees of the template engine.
import type { Locale } from '../core/locale.ts';

export interface Renderer {
  /**
   * Renders `templates/<name>.hbs`, e.g. `document/architecture.md`, over a flat view model.
   * Escaping follows the file type in the name. A name missing from the view is our bug and throws.
   */
  readonly render: (template: string, view: object) => string;
  /** Files that are written as they are, below a folder of `templates/`, by path relative to it. */
  readonly files: (folder: string) => ReadonlyMap<string, string>;
  /** The printed words of a language: `templates/<target>/<locale>.words.json`, by key. */
  readonly words: (
    target: string,
    locale: Locale,
  ) => Readonly<Record<string, string>>;
}
