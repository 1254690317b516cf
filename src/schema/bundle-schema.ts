// A schema and the schemas that it refers to as one document.
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';

/** Moves each schema of `parts`, by the reference that names it, into the root's `$defs`, so that nothing outside is referred to. */
export function bundleSchema(
  root: JsonObject,
  parts: ReadonlyMap<string, JsonObject>,
): JsonObject {
  const moved = [...parts].map(([ref, part]) => {
    // Of one document only the root has an identity of its own; a part's references start from where it moved to.
    const { $id: _id, $schema: _dialect, ...rest } = part;
    const prefix = `#/$defs/${nameOf(ref)}`;
    return [
      nameOf(ref),
      withRefs(rest, (inner) =>
        inner.startsWith('#') ? prefix + inner.slice(1) : inner,
      ),
    ] as const;
  });
  const { $defs: defs, ...rest } = withRefs(root, (ref) =>
    parts.has(ref) ? `#/$defs/${nameOf(ref)}` : ref,
  );
  const kept = isJsonObject(defs) ? defs : {};
  return { ...rest, $defs: { ...kept, ...Object.fromEntries(moved) } };
}

/** Makes `brokers-kafka` of `brokers/kafka.schema.json`. */
const nameOf = (ref: string): string =>
  ref.replace(/\.schema\.json$/, '').replaceAll(/[^A-Za-z0-9]+/g, '-');

/** Copies a schema with every `$ref` passed through `change`. */
function withRefs(
  schema: JsonObject,
  change: (ref: string) => string,
): JsonObject {
  const copy = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map(copy);
    return isJsonObject(value) ? withRefs(value, change) : value;
  };
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? change(value) : copy(value),
    ]),
  );
}
