// Finds names for members that no schema declares.
import { declaredNames, declaredPatterns } from './branch-parts.ts';
import type { Branch } from './branch.ts';
import { evaluate } from './evaluate.ts';

const OTHER_NAMES = [
  'other',
  'extra',
  'x',
  'X1',
  '_',
  '0',
  'other-name',
  'aa',
  'zz',
  'another',
];

/** Gives a member name that no rule of the branch and none of the taken names covers. */
export function freshName(
  branch: Branch,
  taken: (name: string) => boolean,
): string | null {
  return otherNames(branch).find((name) => !taken(name)) ?? null;
}

export function otherNames(branch: Branch): readonly string[] {
  const declared = new Set(declaredNames(branch));
  const patterns = declaredPatterns(branch);
  return OTHER_NAMES.filter(
    (name) =>
      !declared.has(name) &&
      !patterns.some((pattern) => memberMatches(pattern, name)) &&
      branch.nameRules.every((rule) => evaluate(rule, name) !== false),
  );
}

function memberMatches(pattern: string, name: string): boolean {
  return evaluate({ pattern }, name) !== false;
}
