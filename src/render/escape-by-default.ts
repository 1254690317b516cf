// Rewrites a template's syntax tree so that no text reaches the output unescaped, and refuses what templates may not do:
// they hold text, `each`, `if`, partials and the escape helpers of their own file type.
import { quotedList } from '../core/text.ts';
import type { Format } from './formats.ts';
import { TemplateProblem } from './template-problem.ts';

export interface EscapedTemplate {
  /** The same tree, rewritten in place: each plain `{{name}}` calls the format's default helper. */
  readonly program: hbs.AST.Program;
  /** Names of the partials it includes. */
  readonly partials: readonly string[];
  /** The raw `{{{name}}}` in it, with the reason given in the comment before it. */
  readonly raws: readonly RawUse[];
}

export interface RawUse {
  readonly template: string;
  readonly name: string;
  readonly reason: string;
}

interface Walk {
  readonly template: string;
  readonly format: Format;
  readonly partials: string[];
  readonly raws: RawUse[];
}

const blocks = new Set(['each', 'if']);

/** Rewrites and checks a tree fresh from the parser. Throws: `TemplateProblem` for what a template may not do. */
export function escapeByDefault(
  template: string,
  format: Format,
  program: hbs.AST.Program,
): EscapedTemplate {
  const walk: Walk = { template, format, partials: [], raws: [] };
  visitProgram(walk, program);
  return { program, partials: walk.partials, raws: walk.raws };
}

function visitProgram(walk: Walk, program: hbs.AST.Program | undefined): void {
  // The types say "always there"; a block without `else` has no inverse.
  if (program === undefined || program === null) return;
  let comment: hbs.AST.CommentStatement | null = null;
  for (const statement of program.body) {
    visitStatement(walk, statement, comment);
    if (statement.type === 'CommentStatement')
      comment = statement as hbs.AST.CommentStatement;
    else if (!isBlank(statement)) comment = null;
  }
}

const isBlank = (statement: hbs.AST.Statement): boolean =>
  statement.type === 'ContentStatement' &&
  (statement as hbs.AST.ContentStatement).value.trim() === '';

function visitStatement(
  walk: Walk,
  statement: hbs.AST.Statement,
  comment: hbs.AST.CommentStatement | null,
): void {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      return visitMustache(
        walk,
        statement as hbs.AST.MustacheStatement,
        comment,
      );
    case 'BlockStatement':
      return visitBlock(walk, statement as hbs.AST.BlockStatement);
    case 'PartialStatement':
      return visitPartial(walk, statement as hbs.AST.PartialStatement);
    default:
      throw refuse(
        walk,
        statement,
        `${statement.type} is not allowed in a template`,
        'Use plain text, {{name}}, {{#each}}, {{#if}} and {{> partial}}.',
      );
  }
}

function visitMustache(
  walk: Walk,
  mustache: hbs.AST.MustacheStatement,
  comment: hbs.AST.CommentStatement | null,
): void {
  const path = pathOf(walk, mustache.path, mustache);
  if (mustache.params.length > 0 || mustache.hash !== undefined) {
    if (!Object.hasOwn(walk.format.helpers, path.original)) {
      throw refuse(
        walk,
        mustache,
        `"${path.original}" is no helper of this file type`,
        `Use one of ${quotedList(Object.keys(walk.format.helpers), 'or')}.`,
      );
    }
    beStrict(mustache.params, mustache.hash);
    return;
  }
  // `{{{name}}}` and `{{&name}}` are "not escaped" to Handlebars.
  if (!mustache.escaped) {
    const reason = comment?.value.trim() ?? '';
    if (reason === '') {
      throw refuse(
        walk,
        mustache,
        `raw {{{${path.original}}}} has no reason beside it`,
        'Write {{name}}, or put {{! the reason }} before it.',
      );
    }
    walk.raws.push({ template: walk.template, name: path.original, reason });
    beStrict([path], undefined);
    return;
  }
  beStrict([path], undefined);
  const helper = walk.format.defaultHelper;
  mustache.params = [path];
  mustache.path = {
    ...path,
    parts: [helper],
    original: helper,
    data: false,
    depth: 0,
  };
}

function visitBlock(walk: Walk, block: hbs.AST.BlockStatement): void {
  const path = pathOf(walk, block.path, block);
  if (!blocks.has(path.original)) {
    throw refuse(
      walk,
      block,
      `block "${path.original}" is not allowed in a template`,
      'Use {{#each}} or {{#if}}; decisions belong to the view.',
    );
  }
  beStrict(block.params, block.hash);
  visitProgram(walk, block.program);
  visitProgram(walk, block.inverse);
}

function visitPartial(walk: Walk, partial: hbs.AST.PartialStatement): void {
  const name =
    partial.name.type === 'PathExpression' ? partial.name.original : null;
  if (name === null) {
    throw refuse(
      walk,
      partial,
      'the name of a partial cannot be computed',
      'Write its path, e.g. {{> document/row.md}}.',
    );
  }
  beStrict(partial.params, partial.hash);
  walk.partials.push(name);
}

// Handlebars is strict only about what it prints itself; a missing argument of a helper would pass as nothing.
function beStrict(
  params: readonly hbs.AST.Expression[],
  hash: hbs.AST.Hash | undefined,
): void {
  for (const expression of [
    ...params,
    ...(hash?.pairs ?? []).map((pair) => pair.value),
  ]) {
    if (expression.type === 'PathExpression')
      Object.assign(expression, { strict: true });
  }
}

function pathOf(
  walk: Walk,
  expression: hbs.AST.Expression,
  node: hbs.AST.Node,
): hbs.AST.PathExpression {
  if (expression.type === 'PathExpression')
    return expression as hbs.AST.PathExpression;
  throw refuse(
    walk,
    node,
    'a literal cannot be printed as an expression',
    'Write it as plain text.',
  );
}

function refuse(
  walk: Walk,
  node: hbs.AST.Node,
  message: string,
  remedy: string,
): TemplateProblem {
  const { line, column } = node.loc.start;
  return new TemplateProblem(
    walk.template,
    { line, column: column + 1 },
    { message, remedy },
  );
}
