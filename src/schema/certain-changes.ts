// What the schema itself says that can only have been meant.
import type { Change } from '../core/change.ts';
import type { Described } from './describe.ts';

/** A missing property that takes one value alone. */
export function onlyValue(key: string, schema: Described): Change | null {
  const value = schema.const;
  return typeof value === 'string' || typeof value === 'number'
    ? { kind: 'insert', key, value }
    : null;
}

/** Texts that are a value of the type when they stand without quotes. */
const plainForms: Readonly<Partial<Record<string, RegExp>>> = {
  boolean: /^(?:true|false)$/,
  integer: /^(?:0|[1-9]\d{0,14})$/,
  number: /^(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/,
};

/** A value of the wrong type that is right when written with quotes, or without. */
export function otherNotation(
  found: unknown,
  types: string | readonly string[],
  schema: Described,
): Change | null {
  const wanted = typeof types === 'string' ? types.split(',') : types;
  if (typeof found === 'string') return withoutQuotes(found, wanted);
  const isPlain = typeof found === 'number' || typeof found === 'boolean';
  const isText = wanted.length === 1 && wanted[0] === 'string';
  // A pattern or a list of words asks for more than quotes.
  const isFree = schema.pattern === undefined && schema.enum === undefined;
  return isPlain && isText && isFree ? { kind: 'quote' } : null;
}

function withoutQuotes(
  found: string,
  wanted: readonly string[],
): Change | null {
  const isMeant = wanted.some((type) => plainForms[type]?.test(found));
  return isMeant && !wanted.includes('string') ? { kind: 'unquote' } : null;
}

/** Units as people write them out, by how the language does. */
const units: Readonly<Record<string, RegExp>> = {
  ms: /^(?:millis|msecs?|milliseconds?)$/i,
  s: /^(?:secs?|seconds?)$/i,
  m: /^(?:mins?|minutes?)$/i,
  h: /^(?:hrs?|hours?)$/i,
  d: /^days?$/i,
};

/** Gives a text that has the right form but for its spaces or the name of its unit, such as `5 s` or `30 days`; null when it has not. */
export function meantUnit(
  found: unknown,
  { pattern }: Described,
): string | null {
  if (typeof found !== 'string' || pattern === undefined) return null;
  const bare = found.replaceAll(/\s+/g, '');
  const [, number = '', word = ''] = /^([\d.]+)([a-z]+)$/i.exec(bare) ?? [];
  const unit = Object.keys(units).find((one) => units[one]?.test(word));
  const legal = new RegExp(pattern);
  const candidates = unit === undefined ? [bare] : [bare, number + unit];
  return candidates.find((to) => to !== found && legal.test(to)) ?? null;
}
