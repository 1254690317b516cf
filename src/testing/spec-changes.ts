// Changes to specs that change nothing about the design, or damage it, for tests of what must hold over many specs.
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { parseSource } from '../syntax/parse-source.ts';

/** Reads a spec as the value that its YAML stands for. Throws when it is no mapping. */
export function specValue(text: string): JsonObject {
  const { value } = parseSource('spec.yaml', text);
  if (value === null) throw new Error('not a spec');
  return value.value;
}

/** Writes a spec's value as text: JSON is YAML. */
export function specText(value: JsonValue): string {
  return JSON.stringify(value);
}

/** Numbers in [0, 1) that are the same for the same seed (a linear congruential generator). */
export function randomNumbers(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) % 2 ** 32;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Reorders the entries of every mapping. Lists keep their order, which has a meaning. */
export function shuffleEntries(
  value: JsonValue,
  random: () => number,
): JsonValue {
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map((item) =>
      shuffleEntries(item, random),
    );
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(
    ([key, member]) => [random(), key, shuffleEntries(member, random)] as const,
  );
  return Object.fromEntries(
    entries
      .toSorted(([left], [right]) => left - right)
      .map(([, key, member]) => [key, member]),
  );
}

/** Put before every name by `renameAll`; occurs in no fixture. */
export const mark = 'qx';

/** What payloads hold is not a name of the design. */
const data: ReadonlySet<string> = new Set([
  'context',
  'example',
  'examples',
  'fields',
  'headers',
  'input',
  'payload',
  'reply',
  'request',
  'schema',
  'types',
]);

/** Renames every event, service, aggregate and channel, wherever it is named, patterns included. */
export function renameAll(spec: JsonObject): JsonObject {
  const names = new Set(
    ['events', 'services', 'publishers', 'consumers', 'aggregates', 'channels']
      .flatMap((section) => {
        const members = spec[section];
        return isJsonObject(members) ? Object.keys(members) : [];
      })
      .concat(requestServices(spec), servicesOf(spec)),
  );
  const rename = (text: string): string =>
    names.has(text) || /^[a-z].*[*#]/.test(text) ? mark + text : text;
  // The root's own keys are words of the language.
  return Object.fromEntries(
    Object.entries(spec).map(([section, value]) => [
      section,
      data.has(section) ? value : renamed(value, rename),
    ]),
  );
}

const stringsAt = (
  spec: JsonObject,
  section: string,
  properties: readonly string[],
): string[] => {
  const members = spec[section];
  return Object.values(isJsonObject(members) ? members : {}).flatMap((member) =>
    properties.flatMap((property) => {
      const value = isJsonObject(member) ? member[property] : null;
      return typeof value === 'string' ? [value] : [];
    }),
  );
};
const requestServices = (spec: JsonObject): string[] =>
  stringsAt(spec, 'requests', ['requester', 'responder']);
const servicesOf = (spec: JsonObject): string[] => [
  ...stringsAt(spec, 'aggregates', ['service']),
  ...stringsAt(spec, 'projections', ['service']),
  ...stringsAt(spec, 'sagas', ['coordinator']),
  ...stringsAt(spec, 'events', ['aggregate', 'queue']),
];

function renamed(
  value: JsonValue,
  rename: (text: string) => string,
): JsonValue {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map((item) => renamed(item, rename));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      rename(key),
      data.has(key) ? member : renamed(member, rename),
    ]),
  );
}

/** Takes one entry or item out of a spec, somewhere. */
export function damage(value: JsonValue, random: () => number): JsonValue {
  const size = isJsonObject(value)
    ? Object.keys(value).length
    : Array.isArray(value)
      ? value.length
      : 0;
  if (size === 0) return value;
  const chosen = Math.floor(random() * size);
  // Half of the damage is done at each level on the way down.
  const isHere = random() < 0.5;
  if (isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, member], index) => {
        if (index !== chosen) return [[key, member]];
        return isHere ? [] : [[key, damage(member, random)]];
      }),
    );
  return (value as readonly JsonValue[]).flatMap((item, index) => {
    if (index !== chosen) return [item];
    return isHere ? [] : [damage(item, random)];
  });
}
