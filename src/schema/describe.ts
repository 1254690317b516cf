// Words for places and values in schema errors.
import type { JsonValue } from '../core/json.ts';
import { segmentsOf, type Pointer } from '../core/pointer.ts';

/** The part of a JSON Schema that messages are made of. */
export interface Described {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly JsonValue[];
  /** How the value can be written; more than two are words to choose among. */
  readonly examples?: readonly JsonValue[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly pattern?: string;
  readonly const?: JsonValue;
  readonly $ref?: string;
}

/** Names a place: `"key" of event "order.created"`, or the spec itself. */
export function describePlace(at: Pointer): string {
  const segments = segmentsOf(at);
  const section = segments[0];
  const last = segments.at(-1);
  if (section === undefined || last === undefined) return 'the spec';
  const entity = entityOf(section, segments[1]);
  if (segments.length === 1) return `"${section}"`;
  if (segments.length === 2) return entity;
  if (/^\d+$/.test(last))
    return `item ${Number(last) + 1} of "${segments.at(-2)}" of ${entity}`;
  return `"${segments.slice(2).join('.')}" of ${entity}`;
}

const singular: Readonly<Record<string, string>> = {
  services: 'service',
  types: 'type',
  events: 'event',
  channels: 'channel',
  publishers: 'publisher',
  consumers: 'consumer',
  requests: 'request',
  aggregates: 'aggregate',
  projections: 'projection',
  queries: 'query',
  sagas: 'saga',
  environments: 'environment',
};

function entityOf(section: string, name: string | undefined): string {
  const kind = Object.hasOwn(singular, section) ? singular[section] : undefined;
  if (name === undefined) return `"${section}"`;
  return kind === undefined ? `"${section}.${name}"` : `${kind} "${name}"`;
}

/** Names what was found: `the text "x"`, `a list`, `nothing`; long text is cut. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'left empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  return `${String(value)}`;
}

/** Quotes a value for a message; long text is cut at 60 characters. */
export function quoted(value: unknown): string {
  const text =
    typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`;
}

const typeWords: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
};

/** Names JSON types: `a text or a mapping`. */
export function describeTypes(types: string | readonly string[]): string {
  const list = typeof types === 'string' ? types.split(',') : types;
  return list
    .filter((type) => type !== 'null' || list.length === 1)
    .map((type) => typeWords[type] ?? type)
    .join(' or ');
}

/** Gives what the schema says of a place, or other words. */
export const sentence = (schema: Described, fallback: string): string =>
  schema.description ?? fallback;

/** A remedy with what the schema says of the place behind it. */
export const asFollows = (
  remedy: string,
  schema: Described,
  fallback: string,
): string =>
  schema.description === undefined
    ? fallback
    : `${remedy}: ${lowerFirst(schema.description)}`;

/** Lowers the first letter of a sentence, but not of a word such as URI. */
export const lowerFirst = (text: string): string =>
  /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
