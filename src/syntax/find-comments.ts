// The comments of a text that hold a word, by the YAML library's lexer, which alone knows what is a comment in all of YAML.
import { CST, Lexer } from 'yaml';
import type { Range } from '../core/diagnostic.ts';

/** Gives the comments that hold a word, from their `#` to the end of the line, in the order of the text. */
export function commentsWith(word: string, text: string): readonly Range[] {
  if (!text.includes(word)) return [];
  const found: Range[] = [];
  let offset = 0;
  let isScalarNext = false;
  for (const source of new Lexer().lex(text)) {
    const type: CST.TokenType | null = isScalarNext
      ? null
      : CST.tokenType(source);
    isScalarNext = type === 'scalar';
    // Marks of the lexer itself, which stand for no text.
    if (isScalarNext || type === 'doc-mode' || type === 'flow-error-end')
      continue;
    if (type === 'comment' && source.includes(word))
      found.push({ start: offset, end: offset + source.trimEnd().length });
    offset += source.length;
  }
  return found;
}
