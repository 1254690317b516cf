// Fields that are written as objects and lists, in payload shorthand: the lines to write.
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { pascalCase } from '../core/text.ts';
import { synonymOf } from '../model/type-words.ts';

export interface FieldLines {
  /** The field's type, as it is written. */
  readonly type: JsonValue;
  /** What is to be named under `types`. */
  readonly types: JsonObject;
}

/** Gives the lines for a field, or null when its value says too little. `nameFor`: the name of a type, by the field's. */
export function fieldLines(
  field: string,
  value: JsonValue,
  nameFor: (field: string) => string | null,
): FieldLines | null {
  if (typeof value === 'string')
    return {
      type: synonymOf(value) ?? value,
      types: {},
    };
  if (Array.isArray(value)) return listLines(field, value, nameFor);
  if (!isJsonObject(value)) return null;
  if (Object.hasOwn(value, 'type')) return { type: value, types: {} };
  return objectLines(field, value, nameFor);
}

/** A list of one thing says what its items are. */
function listLines(
  field: string,
  items: readonly JsonValue[],
  nameFor: (field: string) => string | null,
): FieldLines | null {
  const [only] = items;
  if (only === undefined || items.length > 1) return null;
  const item = fieldLines(field, only, nameFor);
  return typeof item?.type === 'string'
    ? { ...item, type: `list<${item.type}>` }
    : null;
}

function objectLines(
  field: string,
  value: JsonObject,
  nameFor: (field: string) => string | null,
): FieldLines | null {
  const name = nameFor(field);
  const members = Object.entries(value);
  if (name === null || members.length === 0) return null;
  const fields: [string, JsonValue][] = [];
  let types: JsonObject = {};
  for (const [key, inner] of members) {
    const lines = fieldLines(key, inner, nameFor);
    if (lines === null) return null;
    fields.push([key, lines.type]);
    types = { ...types, ...lines.types };
  }
  return {
    type: name,
    types: { [name]: Object.fromEntries(fields), ...types },
  };
}

/** The name of a type for what a field holds; null when the field's name has no letters that a type's could have. */
export function typeNameFor(field: string): string | null {
  const name = pascalCase(field);
  return /^[A-Z]/.test(name) ? name : null;
}
