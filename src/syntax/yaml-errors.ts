// YAML's own errors in our words and at the place of the mistake, which is often not where the parser noticed it.
import { smallest } from '../core/lists.ts';
import { visit, type Document, type YAMLError } from 'yaml';
import type { Diagnostic, Range } from '../core/diagnostic.ts';
import { syntaxDiagnostics } from './diagnostics.ts';

const place = (
  file: string,
  range: Range | null,
): { pointer: ''; location: { file: string; range: Range | null } } => ({
  pointer: '',
  location: { file, range },
});

/**
 * Tells YAML's own errors. One mistake often makes several: the first one of each line is told, at most ten in all.
 * Reports: every `syntax/*` code that the parser finds; see `plainValue` for the others.
 */
export function translateYamlErrors(
  file: string,
  text: string,
  document: Document,
): readonly Diagnostic[] {
  const { errors } = document;
  const seenLines = new Set<number>();
  const told: Diagnostic[] = [];
  const listInFlow = errors.length > 0 ? bracketAfterName(text, errors) : null;
  if (listInFlow !== null) {
    const { range, name } = listInFlow;
    return [
      syntaxDiagnostics.make(
        'list-in-flow',
        {
          ...place(file, range),
          change: { kind: 'text', range, to: `list<${name}>` },
        },
        { text: `${name}[]`, item: name },
      ),
    ];
  }
  for (const error of errors) {
    const line = text.slice(0, error.pos[0]).split('\n').length;
    if (seenLines.has(line) || told.length === 10) continue;
    seenLines.add(line);
    told.push(translateOne({ file, text, document }, error));
    // What follows a comment inside brackets is not read, so nothing closes them.
    if (error.code === 'MULTIPLE_DOCS' || isComment(error)) break;
  }
  return told;
}

/** Finds `Type[]` in a flow mapping at the first error: YAML ends the value at the bracket. */
function bracketAfterName(
  text: string,
  errors: readonly YAMLError[],
): { range: Range; name: string } | null {
  const at = smallest(errors.map((error) => error.pos[0]));
  const lineStart = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
  const lineEnd = text.indexOf('\n', at);
  const line = text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  const match = /:\s*([A-Za-z][\w-]*)\[\]/.exec(line);
  if (match === null) return null;
  const before = text.slice(0, lineStart + match.index);
  const isInFlow = openBrackets(before) > 0;
  const name = match[1] ?? '';
  const start = lineStart + match.index + match[0].length - name.length - 2;
  return isInFlow
    ? { range: { start, end: start + name.length + 2 }, name }
    : null;
}

const openBrackets = (text: string): number =>
  [...text.matchAll(/[{}]/g)].reduce(
    (depth, [bracket]) => Math.max(0, depth + (bracket === '{' ? 1 : -1)),
    0,
  );

interface Parsed {
  readonly file: string;
  readonly text: string;
  readonly document: Document;
}

function translateOne(parsed: Parsed, error: YAMLError): Diagnostic {
  const { file, text } = parsed;
  // The parser may point past the end of the text.
  const start = Math.min(error.pos[0], text.length);
  const end = Math.min(Math.max(error.pos[1], start), text.length);
  const where = place(file, { start, end });
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return syntaxDiagnostics.make('tab-indentation', where, {});
    case 'MULTIPLE_DOCS':
      return syntaxDiagnostics.make('several-documents', where, {});
    case 'BAD_ALIAS':
      return syntaxDiagnostics.make('unknown-alias', where, {
        name: text.slice(start, end).replace(/^\*/, ''),
      });
    case 'NON_STRING_KEY':
      return syntaxDiagnostics.make('key-not-text', where, {
        found: 'no text',
      });
    default:
      break;
  }
  if (/\t/.test(indentBefore(text, start, end)))
    return syntaxDiagnostics.make('tab-indentation', where, {});
  return unclosed(parsed, error) ?? otherwise(parsed, error);
}

