// The `bindings` of an object of the document.
import type { JsonObject } from '../../core/json.ts';

/** Gives the property `bindings`, or nothing for a broker that binds nothing there. */
export function bindingsOf(bindings: JsonObject): JsonObject {
  return Object.keys(bindings).length === 0 ? {} : { bindings };
}
