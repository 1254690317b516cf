// What does not hold in a key, wherever one is named: that its fields are there, always, and have one text.
import { child, type Pointer } from '../core/pointer.ts';
import {
  parseKey,
  pathText,
  type EventKey,
  type KeyPath,
} from '../model/event-key.ts';
import { locateField, type ShapeOf } from '../model/locate-field.ts';
import { everyType } from '../model/located-field.ts';
import type { Shape } from '../model/payload.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { anything } from './resolve-shape.ts';
import {
  adviceForText,
  adviceToAdd,
  hasOneText,
  kindOf,
  withoutNull,
  type WrittenKey,
} from './key-advice.ts';
import type { Scope } from './scope.ts';

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
    reportNull(scope, written, { ...placed, nullable: path });
  } else if (!field.isRequired) {
    const nullable = nullableOn(written, path);
    if (nullable === null) reportOptional(scope, written, placed);
    else reportNull(scope, written, { ...placed, nullable });
  }
}

function reportNull(
  scope: Scope,
  { owner }: WrittenKey,
  { path, pointer, nullable }: Placed & { readonly nullable: KeyPath },
): void {
  scope.report(
    resolveDiagnostics.make(
      'key-may-be-null',
      { pointer },
      {
        owner,
        key: pathText(path),
        what: nullable.length === 0 ? 'the payload' : `"${pathText(nullable)}"`,
      },
    ),
  );
}

/** What leads to a field and may be null, before anything that is optional; null when nothing is. */
function nullableOn(
  { shape, shapeOf }: WrittenKey,
  path: KeyPath,
): KeyPath | null {
  for (const [index] of path.entries()) {
    const before = path.slice(0, index);
    const found = locateField(shape, before, shapeOf);
    if (found?.isRequired !== true) return null;
    if (found.types.size < everyType.length && found.types.has('null'))
      return before;
  }
  return null;
}

/** The first field on the way that not every message has. */
function optionalOn({ shape, shapeOf }: WrittenKey, path: KeyPath): KeyPath {
  const all = path.map((_, index) => path.slice(0, index + 1));
  return (
    all.find(
      (before) => locateField(shape, before, shapeOf)?.isRequired === false,
    ) ?? path
  );
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
  written: WrittenKey,
  { path, pointer }: Placed,
): void {
  const { shape, owner } = written;
  const key = pathText(path);
  const optional = optionalOn(written, path);
  const known = shape.fields.find(({ name }) => name === path[0]);
  const related =
    known === undefined
      ? []
      : [
          {
            message: `"${known.name}" is ${optional.length === 1 ? 'optional' : 'defined'} here`,
            pointer: known.origin,
            location: null,
          },
        ];
  const advice =
    shape.schema === null
      ? `Make "${pathText(optional)}" a required field: drop the "?" behind its name.`
      : `List "${optional.at(-1) ?? ''}" under "required" where it is defined, and in every alternative where it has some.`;
  scope.report(
    resolveDiagnostics.make(
      'key-optional',
      { pointer, related },
      { owner, key, advice },
    ),
  );
}
