// How many values a payload carries, through shared types and authored schemas.
import { largest } from '../core/lists.ts';
import { isJsonObject, own, type JsonValue } from '../core/json.ts';
import type { Model } from './model.ts';
import type { FieldType, Shape } from './payload.ts';

/** Makes a count of the leaf fields of shapes: a list or a map counts as one of what it holds, a type inside itself as one. */
export function countFields(model: Model): (shape: Shape) => number {
  const types = new Map(model.types.map(({ name, shape }) => [name, shape]));
  const known = new Map<string, number>();
  const inShape = (shape: Shape): number =>
    shape.fields.reduce((sum, { type }) => sum + inType(type), 0);
  const inType = (type: FieldType): number => {
    switch (type.kind) {
      case 'list':
      case 'map':
      case 'nullable':
        return inType(type.of);
      case 'union':
        // A payload carries one of them: the largest is what it is measured by.
        return largest(type.of.map(inType));
      case 'named':
        return inNamed(type.name);
      case 'schema':
        return inSchema(type.schema);
      case 'primitive':
      case 'enum':
        return 1;
      default:
        return type satisfies never;
    }
  };
  const inNamed = (name: string): number => {
    const count = known.get(name);
    if (count !== undefined) return count;
    // What the type holds of itself counts as one.
    known.set(name, 1);
    const shape = types.get(name);
    const found = shape === undefined ? 1 : Math.max(1, inShape(shape));
    known.set(name, found);
    return found;
  };
  return inShape;
}

function inSchema(schema: JsonValue): number {
  const properties = isJsonObject(schema) ? own(schema, 'properties') : null;
  if (!isJsonObject(properties)) return 1;
  return Object.values(properties).reduce<number>(
    (sum, property) => sum + inSchema(property),
    0,
  );
}
