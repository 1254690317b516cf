// Which fields of which payloads are personal data, as declared, through shared types and authored schemas.
import { isJsonObject, own, type JsonValue } from '../core/json.ts';
import type { Model } from './model.ts';
import type { Field, FieldType, Shape } from './payload.ts';

type Types = ReadonlyMap<string, Shape>;

/** Lists the paths of personal fields of each event's current payload; events without any are absent. */
export function personalFields(
  model: Model,
): ReadonlyMap<string, readonly string[]> {
  const pathsIn = personalPaths(model);
  return new Map(
    model.events.flatMap((event): [string, readonly string[]][] => {
      const paths = event.payload.fields.flatMap(pathsIn);
      return paths.length === 0 ? [] : [[event.name, paths]];
    }),
  );
}

/** Makes a list of the paths of personal data in a field, itself included. */
export function personalPaths(
  model: Model,
): (field: Field) => readonly string[] {
  const types: Types = new Map(
    model.types.map(({ name, shape }) => [name, shape]),
  );
  const known = new Map<string, readonly string[]>();
  return (field) => inField(field, { types, known, open: new Set() });
}

interface Walk {
  readonly types: Types;
  /** Paths within each shared type, worked out once. */
  readonly known: Map<string, readonly string[]>;
  /** Types that are being walked: a type may contain itself. */
  readonly open: ReadonlySet<string>;
}

function inShape(shape: Shape, walk: Walk): readonly string[] {
  return shape.fields.flatMap((field) => inField(field, walk));
}

function inField(field: Field, walk: Walk): readonly string[] {
  if (field.isPii) return [field.name];
  return inType(field.type, walk).map((path) =>
    path === '' ? field.name : `${field.name}.${path}`,
  );
}

function inType(type: FieldType, walk: Walk): readonly string[] {
  switch (type.kind) {
    case 'list':
    case 'map':
    case 'nullable':
      return inType(type.of, walk);
    case 'union':
      return [...new Set(type.of.flatMap((one) => inType(one, walk)))];
    case 'schema':
      return inSchema(type.schema);
    case 'named':
      return inNamed(type.name, walk);
    case 'primitive':
    case 'enum':
      return [];
    default:
      return type satisfies never;
  }
}

function inNamed(name: string, walk: Walk): readonly string[] {
  const known = walk.known.get(name);
  if (known !== undefined) return known;
  const shape = walk.types.get(name);
  if (shape === undefined || walk.open.has(name)) return [];
  const paths = inShape(shape, { ...walk, open: new Set(walk.open).add(name) });
  // Inside a circle the list may lack what the circle's start will add, so only whole ones are kept.
  if (walk.open.size === 0) walk.known.set(name, paths);
  return paths;
}

/** Reads `x-pii` off the properties of a nested schema. */
function inSchema(schema: JsonValue): readonly string[] {
  if (!isJsonObject(schema)) return [];
  if (own(schema, 'x-pii') === true) return [''];
  const properties = own(schema, 'properties');
  const members = isJsonObject(properties)
    ? Object.entries(properties).flatMap(([name, property]) =>
        inSchema(property).map((path) =>
          path === '' ? name : `${name}.${path}`,
        ),
      )
    : [];
  const items = own(schema, 'items');
  return [...members, ...(items === undefined ? [] : inSchema(items))];
}
