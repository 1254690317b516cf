// Templates, each parsed, checked and compiled when it is first run.
import { compileTemplate, type Compiled } from './compile-template.ts';
import type { EscapedTemplate } from './escape-by-default.ts';
import { inlinePartials } from './inline-partials.ts';
import { parseTemplate } from './parse-template.ts';

/**
 * Prepares templates when they are first run. `isInlining`: partials become part of what includes them, which is faster,
 * and a mistake in one is told with the name of the file that includes it. What it gives throws: `TemplateProblem`.
 */
export function templateRuns(
  texts: ReadonlyMap<string, string>,
  { isInlining }: { readonly isInlining: boolean },
): (file: string) => (view: unknown) => string {
  const known = new Map<string, Compiled>();
  const treeOf = (
    file: string,
    includedBy: readonly string[],
  ): EscapedTemplate => {
    const tree = parseTemplate(file, texts);
    if (!isInlining) return tree;
    const chain = [...includedBy, file];
    return inlinePartials(tree, (name) => {
      const partial = `${name}.hbs`;
      return chain.includes(partial) ? null : treeOf(partial, chain).program;
    });
  };
  const prepare = (file: string): Compiled => {
    const found = known.get(file);
    if (found !== undefined) return found;
    const compiled = compileTemplate(file, treeOf(file, []), (name) =>
      prepare(`${name}.hbs`),
    );
    known.set(file, compiled);
    return compiled;
  };
  return prepare;
}
