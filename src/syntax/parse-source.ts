// YAML text to a source document. Knows YAML's mistakes, nothing about architecture.
import { parseDocument } from 'yaml';
import {
  hasErrors,
  type Diagnostic,
  type Outcome,
  type Range,
} from '../core/diagnostic.ts';
import { isJsonObject } from '../core/json.ts';
import { aliasTargets } from './alias-targets.ts';
import { syntaxDiagnostics } from './diagnostics.ts';
import { plainValue } from './plain-value.ts';
import { sourceDocument, type SourceDocument } from './source-document.ts';
import { translateYamlErrors } from './yaml-errors.ts';

/** Nesting of brackets or dashes past which the parser itself might exhaust the stack. */
const bracketLimit = 1000;
/** Nesting by indentation past which it might; lists that stand as far in as their key count once for two levels. */
const indentLimit = 300;

/**
 * Parses one YAML 1.2 file. `file` is the name used in diagnostics.
 * Reports: every `syntax/*` code; the value is null when the file cannot be used.
 */
export function parseSource(
  file: string,
  text: string,
): Outcome<SourceDocument> {
  const clean = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const tooDeep = tellDepth(file, clean);
  if (tooDeep !== null) return stopWith(tooDeep);
  // The library knows the mark, and counts it; for everything else it is a space, which stands for nothing there.
  const document = parseDocument(text, {
    uniqueKeys: false,
    prettyErrors: false,
    keepSourceTokens: false,
    // Anything but "silent", which would also swallow the error for several documents.
    logLevel: 'error',
  });
  const errors = translateYamlErrors(file, clean, document);
  if (errors.length > 0) return { value: null, diagnostics: errors };
  const targets = aliasTargets(document);
  const { value, diagnostics } = plainValue(document, { file, targets });
  if (value === null && diagnostics.length === 0) {
    return stopWith(
      syntaxDiagnostics.make('empty-file', place(file, null), { file }),
    );
  }
  if (!isJsonObject(value)) {
    if (hasErrors(diagnostics)) return { value: null, diagnostics };
    const found = Array.isArray(value) ? 'a list' : 'a single value';
    return stopWith(
      syntaxDiagnostics.make(
        'not-a-mapping',
        place(file, { start: 0, end: 0 }),
        { found },
      ),
    );
  }
  const isUnusable = diagnostics.some(
    ({ code }) => code !== 'syntax/duplicate-key',
  );
  return {
    value: isUnusable
      ? null
      : sourceDocument(file, clean, { document, targets, value }),
    diagnostics,
  };
}

const place = (
  file: string,
  range: Range | null,
): { pointer: ''; location: { file: string; range: Range | null } } => ({
  pointer: '',
  location: { file, range },
});

const stopWith = (diagnostic: Diagnostic): Outcome<SourceDocument> => ({
  value: null,
  diagnostics: [diagnostic],
});

function tellDepth(file: string, text: string): Diagnostic | null {
  const inBrackets = deepNesting(text);
  const found = inBrackets ?? deepIndentation(text);
  if (found === null) return null;
  const limit = inBrackets === null ? indentLimit : bracketLimit;
  return syntaxDiagnostics.make('too-deep', place(file, found), { limit });
}

/** Finds the place where flow brackets or compact dashes nest past the limit; quotes need no care for an upper bound this high. */
function deepNesting(text: string): Range | null {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (char === 0x5b || char === 0x7b) depth += 1;
    else if (char === 0x5d || char === 0x7d) depth = Math.max(0, depth - 1);
    if (depth > bracketLimit) return { start: index, end: index + 1 };
  }
  const dashes = /(?:[-?] ){1000,}/.exec(text);
  return dashes === null
    ? null
    : { start: dashes.index, end: dashes.index + 1 };
}

/** Finds the line that stands further in than as many others, each further in than the last. */
function deepIndentation(text: string): Range | null {
  if (!/^ {300}/m.test(text)) return null;
  const levels: number[] = [];
  for (const { 0: line, index } of text.matchAll(/^( *)[^ \r\n]/gm)) {
    const indent = line.length - 1;
    while ((levels.at(-1) ?? -1) >= indent) levels.pop();
    levels.push(indent);
    if (levels.length > indentLimit)
      return { start: index + indent, end: index + indent + 1 };
  }
  return null;
}
