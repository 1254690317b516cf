// The text of a template to its checked tree, in which nothing is printed unescaped.
import Handlebars from 'handlebars';
import { nearest } from '../core/text.ts';
import { escapeByDefault, type EscapedTemplate } from './escape-by-default.ts';
import { findFormat, formatName, formatNames } from './formats.ts';
import { TemplateProblem } from './template-problem.ts';
import { engineProblem } from './told-problem.ts';

/** Parses one of the templates and checks it. Throws: `TemplateProblem`. */
export function parseTemplate(
  file: string,
  texts: ReadonlyMap<string, string>,
): EscapedTemplate {
  const nowhere = { line: null, column: null };
  const format = findFormat(formatName(file));
  if (format === null) {
    throw new TemplateProblem(file, nowhere, {
      message: `type "${formatName(file)}" is not written through templates`,
      remedy: `Use one of ${formatNames().join(', ')}.`,
    });
  }
  const text = texts.get(file);
  if (text === undefined) {
    const near = nearest(file, texts.keys());
    throw new TemplateProblem(file, nowhere, {
      message: 'there is no such template',
      remedy: near === null ? 'Add it.' : `Did you mean "${near}"?`,
    });
  }
  const parsed = escapeByDefault(file, format, parseText(file, text));
  const foreign = parsed.partials.find(
    (name) => formatName(name) !== formatName(file),
  );
  if (foreign !== undefined) {
    throw new TemplateProblem(file, nowhere, {
      message: `includes "${foreign}", which is of another file type and escaped otherwise`,
      remedy: `Include only partials of type "${formatName(file)}".`,
    });
  }
  return parsed;
}

function parseText(file: string, text: string): hbs.AST.Program {
  try {
    return Handlebars.parse(text.replaceAll(/\r\n?/g, '\n'));
  } catch (error) {
    throw engineProblem(file, error, {});
  }
}
