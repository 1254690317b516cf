// References between a schema and the definitions under its `$defs`.
import { isJsonObject, own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { pointer, segmentsOf } from '../core/pointer.ts';
import { refsOf } from './schema-walk.ts';

/** Makes the reference to a shared type: `#/$defs/Address`. */
export function definitionRef(name: string): string {
  return `#${pointer('$defs', name)}`;
}

/** Reads the name of the definition that a reference points at or into; null when it points elsewhere. */
export function definitionName(ref: string): string | null {
  if (!ref.startsWith('#/$defs/')) return null;
  return segmentsOf(ref.slice(1))[1] ?? null;
}

/** Lists the definitions that a schema refers to, each once. */
export function definitionNames(schema: JsonObject): readonly string[] {
  const names = refsOf(schema).map(definitionName);
  return [...new Set(names.filter((name) => name !== null))];
}

/** Follows a reference by JSON Pointer inside a schema; `undefined` when it is another kind, or leads nowhere. */
export function refTarget(
  schema: JsonObject,
  ref: string,
): JsonValue | undefined {
  const at = decodedFragment(ref.slice(1));
  if (!ref.startsWith('#') || !/^(?:\/|$)/.test(at)) return undefined;
  let value: JsonValue | undefined = schema;
  for (const segment of segmentsOf(at)) {
    if (Array.isArray(value)) value = value[Number(segment)];
    else if (isJsonObject(value)) value = own(value, segment);
    else return undefined;
  }
  return value;
}

/** Decodes the percent signs of a URI fragment; a malformed one stands for itself. */
export function decodedFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
