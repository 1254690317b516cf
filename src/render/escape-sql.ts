// Text of users inside SQL (standard conforming strings, as PostgreSQL has by default).
import { cleanText, oneLine } from './clean-text.ts';

/** Makes a string literal, quotes included. */
export function sqlString(value: unknown): string {
  return `'${cleanText(value).replaceAll("'", "''")}'`;
}

/** Makes a quoted identifier. */
export function sqlIdentifier(value: unknown): string {
  return `"${oneLine(value).replaceAll('"', '""')}"`;
}

/** Escapes a text for one line of a `--` comment. */
export function sqlComment(value: unknown): string {
  return oneLine(value);
}
