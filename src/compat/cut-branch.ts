// Cuts a branch of the writer into parts, so that each may fit another alternative of the reader.
import { declaredNames, memberSchemas } from './branch-parts.ts';
import { ofType } from './branch.ts';
import type { Branch } from './branch.ts';
import { branchesAt, narrowTo } from './branches.ts';
import type { Schema, SchemaObject } from './json-schema.ts';

/** A branch is cut into at most this many parts by the values of one member. */
const MAX_PARTS = 16;

/** Cuts a branch into parts that different alternatives may take: by type, by their limits, else by a member with few values. */
export function cut(
  branch: Branch,
  options: readonly Schema[],
): readonly Branch[] {
  if (branch.types.size > 1)
    return [...branch.types].map((type) => ofType(branch, type));
  if (branch.types.has('number')) return cutNumbers(branch, options);
  if (!branch.types.has('object')) return [];
  const asked = new Set(
    options.flatMap((option) => branchesAt([option]).flatMap(declaredNames)),
  );
  for (const name of [...branch.required].filter((name) => asked.has(name))) {
    const values = branchesAt(memberSchemas(branch, name)).map(
      (member) => member.values,
    );
    const listed = values.flatMap((list) => list ?? []);
    if (values.includes(null) || listed.length < 2 || listed.length > MAX_PARTS)
      continue;
    const parts = listed.map(
      (value) =>
        ({ type: 'object', properties: { [name]: { const: value } } }) as const,
    );
    return parts.flatMap((part) => narrowTo(branch, part));
  }
  return [];
}

/** Cuts numbers where an alternative begins or ends. */
function cutNumbers(
  branch: Branch,
  options: readonly Schema[],
): readonly Branch[] {
  const limits = options.flatMap((option) =>
    branchesAt([option]).flatMap(({ low, high }): readonly SchemaObject[] => [
      ...(Number.isFinite(low.value)
        ? [
            low.isExclusive
              ? { maximum: low.value }
              : { exclusiveMaximum: low.value },
          ]
        : []),
      ...(Number.isFinite(high.value)
        ? [
            high.isExclusive
              ? { exclusiveMaximum: high.value }
              : { maximum: high.value },
          ]
        : []),
    ]),
  );
  for (const below of limits) {
    const parts = [below, beyond(below)].map((side) => narrowTo(branch, side));
    if (parts.every(({ length }) => length > 0)) return parts.flat();
  }
  return [];
}

/** The numbers above an upper limit. */
const beyond = ({ maximum, exclusiveMaximum }: SchemaObject): SchemaObject =>
  maximum === undefined
    ? { minimum: exclusiveMaximum ?? 0 }
    : { exclusiveMinimum: maximum };
