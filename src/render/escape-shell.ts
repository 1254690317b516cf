// Text of users inside POSIX shell scripts.
import { cleanText, oneLine } from './clean-text.ts';

/**
 * Makes one word of a command: as it is when only plain characters, in single quotes otherwise. Never use it inside double quotes.
 */
export function shellWord(value: unknown): string {
  const text = cleanText(value);
  if (/^[\w@%+:,./][\w@%+=:,./-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Escapes a text for one line of a comment. */
export function shellComment(value: unknown): string {
  return oneLine(value);
}
