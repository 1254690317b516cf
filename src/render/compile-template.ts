// A checked tree to the function that the engine makes of it.
import Handlebars from 'handlebars';
import { lazy } from '../core/lazy.ts';
import type { EscapedTemplate } from './escape-by-default.ts';
import { findFormat, formatName } from './formats.ts';
import { LeanCompiler } from './lean-compiler.ts';
import { engineProblem } from './told-problem.ts';

export type Compiled = (
  view: unknown,
  options?: Handlebars.RuntimeOptions,
) => string;

/**
 * Compiles a template of ours or a user's; `partial` gives those that it includes. The result throws: `TemplateProblem`.
 */
export function compileTemplate(
  file: string,
  { program, partials }: EscapedTemplate,
  partial: (name: string) => Compiled,
): Compiled {
  const escapes = findFormat(formatName(file))?.helpers ?? {};
  const engine = Handlebars.create();
  Object.assign(engine, { JavaScriptCompiler: LeanCompiler });
  // Partials may use what is counted here; without it, the engine keeps the inner programs from one run to the next.
  const isCounting = partials.length > 0 || countsIn(program);
  const run = engine.compile(program, {
    strict: true,
    noEscape: true,
    data: isCounting,
    knownHelpersOnly: true,
    knownHelpers: {
      ...known(Object.keys(escapes), true),
      ...known(['with', 'unless', 'log', 'lookup'], false),
    },
    helpersWithoutOptions: new Set(Object.keys(escapes)),
  } as CompileOptions) as Compiled;
  const helpers = { ...engine.helpers, ...escapes };
  // At the first run and not before: a partial may include itself.
  const includedPartials = lazy((): Record<string, Handlebars.Template> =>
    Object.fromEntries(
      partials.map((name) => [name, partial(name) as Handlebars.Template]),
    ),
  );
  const guardedRun: Compiled = (view, options) => {
    try {
      return run(view, {
        ...(isCounting && { data: { root: view } }),
        ...options,
        // As a partial runs: the helpers as they are, not wrapped anew at each run.
        partial: true,
        helpers,
        partials: includedPartials(),
      });
    } catch (error) {
      throw engineProblem(file, error, view);
    }
  };
  return guardedRun;
}

/** Whether a template asks for `@index`, `@last` and the like; those that it includes may do so as well. */
function countsIn(program: hbs.AST.Program): boolean {
  let isFound = false;
  const visitor = new Handlebars.Visitor();
  visitor.PathExpression = ({ data }) => {
    isFound ||= data;
  };
  visitor.accept(program);
  return isFound;
}

const known = (
  names: readonly string[],
  isKnown: boolean,
): Record<string, boolean> =>
  Object.fromEntries(names.map((name) => [name, isKnown]));