const indentBefore = (text: string, start: number, end: number): string =>
  /^\s*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, end))?.[0] ??
  '';

/** An opening bracket or quote is told where it stands: the parser misses its end only where the file ends. */
function unclosed(
  { file, text, document }: Parsed,
  error: YAMLError,
): Diagnostic | null {
  const [start] = error.pos;
  const opened = /end with a ([\]}])/.exec(error.message)?.[1];
  if (opened !== undefined) {
    const bracket = opened === ']' ? '[' : '{';
    const range = openingOf(text, bracket, start);
    return syntaxDiagnostics.make('unclosed-bracket', place(file, range), {
      bracket,
    });
  }
  if (!/^Missing closing .quote/.test(error.message)) return null;
  const quote = quoteBefore(document, start);
  if (quote === null) return null;
  return syntaxDiagnostics.make(
    'unclosed-quote',
    place(file, { start: quote, end: quote + 1 }),
    { quote: text.charAt(quote) },
  );
}

function otherwise({ file, text }: Parsed, error: YAMLError): Diagnostic {
  const start = Math.min(error.pos[0], text.length);
  const end = Math.min(error.pos[1], text.length);
  const lineEnd = text.indexOf('\n', start);
  const rest = text.slice(start, lineEnd === -1 ? undefined : lineEnd);
  const isColonInText =
    error.code === 'BLOCK_AS_IMPLICIT_KEY' && /^[^\s'"{[].*?:\s/.test(rest);
  if (isColonInText) {
    const range = { start, end: start + rest.trimEnd().length };
    return syntaxDiagnostics.make('colon-in-text', place(file, range), {});
  }
  const deeper = deeperLine(text, error);
  if (deeper !== null)
    return syntaxDiagnostics.make('invalid-yaml', place(file, deeper), {
      reason:
        'this line is indented deeper than the one before it, which has a value already',
    });
  const from = start + (/^[ ]*/.exec(rest)?.[0].length ?? 0);
  return syntaxDiagnostics.make(
    'invalid-yaml',
    place(file, { start: from, end: Math.max(from, end) }),
    {
      reason: isComment(error)
        ? 'a "#" begins a comment here, so the rest of the line is not read'
        : lowerFirst(error.message),
    },
  );
}

const isComment = ({ message }: YAMLError): boolean =>
  message.startsWith('Comments must be separated');

/** The line after a whole one, when it is indented deeper: the parser takes both for the key of a mapping. */
function deeperLine(text: string, { code, pos }: YAMLError): Range | null {
  if (code !== 'BLOCK_AS_IMPLICIT_KEY') return null;
  const lineStart = text.lastIndexOf('\n', Math.max(0, pos[0] - 1)) + 1;
  const [, indent = '', next = '', words = ''] =
    /^( *)\S.*\n( *)(\S.*)/.exec(text.slice(lineStart)) ?? [];
  if (words === '' || next.length <= indent.length) return null;
  const start = text.indexOf('\n', pos[0]) + 1 + next.length;
  return { start, end: start + words.trimEnd().length };
}

/** Finds where the quoted text starts that goes on up to an offset. */
function quoteBefore(document: Document, offset: number): number | null {
  let found: number | null = null;
  visit(document, {
    Scalar: (_key, node) => {
      const [start, end] = node.range ?? [offset, -1];
      const isQuoted =
        node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
      if (isQuoted && start < offset && end >= offset) found = start;
    },
  });
  return found;
}

function openingOf(text: string, bracket: '[' | '{', before: number): Range {
  const closing = bracket === '[' ? ']' : '}';
  let depth = 0;
  for (let index = Math.min(before, text.length) - 1; index >= 0; index -= 1) {
    if (text[index] === closing) depth += 1;
    if (text[index] === bracket) {
      if (depth === 0) return { start: index, end: index + 1 };
      depth -= 1;
    }
  }
  return { start: before, end: before };
}

const lowerFirst = (message: string): string =>
  message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
