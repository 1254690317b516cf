// Templates, each parsed, checked and compiled when it is first run.
import { compileTemplate, type Compiled } from './compile-template.ts';
import { engineHelpers } from './engine-helpers.ts';
import type { Format } from './formats.ts';
import { parseTemplate } from './parse-template.ts';

type Helpers = ReturnType<typeof engineHelpers>;

/** Prepares templates when they are first run. What it gives throws: `TemplateProblem`. */
export function templateRuns(
  texts: ReadonlyMap<string, string>,
): (file: string) => (view: unknown) => string {
  const known = new Map<string, Compiled>();
  const helpers = new Map<Format | null, Helpers>();
  const helpersOf = (format: Format | null): Helpers => {
    const found = helpers.get(format) ?? engineHelpers(format);
    helpers.set(format, found);
    return found;
  };
  const prepare = (file: string): Compiled => {
    const found = known.get(file);
    if (found !== undefined) return found;
    const compiled = compileTemplate(file, parseTemplate(file, texts), {
      partial: (name) => prepare(`${name}.hbs`),
      helpersOf,
    });
    known.set(file, compiled);
    return compiled;
  };
  return prepare;
}
