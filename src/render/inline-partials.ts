// Puts partials into the tree of the template that includes them: to call one costs the engine more than what it prints.
import type { EscapedTemplate } from './escape-by-default.ts';

/** The tree of a partial; null where it has to stay a call. */
export type InlinedPartial = (name: string) => hbs.AST.Program | null;

/**
 * Changes a tree in place. A partial with arguments, or one whose lines are indented where it stands, stays a call.
 * Gives the template with the names of the partials that it still calls.
 */
export function inlinePartials(
  { program, ...template }: EscapedTemplate,
  inlined: InlinedPartial,
): EscapedTemplate {
  const left = new Set<string>();
  inlineIn(program, (partial) => {
    const name = (partial.name as hbs.AST.PathExpression).original;
    const found = isPlain(partial) ? inlined(name) : null;
    if (found === null) left.add(name);
    return found;
  });
  return { ...template, program, partials: [...left] };
}

const isPlain = ({ params, hash, indent }: hbs.AST.PartialStatement): boolean =>
  params.length === 0 && hash === undefined && indent === '';

function inlineIn(
  program: hbs.AST.Program,
  treeOf: (partial: hbs.AST.PartialStatement) => hbs.AST.Program | null,
): void {
  program.body = program.body.flatMap((statement) => {
    if (statement.type === 'PartialStatement')
      return treeOf(statement as hbs.AST.PartialStatement)?.body ?? [statement];
    if (statement.type === 'BlockStatement') {
      const { program: inner, inverse } = statement as hbs.AST.BlockStatement;
      // The types say "always there"; a block without `else` has no inverse.
      for (const part of [inner, inverse] as (hbs.AST.Program | undefined)[])
        if (part !== undefined && part !== null) inlineIn(part, treeOf);
    }
    return [statement];
  });
}
