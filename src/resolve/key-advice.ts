// What to do about a key that does not hold.
import type { Pointer } from '../core/pointer.ts';
import { pathText, type KeyPath } from '../model/event-key.ts';
import { locateField, type ShapeOf } from '../model/locate-field.ts';
import {
  everyType,
  type LocatedField,
  type ValueType,
} from '../model/located-field.ts';
import type { Shape } from '../model/payload.ts';
import type { RawList } from '../schema/raw-spec.ts';
import { adviceFrom } from './scope.ts';

/** A key as it is written, and where. */
export interface WrittenKey {
  readonly raw: RawList;
  readonly at: Pointer;
  /** Who is keyed: `event "order.created"`. */
  readonly owner: string;
  readonly shape: Shape;
  readonly shapeOf: ShapeOf;
}

/** What to do about a key that is not in the payload. */
export function adviceToAdd(written: WrittenKey, path: KeyPath): string {
  return path.length === 1
    ? adviceAtTop(written, path[0] ?? '')
    : adviceInside(written, path);
}

function adviceAtTop({ shape }: WrittenKey, name: string): string {
  const names = shape.fields.map((field) => field.name);
  if (names.length > 0) return adviceFrom(name, names);
  return shape.schema === null
    ? `Add "${name}: uuid" to the payload.`
    : `Add "${name}" to the schema as a required property, and to every alternative where it has some.`;
}

function adviceInside(written: WrittenKey, path: KeyPath): string {
  const { shape, shapeOf } = written;
  const outer = path.slice(0, -1);
  for (const [index] of outer.entries()) {
    const before = path.slice(0, index + 1);
    const field = locateField(shape, before, shapeOf);
    if (field !== null && !holdsFields(field))
      return `"${pathText(before)}" is ${kindOf(field)}, which has no such field. ${adviceBeside(written)}`;
  }
  const names = locateField(shape, outer, shapeOf)?.members ?? [];
  return names.length === 0
    ? `Add "${pathText(outer)}" with a field "${path.at(-1) ?? ''}" to the payload.`
    : adviceFrom(
        pathText(path),
        names.map((name) => pathText([...outer, name])),
      );
}

/** A map has any names, and none of them always. */
const holdsFields = ({ types, members }: LocatedField): boolean =>
  types.has('object') &&
  (members.length > 0 || types.size === everyType.length);

/** Tells whether every value of these types has one text, and no two values the same one. */
export function hasOneText(types: ReadonlySet<ValueType>): boolean {
  const [only] = types;
  return (
    types.size === 1 &&
    (only === 'string' || only === 'integer' || only === 'boolean')
  );
}

/** What a value is where it is not null. */
export function withoutNull(
  types: ReadonlySet<ValueType>,
): ReadonlySet<ValueType> {
  return new Set([...types].filter((type) => type !== 'null'));
}

const words: Readonly<Record<ValueType, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number that may have a fraction',
  boolean: 'true or false',
  null: 'null',
  object: 'an object',
  array: 'a list',
};

/** Says what a field may be. */
export function kindOf({ types, members }: LocatedField): string {
  if (types.size === 0) return 'nothing that a message can hold';
  if (types.size === everyType.length) return 'of any type';
  return [...types]
    .map((type) =>
      type === 'object' && members.length === 0 ? 'a map' : words[type],
    )
    .join(' or ');
}

/** What to do about a field that has no one text. */
export function adviceForText(
  field: LocatedField,
  path: KeyPath,
  written: WrittenKey,
): string {
  const usable = isUsable(written);
  const inside = field.members
    .map((name) => [...path, name])
    .find((candidate) => usable(candidate));
  if (inside !== undefined)
    return `Key by a field in it, such as "${pathText(inside)}".`;
  const types = withoutNull(field.types);
  if (types.size === everyType.length - 1)
    return `Give "${pathText(path)}" a type that has one text, such as uuid, string or integer.`;
  if (types.has('number') && types.size === 1)
    return `Make "${pathText(path)}" an integer or a string: 1, 1.0 and 1e0 are one number and three texts.`;
  const isOneOfTexts = [...types].every(
    (type) => type !== 'object' && type !== 'array',
  );
  if (isOneOfTexts && types.size > 1)
    return `Give "${pathText(path)}" one type, such as string.`;
  return adviceBeside(written);
}

const isUsable =
  ({ shape, shapeOf }: WrittenKey) =>
  (candidate: KeyPath): boolean => {
    const found = locateField(shape, candidate, shapeOf);
    return found !== null && found.isRequired && hasOneText(found.types);
  };

function adviceBeside(written: WrittenKey): string {
  const beside = written.shape.fields
    .map(({ name }) => [name])
    .find(isUsable(written));
  return beside === undefined
    ? 'Key by a field that holds one string or whole number.'
    : `Key by a field that holds one value, such as "${pathText(beside)}".`;
}
