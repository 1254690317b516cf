// What is left of a spec that the schema refuses, so that mistyped names elsewhere are told in the same run.
import type { Diagnostic } from '../core/diagnostic.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { segmentsOf, type Pointer } from '../core/pointer.ts';
import { validateSource } from '../schema/validate-source.ts';

export interface RemainingSpec {
  /** A spec that the schema passes. */
  readonly value: JsonObject;
  /** Tells whether a finding about the remains would also be one about the whole. */
  readonly isCertain: (diagnostic: Diagnostic) => boolean;
}

/** Sections whose names are looked up from elsewhere: when one of them is unreadable, no name is surely unknown. */
const looked: ReadonlySet<string> = new Set([
  'aggregates',
  'channels',
  'events',
  'projections',
  'services',
  'types',
]);

/** Findings that follow from what stands there, and not from what is missing elsewhere. */
const certain: ReadonlySet<string> = new Set(
  [
    'bad-type',
    'command-on-aggregate',
    'is-a-command',
    'key-not-in-payload',
    'key-optional',
    'not-a-command',
    'payload-and-schema',
    'queue-of-event',
    'repeated-event',
    'replication-bounds',
    'retry-bounds',
    'unknown-event',
    'unknown-field',
    'unknown-projection',
    'unknown-state',
    'unknown-type',
    'version-not-older',
  ].map((code) => `resolve/${code}`),
);

/** A name that is nowhere stays unknown whatever is taken out: a hint may speak of what is near, also of what is refused inside. */
const unknown: ReadonlySet<string> = new Set([
  'resolve/unknown-event',
  'resolve/unknown-projection',
  'resolve/unknown-type',
]);

/** Taking out a value may leave its owner without something required, which is then taken out too; not for ever. */
const mostRounds = 5;

/**
 * Takes out of a spec what the schema refuses. Null when names may have gone with it, as then nothing more is certain.
 *
 * @param refused what `validateSource` said about the parts of `value`
 */
export function remainingSpec(
  value: JsonObject,
  refused: readonly Diagnostic[],
): RemainingSpec | null {
  const touched = new Set<string>();
  let remains = value;
  let told = refused;
  for (let round = 0; round < mostRounds; round += 1) {
    for (const { pointer } of told) {
      const [section = '', name, ...inside] = segmentsOf(pointer);
      if (name === undefined) return null;
      if (looked.has(section)) {
        if (inside.length === 0) return null;
        touched.add(JSON.stringify(name));
      }
      remains = without(remains, pointer);
    }
    told = validateSource(remains, 'whole');
    if (told.length === 0)
      return {
        value: remains,
        isCertain: ({ code, message, hint }) => {
          const said = unknown.has(code) ? message : `${message} ${hint ?? ''}`;
          return (
            certain.has(code) &&
            ![...touched].some((name) => said.includes(name))
          );
        },
      };
  }
  return null;
}

/** Copies a value without what stands at a pointer. Of a list nothing is taken out, as the rest would move: the list goes. */
function without(value: JsonObject, at: Pointer): JsonObject {
  const cut = (
    node: JsonValue | undefined,
    [key, ...rest]: readonly string[],
  ): JsonValue | undefined => {
    // Gone already, or a list.
    if (key === undefined || !isJsonObject(node) || !Object.hasOwn(node, key))
      return undefined;
    const { [key]: inner, ...others } = node;
    const left = cut(inner, rest);
    if (left === undefined) return others;
    return Object.fromEntries(
      Object.entries(node).map(([name, one]) => [
        name,
        name === key ? left : one,
      ]),
    );
  };
  const left = cut(value, segmentsOf(at));
  return isJsonObject(left) ? left : value;
}
