// Text of users inside `key = value` files: Java properties, RabbitMQ's and other brokers' .conf files.
import { oneLine } from './clean-text.ts';

/** Escapes a value of a Java properties file (`java.util.Properties`): backslashes, and all but printable ASCII as `\uXXXX`. */
export function propertiesValue(value: unknown): string {
  const text = oneLine(value);
  if (/^[ -[\]-~]*$/.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll(/[^ -~]/g, unicodeEscape);
}

/** Escapes a key of a Java properties file. */
export function propertiesKey(value: unknown): string {
  return propertiesValue(value)
    .replaceAll(/[ =:]/g, '\\$&')
    .replace(/^[#!]/, '\\$&');
}

/**
 * Escapes a value of a RabbitMQ `.conf` file (Cuttlefish): plain where it may be, in single quotes otherwise.
 * A single quote has no escape there, so it becomes the typographic one.
 */
export function confValue(value: unknown): string {
  const text = oneLine(value);
  if (/^[\w.,:/@*^$()+-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", '’')}'`;
}

/** Escapes a text for one line of a `#` comment. */
export function confComment(value: unknown): string {
  return oneLine(value);
}

const unicodeEscape = (unit: string): string =>
  `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
