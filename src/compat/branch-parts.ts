// What a branch says about the parts of objects and arrays.
import { largest } from '../core/lists.ts';
import { searchText } from '../core/search-text.ts';
import type { Branch } from './branch.ts';
import type { Schema } from './json-schema.ts';

/** Names the members that a branch declares. */
export function declaredNames(branch: Branch): readonly string[] {
  return [
    ...new Set(
      branch.memberRules.flatMap((rule) => [...rule.properties.keys()]),
    ),
  ];
}

/** Names the patterns of member names that a branch declares. */
export function declaredPatterns(branch: Branch): readonly string[] {
  return [
    ...new Set(branch.memberRules.flatMap((rule) => [...rule.patterns.keys()])),
  ];
}

/** Lists the schemas that a branch puts on the member of that name. */
export function memberSchemas(branch: Branch, name: string): readonly Schema[] {
  return branch.memberRules.flatMap((rule) => {
    const own = rule.properties.get(name);
    const matches = [...rule.patterns].map(
      ([pattern, part]) => [searchText(pattern, name), part] as const,
    );
    const parts = [
      ...(own === undefined ? [] : [own]),
      ...matches.flatMap(([isMatch, part]) => (isMatch ? [part] : [])),
    ];
    const isUnknown =
      parts.length === 0 && matches.every(([isMatch]) => isMatch === false);
    return isUnknown ? [rule.additional] : parts;
  });
}

/** Lists the schemas that a branch puts on members that no side declares by name or pattern. */
export function otherMemberSchemas(branch: Branch): readonly Schema[] {
  return branch.memberRules.map((rule) => rule.additional);
}

/** Lists the schemas that a branch puts on the array item at an index. */
export function itemSchemas(branch: Branch, index: number): readonly Schema[] {
  return branch.itemRules.map((rule) => rule.prefix[index] ?? rule.rest);
}

/** Counts the leading items that a branch treats one by one. */
export function prefixLength(branch: Branch): number {
  return largest(
    branch.itemRules.map((rule) => rule.prefix.length),
    0,
  );
}

/** Lists the schemas that `contains` asks of some item. */
export function containedSchemas(branch: Branch): readonly Schema[] {
  return branch.sources.flatMap(({ contains, minContains }) =>
    contains === undefined || minContains === 0 ? [] : [contains],
  );
}
