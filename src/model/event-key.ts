// The key of an event: which fields of its payload it is read from, and what its text is. See ADR-0018.
import { isJsonObject, own, type JsonValue } from '../core/json.ts';

/** The names that lead to a field of a payload, the outermost first. */
export type KeyPath = readonly string[];

/** The fields that make a key, in their order. Invariant: one or more, none twice. */
export type EventKey = readonly KeyPath[];

/** Reads a key as it is written: `orderId`, `user.id`, or a list of such. */
export function parseKey(written: string | readonly string[]): EventKey {
  const paths = typeof written === 'string' ? [written] : written;
  return paths.map((path) => path.split('.'));
}

/** Writes a path as a spec does: `user.id`. */
export function pathText(path: KeyPath): string {
  return path.join('.');
}

/** Names a key in a sentence: `orderId`, `user.id`, `tenant + orderId`. */
export function keyName(key: EventKey): string {
  return key.map(pathText).join(' + ');
}

/** Writes a key as a spec does: a word, or a list of several. */
export function writtenKey(key: EventKey): string | readonly string[] {
  const [first] = key;
  return key.length === 1 && first !== undefined
    ? pathText(first)
    : key.map(pathText);
}

/**
 * Names the thing that an event's key identifies, so that two events of one thing have the same: mostly the key itself. A
 * key that is just called "id" is told apart by the first word of the event's name: an order's is no payment's.
 */
export function keyedThing(event: string, key: string): string {
  return /^(id|key|uuid)$/i.test(key) ? `${event.split('.')[0]} ${key}` : key;
}

/** Tells whether two events are keyed by the same fields, in the same order. */
export function isSameKey(
  left: EventKey | null,
  right: EventKey | null,
): boolean {
  if (left === null || right === null) return left === right;
  return keyName(left) === keyName(right);
}

/** Gives the name of the one field at the top of the payload that is the whole key; null for any other key. */
export function plainKey(key: EventKey | null): string | null {
  const [path] = key ?? [];
  return key?.length === 1 && path?.length === 1 ? (path[0] ?? null) : null;
}

/** Tells whether a field at the top of the payload is a part of the key, as a whole. */
export function isKeyField(key: EventKey | null, field: string): boolean {
  return key?.some((path) => path.length === 1 && path[0] === field) === true;
}

/** Says in a schema where a key is from and how its text is made, so that any producer makes the same. */
export function keyDescription(key: EventKey): string {
  if (key.length === 1) return `The payload's ${keyName(key)}.`;
  const names = key.map(pathText);
  const listed = `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return `The payload's ${listed}, joined by commas in this order; in each of them "%" is written "%25" and "," is written "%2C".`;
}

/** Gives the text of a key; null where a payload lacks a part of it. */
export function keyText(key: EventKey, payload: JsonValue): string | null {
  const texts: string[] = [];
  for (const path of key) {
    const text = textAt(payload, path);
    if (text === null) return null;
    texts.push(text);
  }
  return joinedTexts(texts);
}

/** One text is the key itself; several cannot be told apart from others once they are joined, so the comma is escaped. */
function joinedTexts(texts: readonly string[]): string {
  return texts.length === 1
    ? (texts[0] ?? '')
    : texts
        .map((text) => text.replaceAll('%', '%25').replaceAll(',', '%2C'))
        .join(',');
}

function textAt(payload: JsonValue, path: KeyPath): string | null {
  let value: JsonValue | undefined = payload;
  for (const name of path)
    value = isJsonObject(value) ? own(value, name) : undefined;
  return typeof value === 'object' || value === undefined
    ? null
    : String(value);
}
