// Which properties of the spec's JSON Schema occur in given specs.
import { readFileSync } from 'node:fs';
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';

const read = (name: string): JsonObject =>
  JSON.parse(
    readFileSync(new URL(`../../schemas/${name}`, import.meta.url), 'utf8'),
  ) as JsonObject;

interface Walk {
  readonly root: JsonObject;
  readonly seen: Set<JsonValue>;
}

/** Lists the properties that no spec has, as `definition.property`. */
export function schemaCoverage(
  specs: readonly JsonObject[],
): readonly string[] {
  const root = read('event-arch.schema.json');
  const walk: Walk = { root, seen: new Set() };
  for (const spec of specs) visit(walk, root, spec);
  const options = ['kafka', 'rabbitmq'].flatMap((broker) =>
    Object.keys(
      own(read(`brokers/${broker}.schema.json`), 'properties') as JsonObject,
    )
      .filter((name) => !specs.some((spec) => hasOption(spec, name)))
      .map((name) => `${broker}.${name}`),
  );
  return [...unseen(walk, root, 'spec'), ...options];
}

const member = (
  value: JsonValue | undefined,
  key: string,
): JsonValue | undefined => (isJsonObject(value) ? own(value, key) : undefined);

const hasOption = (spec: JsonObject, name: string): boolean =>
  member(member(own(spec, 'broker'), 'options'), name) !== undefined;

function visit(
  walk: Walk,
  schema: JsonValue | undefined,
  value: JsonValue,
): void {
  if (!isJsonObject(schema)) return;
  const ref = own(schema, '$ref');
  if (typeof ref === 'string' && ref.startsWith('#/$defs/'))
    visit(walk, member(own(walk.root, '$defs'), ref.slice(8)), value);
  const condition = member(own(schema, 'if'), 'type');
  if (own(schema, 'if') !== undefined && condition === undefined)
    for (const branch of ['then', 'else'])
      visit(walk, own(schema, branch), value);
  if (condition !== undefined)
    visit(
      walk,
      own(schema, condition === typeOf(value) ? 'then' : 'else'),
      value,
    );
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[])
      visit(walk, own(schema, 'items'), item);
  }
  if (!isJsonObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const property = member(own(schema, 'properties'), key);
    if (property !== undefined) walk.seen.add(property);
    visit(walk, property ?? own(schema, 'additionalProperties'), inner);
  }
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function unseen(
  walk: Walk,
  schema: JsonValue,
  where: string,
): readonly string[] {
  if (!isJsonObject(schema)) return [];
  return Object.entries(schema).flatMap(([keyword, inner]) => {
    if (keyword === 'properties' && isJsonObject(inner) && where !== 'if') {
      return Object.entries(inner).flatMap(([name, property]) => [
        ...(walk.seen.has(property) ? [] : [`${where}.${name}`]),
        ...unseen(walk, property, `${where}.${name}`),
      ]);
    }
    // Conditions repeat properties, and the options of brokers have files of their own.
    if (keyword === 'if' || keyword === 'allOf' || !isJsonObject(inner))
      return [];
    const name = keyword === '$defs' ? '' : where;
    return keyword === '$defs'
      ? Object.entries(inner).flatMap(([definition, part]) =>
          unseen(walk, part, definition),
        )
      : unseen(walk, inner, name);
  });
}
