// A checked tree to the function that the engine makes of it.
import Handlebars from 'handlebars';
import { lazy } from '../core/lazy.ts';
import type { EscapedTemplate } from './escape-by-default.ts';
import {
  findFormat,
  formatName,
  type EscapeHelper,
  type Format,
} from './formats.ts';
import { engineProblem } from './told-problem.ts';

export type Compiled = (
  view: unknown,
  options?: Handlebars.RuntimeOptions,
) => string;

/** Compiles a template; `partial` gives those that it includes, `helpersOf` the helpers of a file type. The result throws: `TemplateProblem`. */
export function compileTemplate(
  file: string,
  { program, partials }: EscapedTemplate,
  {
    partial,
    helpersOf,
  }: {
    readonly partial: (name: string) => Compiled;
    readonly helpersOf: (
      format: Format | null,
    ) => Readonly<Record<string, EscapeHelper>>;
  },
): Compiled {
  const format = findFormat(formatName(file));
  const engine = Handlebars.create();
  // The engine wraps every helper that it knows anew at each run.
  for (const name of ['with', 'unless', 'log', 'lookup'])
    engine.unregisterHelper(name);
  const run = engine.compile(program, {
    strict: true,
    noEscape: true,
    knownHelpersOnly: true,
    knownHelpers: {
      ...Object.fromEntries(
        Object.keys(format?.helpers ?? {}).map((name) => [name, true]),
      ),
      with: false,
      unless: false,
      log: false,
      lookup: false,
    },
  }) as Compiled;
  const escapeHelpers = helpersOf(format);
  const allHelpers = { ...engine.helpers, ...escapeHelpers };
  // At the first run and not before: a partial may include itself.
  const includedPartials = lazy((): Record<string, Handlebars.Template> =>
    Object.fromEntries(
      partials.map((name) => [name, partial(name) as Handlebars.Template]),
    ),
  );
  const guardedRun: Compiled = (view, options) => {
    try {
      return run(view, {
        ...options,
        // A partial gets these alone, a template gets the engine's own beside them.
        helpers: options?.partial === true ? allHelpers : escapeHelpers,
        partials: includedPartials(),
      });
    } catch (error) {
      throw engineProblem(file, error, view);
    }
  };
  return guardedRun;
}
