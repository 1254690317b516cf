// Types that have no smallest value, since each of their values would need another one of them.
import { pointer } from '../core/pointer.ts';
import type { SharedType } from '../model/model.ts';
import { alternativesOf, type FieldType } from '../model/payload.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { Scope } from './scope.ts';

/** Tells of types that need themselves; `aliases` are those that are written as text. Reports: recursive-type. */
export function reportRecursion(
  scope: Scope,
  types: readonly SharedType[],
  aliases: ReadonlyMap<string, FieldType>,
): void {
  const needed = neededTypes(types, aliases);
  const finished = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start !== -1) {
      const circle = [...path.slice(start), name];
      scope.reportOnce(
        `recursive type ${name}`,
        resolveDiagnostics.make(
          'recursive-type',
          { pointer: pointer('types', name), at: 'key' },
          { name, path: circle.join(' -> ') },
        ),
      );
      return;
    }
    if (finished.has(name)) return;
    for (const next of needed.get(name) ?? []) visit(next, [...path, name]);
    finished.add(name);
  };
  for (const { name } of types) visit(name, []);
}

/** The types that every value of a type has inside it. A type written as text stands for what it names, so it needs all of that. */
function neededTypes(
  types: readonly SharedType[],
  aliases: ReadonlyMap<string, FieldType>,
): ReadonlyMap<string, readonly string[]> {
  const isFinite = finiteTypes(types, aliases);
  return new Map(
    types.map(({ name, shape }) => {
      const alias = aliases.get(name);
      const parts = [
        ...(alias === undefined ? [] : [alias]),
        ...shape.fields
          .filter(({ isRequired, type }) => isRequired && !isFinite(type))
          .map(({ type }) => type),
      ];
      return [name, parts.flatMap(namesIn)];
    }),
  );
}

const namesIn = (type: FieldType): readonly string[] =>
  alternativesOf(type).flatMap((one) =>
    one.kind === 'named' ? [one.name] : [],
  );

/** Finds the types that have a smallest value: a list or map may be empty, and of a union one alternative is enough. */
function finiteTypes(
  types: readonly SharedType[],
  aliases: ReadonlyMap<string, FieldType>,
): (type: FieldType) => boolean {
  const open = new Map(types.map((type) => [type.name, type]));
  const isFinite = (type: FieldType): boolean =>
    type.kind === 'nullable' ||
    alternativesOf(type).some(
      (one) => one.kind !== 'named' || !open.has(one.name),
    );
  const isSettled = ({ name, shape }: SharedType): boolean => {
    const alias = aliases.get(name);
    return alias === undefined
      ? shape.fields.every(
          ({ isRequired, type }) => !isRequired || isFinite(type),
        )
      : isFinite(alias);
  };
  for (;;) {
    const settled = [...open.values()].filter(isSettled);
    if (settled.length === 0) return isFinite;
    for (const { name } of settled) open.delete(name);
  }
}
