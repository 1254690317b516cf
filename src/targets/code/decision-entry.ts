// One entry of what people decide: a function that gives a payload, filled from what it is given.
import type { Shape } from '../../model/payload.ts';
import { useError } from './app-files.ts';
import type { CodeContext } from './code-context.ts';
import { objectDoc, usesVariable } from './expressions.ts';
import { layOut } from './layout.ts';
import { filledFrom, type Source } from './sample.ts';
import type { Imports } from './source-file.ts';

/** Writes the entry; one that nothing is known to fill says that it is not written yet. */
export function decisionEntry(
  context: CodeContext,
  of: {
    readonly name: string;
    readonly shape: Shape;
    readonly sources: readonly Source[];
    readonly param: string;
    readonly imports: Imports;
  },
): string {
  const data = filledFrom(context, of.shape, of.sources);
  if (data === null)
    return `  ${of.name}: () => {\n    ${useError(of.imports, `"${of.name}"`)}\n  },\n`;
  const names = of.sources.map(({ expression }) => expression);
  const written = layOut(objectDoc(data));
  const isUsed = names.some((name) => usesVariable(written, name));
  const head = `  ${of.name}: (${isUsed ? of.param : ''}) => (`;
  const laid = layOut({ kind: 'indent', body: [head, objectDoc(data), '),'] });
  return `${laid}\n`;
}
