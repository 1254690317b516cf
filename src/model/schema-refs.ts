// References between a schema and the definitions under its `$defs`.
import type { JsonObject } from '../core/json.ts';
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
