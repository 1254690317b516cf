// The order of keys in a canonical spec: that of the language's own schema.
import { isJsonObject, own, type JsonObject } from '../../../core/json.ts';
import { segmentsOf } from '../../../core/pointer.ts';
import type { KeyOrder } from '../../../syntax/format-order.ts';
import { specSchema } from '../schema/run.ts';

/** Short facts of an event come before its payload, as in the worked example; the schema groups them by what they mean. */
const eventOrder = [
  'type',
  'queue',
  'description',
  'aggregate',
  'key',
  'once',
  'public',
  'version',
  'tags',
  'volume',
  'delivery',
  'ordering',
  'retention',
  'compatibility',
] as const;

/** Orders the top level, and the facts of each entry of a section. Entries stay in the author's order. */
export function specKeyOrder(): KeyOrder {
  const schema = specSchema();
  const entryOrders = new Map(
    Object.entries(propertiesOf(schema)).map(([section, value]) => [
      section,
      Object.keys(propertiesOf(entrySchema(schema, value))),
    ]),
  );
  const top = Object.keys(propertiesOf(schema));
  return (path) => {
    if (path.length === 0) return top;
    const names =
      path.length === 2 ? (entryOrders.get(path[0] ?? '') ?? []) : [];
    if (path.length === 2 && path[0] === 'events')
      return [...new Set<string>([...eventOrder, ...names])];
    return names.length === 0 ? null : names;
  };
}

function propertiesOf(schema: JsonObject): JsonObject {
  const properties = own(schema, 'properties');
  return isJsonObject(properties) ? properties : {};
}

function entrySchema(root: JsonObject, section: unknown): JsonObject {
  const entry = isJsonObject(section)
    ? own(section, 'additionalProperties')
    : undefined;
  return isJsonObject(entry) ? withProperties(root, entry, 4) : {};
}

/** The part of a schema that names properties: itself, what it refers to, or one of its alternatives. */
function withProperties(
  root: JsonObject,
  schema: JsonObject,
  hops: number,
): JsonObject {
  if (hops === 0 || own(schema, 'properties') !== undefined) return schema;
  const ref = own(schema, '$ref');
  const target = typeof ref === 'string' ? at(root, ref) : null;
  const alternatives = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => {
    const list = own(schema, word);
    return Array.isArray(list) ? list.filter(isJsonObject) : [];
  });
  const found = [...(target === null ? [] : [target]), ...alternatives]
    .map((one) => withProperties(root, one, hops - 1))
    .find((one) => own(one, 'properties') !== undefined);
  return found ?? {};
}

function at(root: JsonObject, ref: string): JsonObject | null {
  if (!ref.startsWith('#/')) return null;
  const found = segmentsOf(ref.slice(1)).reduce<unknown>(
    (inner, name) => (isJsonObject(inner) ? own(inner, name) : undefined),
    root,
  );
  return isJsonObject(found) ? found : null;
}
