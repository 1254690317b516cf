// Shared types: fields, an enumeration or another type as text, or JSON Schema.
import { isJsonObject, own, type JsonObject } from '../core/json.ts';
import { pointer } from '../core/pointer.ts';
import { typeSchema } from '../model/field-schema.ts';
import type { SharedType } from '../model/model.ts';
import type { FieldType, Shape } from '../model/payload.ts';
import type { RawFields } from '../schema/raw-spec.ts';
import type { SchemaPlace } from './inline-schema.ts';
import { reportRecursion } from './recursive-types.ts';
import { resolveFields, resolveSchema, resolveType } from './resolve-shape.ts';
import { entriesOf, type Scope } from './scope.ts';

/** Resolves `types`. Reports: recursive-type and what fields report. */
export function resolveTypes(scope: Scope): readonly SharedType[] {
  const aliases = new Map<string, FieldType>();
  const types = entriesOf(scope.raw.types).map(([name, raw]) => {
    const origin = pointer('types', name);
    const place = { pointer: origin, where: `type "${name}"` };
    if (typeof raw === 'string')
      aliases.set(name, resolveType(scope, raw, place));
    return {
      name,
      description: descriptionOf(raw),
      shape: shapeOf(scope, { raw, alias: aliases.get(name), place }),
      origin,
    };
  });
  reportRecursion(scope, types, aliases);
  return types;
}

function shapeOf(
  scope: Scope,
  type: {
    readonly raw: string | JsonObject;
    readonly alias: FieldType | undefined;
    readonly place: SchemaPlace;
  },
): Shape {
  const { raw, alias, place } = type;
  if (typeof raw === 'string' || alias !== undefined) {
    const schema = alias === undefined ? {} : typeSchema(alias);
    return { fields: [], schema, origin: place.pointer };
  }
  const schema = authoredSchema(raw);
  if (schema !== null) return resolveSchema(scope, schema, place);
  // The validator has checked that every entry is a field.
  return resolveFields(scope, raw as RawFields, place);
}

/** `{ schema: { … } }` is JSON Schema; a field named "schema" holds a text or a mapping with a text `type`. */
function authoredSchema(raw: JsonObject): JsonObject | null {
  const schema = own(raw, 'schema');
  const keys = Object.keys(raw).filter((key) => key !== 'description');
  return keys.length === 1 && isJsonObject(schema) ? schema : null;
}

function descriptionOf(raw: string | JsonObject): string | null {
  if (typeof raw === 'string' || authoredSchema(raw) === null) return null;
  const description = own(raw, 'description');
  return typeof description === 'string' ? description : null;
}
