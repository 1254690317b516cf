// Shapes back to how a spec writes them: payload shorthand, or JSON Schema with references into `types`.
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import type { Pointer } from '../core/pointer.ts';
import type { Model } from '../model/model.ts';
import { typeText, type Field, type Shape } from '../model/payload.ts';
import { definitionName, definitionRef } from '../model/schema-refs.ts';
import { mapRefs } from '../model/schema-walk.ts';
import { entry, said, type ShownEntry } from './shown.ts';

/** Shows a shape as `payload` or `schema` of its owner. */
export function showPayload(
  model: Model,
  shape: Shape,
  owner: Pointer,
): readonly ShownEntry[] {
  return shape.schema === null
    ? entry('payload', said(shorthand(shape), `${owner}/payload`))
    : entry('schema', said(authored(model, shape.schema), `${owner}/schema`));
}

/** Shows headers as an event has them: fields, or JSON Schema under `schema`. */
export function showHeaders(model: Model, shape: Shape): JsonObject {
  return shape.schema === null
    ? shorthand(shape)
    : { schema: authored(model, shape.schema) };
}

/** Writes a shape's fields in payload shorthand. */
export function shorthand({ fields }: Shape): JsonObject {
  return Object.fromEntries(
    fields.map((field) => [
      field.isRequired ? field.name : `${field.name}?`,
      fieldOf(field),
    ]),
  );
}

/** Writes a resolved schema as an author would: shared types are under `#/types`, not under `#/$defs`. */
export function authored(model: Model, schema: JsonObject): JsonObject {
  const own$defs = own(schema, '$defs');
  const types = new Set(model.types.map(({ name }) => name));
  return mapRefs(schema, (ref) => {
    const name = definitionName(ref);
    const isShared =
      name !== null &&
      types.has(name) &&
      ref === definitionRef(name) &&
      !(isJsonObject(own$defs) && Object.hasOwn(own$defs, name));
    return isShared ? `#/types/${name}` : ref;
  });
}

function fieldOf({ type, isPii, description }: Field): JsonValue {
  const text = typeText(type);
  if (!isPii && description === null) return text;
  return {
    type: text,
    ...(isPii && { pii: true }),
    ...(description !== null && { description }),
  };
}
