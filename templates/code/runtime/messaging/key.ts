// The text of a key: messages with one key are handled in order, and what has several parts is joined into one text.
import { InvalidMessageError } from '../consume/errors.js';
import { ownValue } from './own-value.js';

/** The fields that make a key, in their order: of each the names that lead to it, the outermost first. */
export type KeyPaths = readonly (readonly string[])[];

/**
 * Reads a key from a payload: the text of its field. The texts of several are joined by commas; in each of them `%` is
 * written `%25` and `,` is written `%2C`, so that different values never make one key. Producers in other languages have
 * to do the same. Throws `InvalidMessageError` where a field is missing or has no one text.
 */
export function keyOf(data: unknown, key: KeyPaths): string {
  const texts = key.map((path) => textAt(data, path));
  if (texts.length === 1) return texts.join('');
  return texts
    .map((text) => text.replaceAll('%', '%25').replaceAll(',', '%2C'))
    .join(',');
}

function textAt(data: unknown, path: readonly string[]): string {
  let value = data;
  for (const name of path)
    value =
      typeof value === 'object' && value !== null
        ? ownValue(value as Readonly<Record<string, unknown>>, name)
        : undefined;
  if (typeof value === 'string' || typeof value === 'boolean')
    return String(value);
  // Digits alone, however large: 1e21 would be another text of the same number.
  if (typeof value === 'number' && Number.isInteger(value))
    return BigInt(value).toString();
  throw new InvalidMessageError(
    `the payload has no key at "${path.join('.')}"`,
  );
}
