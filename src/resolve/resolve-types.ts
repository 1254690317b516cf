// Shared types: fields, an enumeration or another type as text, or JSON Schema.
import { isJsonObject, own, type JsonObject } from '../core/json.ts';
import { pointer } from '../core/pointer.ts';
import { typeSchema } from '../model/field-schema.ts';
import type { SharedType } from '../model/model.ts';
import type { FieldType, Shape } from '../model/payload.ts';
import type { RawFields } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { resolveFields, resolveSchema, resolveType } from './resolve-shape.ts';
import { entriesOf, type Scope } from './scope.ts';

/** Resolves `types`. Reports: recursive-type and what fields report. */
export function resolveTypes(scope: Scope): readonly SharedType[] {
  const types = entriesOf(scope.raw.types).map(([name, raw]) => {
    const origin = pointer('types', name);
    return {
      name,
      description: descriptionOf(raw),
      shape: shapeOf(scope, { name, raw }),
      origin,
    };
  });
  reportRecursion(scope, types);
  return types;
}

function shapeOf(
  scope: Scope,
  type: { name: string; raw: string | JsonObject },
): Shape {
  const { name, raw } = type;
  const place = { pointer: pointer('types', name), where: `type "${name}"` };
  if (typeof raw === 'string') {
    return {
      fields: [],
      schema: typeSchema(resolveType(scope, raw, place)),
      origin: place.pointer,
    };
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

function reportRecursion(scope: Scope, types: readonly SharedType[]): void {
  const byName = new Map(types.map((type) => [type.name, type]));
  const finished = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start !== -1) {
      const circle = [...path.slice(start), name];
      scope.report(
        resolveDiagnostics.make(
          'recursive-type',
          { pointer: pointer('types', name), at: 'key' },
          { name, path: circle.join(' -> ') },
        ),
      );
      return;
    }
    if (finished.has(name)) return;
    for (const field of byName.get(name)?.shape.fields ?? []) {
      const next = field.isRequired ? requiredType(field.type) : null;
      if (next !== null) visit(next, [...path, name]);
    }
    finished.add(name);
  };
  for (const { name } of types) visit(name, []);
}

/** A list or map may be empty, so only a direct reference forces a value. */
const requiredType = (type: FieldType): string | null =>
  type.kind === 'named' ? type.name : null;
