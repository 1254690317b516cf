// What does not hold in a key, wherever one is named: that its fields are there, always, and have one text.
import { child, type Pointer } from '../core/pointer.ts';
import {
  parseKey,
  pathText,
  type EventKey,
  type KeyPath,
} from '../model/event-key.ts';
import { locateField, type ShapeOf } from '../model/locate-field.ts';
import {
  everyType,
  type LocatedField,
  type ValueType,
} from '../model/located-field.ts';
import type { Shape } from '../model/payload.ts';
import type { RawList } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { anything } from './resolve-shape.ts';
import { adviceFrom, type Scope } from './scope.ts';

/** A key as it is written, and where. */
export interface WrittenKey {
  readonly raw: RawList;
  readonly at: Pointer;
  /** Who is keyed: `event "order.created"`. */
  readonly owner: string;
  readonly shape: Shape;
  readonly shapeOf: ShapeOf;
}

/** Reads a key and checks each of its fields. Reports: key-not-in-payload, key-optional, key-may-be-null, key-without-text. */
export function resolveKey(scope: Scope, written: WrittenKey): EventKey {
  const { raw, at } = written;
  const key = parseKey(raw);
  for (const [index, path] of key.entries())
    checkPath(scope, written, {
      path,
      pointer: typeof raw === 'string' ? at : child(at, index),
    });
  return key;
}

interface Placed {
  readonly path: KeyPath;
  readonly pointer: Pointer;
}

function checkPath(scope: Scope, written: WrittenKey, placed: Placed): void {
  const { shape, shapeOf, owner } = written;
  const { path, pointer } = placed;
  if (isTold(shape, path, shapeOf)) return;
  const field = locateField(shape, path, shapeOf);
  const key = pathText(path);
  if (field === null) {
    scope.report(
      resolveDiagnostics.make(
        'key-not-in-payload',
        { pointer },
        { owner, key, advice: adviceToAdd(written, path) },
      ),
    );
    return;
  }
  if (!hasOneText(withoutNull(field.types))) {
    scope.report(
      resolveDiagnostics.make(
        'key-without-text',
        { pointer },
        {
          what: `the key "${key}" of ${owner}`,
          kind: kindOf(field),
          advice: adviceForText(field, path, written),
        },
      ),
    );
  } else if (field.types.has('null')) {
    scope.report(
      resolveDiagnostics.make('key-may-be-null', { pointer }, { owner, key }),
    );
  } else if (!field.isRequired) {
    reportOptional(scope, written, placed);
  }
}

/** Tells whether a type on the way could not be read. */
function isTold(shape: Shape, path: KeyPath, shapeOf: ShapeOf): boolean {
  const [name, ...rest] = path;
  const field = shape.fields.find((one) => one.name === name);
  if (field === undefined || field.type === anything)
    return field !== undefined;
  if (field.type.kind !== 'named' || rest.length === 0) return false;
  const inner = shapeOf(field.type.name);
  return inner !== null && isTold(inner, rest, shapeOf);
}

function reportOptional(
  scope: Scope,
  { shape, owner }: WrittenKey,
  { path, pointer }: Placed,
): void {
  const key = pathText(path);
  const known = shape.fields.find(({ name }) => name === path[0]);
  const related =
    known === undefined
      ? []
      : [
          {
            message: `"${known.name}" is ${path.length === 1 ? 'optional' : 'defined'} here`,
            pointer: known.origin,
            location: null,
          },
        ];
  const advice =
    shape.schema !== null
      ? `List "${path.at(-1) ?? ''}" under "required" where it is defined, and what it is in as well.`
      : path.length === 1
        ? `Make "${key}" a required field: drop the "?" behind its name.`
        : `Make "${path.join('" and "')}" required fields: drop the "?" behind their names.`;
  scope.report(
    resolveDiagnostics.make(
      'key-optional',
      { pointer, related },
      { owner, key, advice },
    ),
  );
}

function adviceToAdd(written: WrittenKey, path: KeyPath): string {
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

function adviceInside({ shape, shapeOf }: WrittenKey, path: KeyPath): string {
  const outer = path.slice(0, -1);
  const names = locateField(shape, outer, shapeOf)?.members ?? [];
  return names.length === 0
    ? `Add "${pathText(outer)}" with a field "${path.at(-1) ?? ''}" to the payload.`
    : adviceFrom(
        pathText(path),
        names.map((name) => pathText([...outer, name])),
      );
}

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

function adviceForText(
  field: LocatedField,
  path: KeyPath,
  { shape, shapeOf }: WrittenKey,
): string {
  const usable = (candidate: KeyPath): boolean => {
    const found = locateField(shape, candidate, shapeOf);
    return found !== null && found.isRequired && hasOneText(found.types);
  };
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
  const beside = shape.fields
    .map(({ name }) => [name])
    .find((candidate) => usable(candidate));
  return beside === undefined
    ? 'Key by a field that holds one string or whole number.'
    : `Key by a field that holds one value, such as "${pathText(beside)}".`;
}
