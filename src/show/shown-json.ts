// A shown spec as JSON: every value an object that says where it came from.
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Shown, ShownMap } from './shown.ts';

/** Makes the JSON form: `{ value, from, origin, because }` for each value; what stands under one key twice becomes a list. */
export function shownJson(root: ShownMap): JsonObject {
  const result: Record<string, JsonValue> = {};
  const keys = [...new Set(root.entries.map(({ key }) => key))];
  for (const key of keys) {
    const nodes = root.entries
      .filter((entry) => entry.key === key)
      .map(({ node }) => valueOf(node));
    result[key] = nodes.length === 1 ? (nodes[0] ?? null) : nodes.flat();
  }
  return result;
}

function valueOf(node: Shown): JsonValue {
  switch (node.kind) {
    case 'value': {
      const { value, from, origin, because } = node;
      return { value, from, origin, because };
    }
    case 'map':
      return shownJson(node);
    case 'list':
      return node.items.map(valueOf);
    default:
      return node satisfies never;
  }
}
