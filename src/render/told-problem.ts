// From what the template engine throws to a message with file, line, column and remedy.
import { HostError } from '../core/host.ts';
import { nearest, quotedList } from '../core/text.ts';
import { TemplateProblem } from './template-problem.ts';
import type { Overlay } from './template-sources.ts';

/** Turns an exception of the engine into a `TemplateProblem` of this template; one that already is, stays. */
export function engineProblem(
  template: string,
  error: unknown,
  view: unknown,
): TemplateProblem {
  if (error instanceof TemplateProblem) return error;
  const text = error instanceof Error ? error.message : String(error);
  const missing = /^"([^"]*)" not defined in .* - (\d+):(\d+)$/s.exec(text);
  if (missing !== null) {
    return new TemplateProblem(
      template,
      { line: Number(missing[2]), column: Number(missing[3]) + 1 },
      {
        message: `the view has no "${missing[1]}"`,
        remedy: nameRemedy(missing[1] ?? '', view),
      },
    );
  }
  if (error instanceof RangeError) {
    return new TemplateProblem(
      template,
      { line: null, column: null },
      {
        message: 'the template includes itself without end',
        remedy: 'Remove the partial that leads back to it.',
      },
    );
  }
  const parse = /^Parse error on line (\d+):\n/.exec(text);
  const inTree = / - (\d+):(\d+)$/.exec(text);
  return new TemplateProblem(
    template,
    {
      line: numberOrNull(parse?.[1] ?? inTree?.[1]),
      column: inTree === null ? null : Number(inTree[2]) + 1,
    },
    {
      message: text
        .replace(/^Parse error on line \d+:\n/, 'cannot be parsed near ')
        .replace(/ - \d+:\d+$/, '')
        .replaceAll(/\n-*\^\n/g, ': ')
        .replaceAll('\n', ' '),
      remedy: 'Correct the expression; see "Templates" in the documentation.',
    },
  );
}

const numberOrNull = (text: string | undefined): number | null =>
  text === undefined ? null : Number(text);

function nameRemedy(name: string, view: unknown): string {
  const known =
    typeof view === 'object' && view !== null ? Object.keys(view) : [];
  const near = nearest(name, known);
  if (near !== null) return `Did you mean "${near}"?`;
  return `At the top of the view are ${quotedList(known)}.`;
}

/** Tells a problem to whom it belongs: the user's file as `HostError`, ours as a plain `Error`, which is our bug. */
export function toldProblem(
  problem: TemplateProblem,
  overlay: Overlay | null,
): Error {
  const isUsers = overlay?.files.has(problem.template) ?? false;
  const folder = isUsers ? (overlay?.folder ?? '') : 'templates';
  const { line, column } = problem.place;
  const place = [line, column].filter((part) => part !== null).join(':');
  const where = `${folder}/${problem.template}${place === '' ? '' : `:${place}`}`;
  const text = `${where}: ${problem.message}. ${problem.remedy}`;
  return isUsers
    ? new HostError(text, { cause: problem })
    : new Error(text, { cause: problem });
}
