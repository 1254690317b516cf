// Text of users inside TypeScript: string literals, comments, identifiers and property names.
import { cleanText, oneLine } from './clean-text.ts';

// Reserved words of ECMAScript (strict mode) and the names that may not be bound.
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield ' +
    'any unknown never object string number boolean symbol bigint'
  ).split(' '),
);

/**
 * Makes a single-quoted string literal, quotes included. It is safe inside a comment too: the text holds no line break and no end of
 * comment, so a forgotten helper cannot break out of where it stands.
 */
export function tsString(value: unknown): string {
  const body = JSON.stringify(cleanText(value))
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('*/', '*\\/')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `'${body}'`;
}

/** Escapes a text for one line of a line or block comment. */
export function tsComment(value: unknown): string {
  return oneLine(value).replaceAll('*/', '*\\/');
}

/** Makes an identifier: foreign characters become underscores, a leading digit or reserved word gets one. */
export function tsIdentifier(value: unknown): string {
  const name = oneLine(value).replaceAll(/[^\w$]/g, '_');
  if (name === '' || /^\d/.test(name)) return `_${name}`;
  return reserved.has(name) ? `${name}_` : name;
}

/** Makes a property name: plain where it may be, quoted otherwise. */
export function tsProperty(value: unknown): string {
  const name = oneLine(value);
  // `__proto__: x` in an object literal would set the prototype; computed, it is a property like any other.
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : tsString(name);
}
