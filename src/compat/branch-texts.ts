// What a branch says of texts, put to the exact search for one.
import type { Branch } from './branch.ts';
import { findText, type FoundText } from './find-text.ts';
import type { Schema } from './json-schema.ts';

/** Finds a text of a branch; `none` is proof that it allows no text. Formats are left out: they only allow less. */
export function textOf(branch: Branch): FoundText {
  const excluded = exclusionsOf(branch);
  if (branch.minLength > branch.maxLength) return 'none';
  if (branch.patterns.length + excluded.length === 0) return 'unknown';
  return findText({
    found: branch.patterns,
    missing: excluded,
    minLength: branch.minLength,
    maxLength: branch.maxLength,
  });
}

/** Tells whether no text has both expressions in it. */
export function areDisjoint(left: string, right: string): boolean {
  const found = findText({
    found: [left, right],
    missing: [],
    minLength: 0,
    maxLength: Infinity,
  });
  return found === 'none';
}

/** The expressions that no text of the branch has in it, from its `not`s that say no more than that. */
function exclusionsOf({ sources }: Branch): readonly string[] {
  return sources.flatMap(({ not }) =>
    not === undefined ? [] : expressionsOf(not),
  );
}

function expressionsOf(not: Schema): readonly string[] {
  if (typeof not === 'boolean') return [];
  const { type, ...rest } = not;
  const [keyword, ...others] = Object.keys(rest);
  if ((type !== undefined && type !== 'string') || others.length > 0) return [];
  if (keyword === 'pattern') return [rest.pattern ?? ''];
  const words =
    keyword === 'const' ? [rest.const] : keyword === 'enum' ? rest.enum : [];
  return (words ?? [])
    .filter((word) => typeof word === 'string')
    .map((word) => `^${escape(word)}$`);
}

const escape = (text: string): string =>
  text.replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&');
