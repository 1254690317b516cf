// Decides whether a value satisfies a linked schema. Used to confirm witnesses; what it cannot decide it says.
import { append } from '../core/lists.ts';
import { searchText } from '../core/search-text.ts';
import { allOf, assertionsHold } from './assertions.ts';
import { isJsonArray, isJsonObject } from './json-schema.ts';
import type {
  JsonObject,
  JsonValue,
  Schema,
  SchemaObject,
  Tri,
} from './json-schema.ts';
import {
  NOTHING,
  anyHolds,
  chooseOutcome,
  joinOutcomes,
  oneHolds,
  opposite,
  outcome,
} from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** How to read a schema: `tolerant` passes over unknown object members that the schema would refuse. */
export interface Reading {
  readonly isTolerant: boolean;
}

interface Scope extends Reading {
  /** In-place references left to follow, so that a schema that refers to itself ends. */
  readonly hops: number;
}
const MAX_HOPS = 64;

/**
 * Decides whether a schema accepts a value.
 *
 * @returns `null` when it hangs on something that cannot be decided here (see `assertionHolds`; references that leave
 *   the document; `$dynamicRef`)
 */
export function evaluate(
  schema: Schema,
  value: JsonValue,
  reading: Reading = { isTolerant: false },
): Tri {
  return run(schema, value, { ...reading, hops: MAX_HOPS }).holds;
}

function run(schema: Schema, value: JsonValue, scope: Scope): Outcome {
  if (typeof schema === 'boolean') return outcome(schema);
  if (scope.hops === 0) return outcome(null);
  const parts = [...inPlace(schema, value, scope)];
  const own = allOf([
    assertionsHold(schema, value),
    schema.$dynamicRef === undefined ? true : null,
  ]);
  const before = joinOutcomes([outcome(own), ...parts]);
  const within = joinOutcomes([
    before,
    onMembers(schema, value, scope),
    onItems(schema, value, scope),
  ]);
  return joinOutcomes([
    within,
    onUnevaluated(schema, value, { before: within, scope }),
  ]);
}

/** Evaluates the sub-schemas that look at the same value. */
function inPlace(
  schema: SchemaObject,
  value: JsonValue,
  scope: Scope,
): readonly Outcome[] {
  const exact: Scope = { ...scope, isTolerant: false };
  const nearer: Scope = { ...scope, hops: scope.hops - 1 };
  const parts: Outcome[] = (schema.allOf ?? []).map((part) =>
    run(part, value, nearer),
  );
  if (schema.target === null) parts.push(outcome(null));
  else if (schema.target !== undefined)
    parts.push(run(schema.target, value, nearer));
  append(parts, choices(schema, value, nearer));
  if (schema.not !== undefined)
    parts.push(outcome(opposite(run(schema.not, value, exact).holds)));
  if (schema.if !== undefined)
    append(parts, conditional(schema.if, schema, { value, scope: exact }));
  if (isJsonObject(value)) {
    for (const [name, part] of Object.entries(schema.dependentSchemas ?? {})) {
      if (Object.hasOwn(value, name)) parts.push(run(part, value, nearer));
    }
  }
  return parts;
}

/** Evaluates `anyOf`, and `oneOf`, where an option that only might hold counts against the others. */
function choices(
  { anyOf, oneOf }: SchemaObject,
  value: JsonValue,
  scope: Scope,
): readonly Outcome[] {
  const parts: Outcome[] = [];
  if (anyOf !== undefined) {
    const options = anyOf.map((part) => run(part, value, scope));
    parts.push(chooseOutcome(options, anyHolds(options)));
  }
  if (oneOf !== undefined) {
    const exact: Scope = { ...scope, isTolerant: false };
    const options = oneOf.map((part) => run(part, value, exact));
    parts.push(chooseOutcome(options, oneHolds(options)));
  }
  return parts;
}

function conditional(
  condition: Schema,
  schema: SchemaObject,
  { value, scope }: { readonly value: JsonValue; readonly scope: Scope },
): readonly Outcome[] {
  const test = run(condition, value, scope);
  const yes = run(schema.then ?? true, value, scope);
  const no = run(schema.else ?? true, value, scope);
  if (test.holds === null)
    return [outcome(yes.holds === no.holds ? yes.holds : null)];
  return test.holds ? [{ ...test, holds: true }, yes] : [no];
}

function onMembers(
  schema: SchemaObject,
  value: JsonValue,
  scope: Scope,
): Outcome {
  if (!isJsonObject(value)) return outcome(true);
  const names = new Set<string>();
  const verdicts: Tri[] = [];
  for (const [name, member] of Object.entries(value)) {
    const { parts, isKnown } = memberSchemas(schema, name);
    if (schema.propertyNames !== undefined)
      verdicts.push(run(schema.propertyNames, name, scope).holds);
    append(
      verdicts,
      parts.map((part) => run(part, member, scope).holds),
    );
    if (isKnown || schema.additionalProperties !== undefined) names.add(name);
    if (isKnown !== false || schema.additionalProperties === undefined)
      continue;
    const isSpared = scope.isTolerant && schema.additionalProperties === false;
    if (!isSpared)
      verdicts.push(run(schema.additionalProperties, member, scope).holds);
  }
  return { holds: allOf(verdicts), names, items: 0 };
}

function memberSchemas(
  schema: SchemaObject,
  name: string,
): { readonly parts: readonly Schema[]; readonly isKnown: Tri } {
  const { properties = {}, patternProperties = {} } = schema;
  const parts = Object.hasOwn(properties, name)
    ? [properties[name] ?? true]
    : [];
  const matches = Object.entries(patternProperties).map(
    ([pattern, part]) => [searchText(pattern, name), part] as const,
  );
  const known = [
    ...parts,
    ...matches.flatMap(([isMatch, part]) => (isMatch ? [part] : [])),
  ];
  const isKnown =
    known.length > 0
      ? true
      : matches.some(([isMatch]) => isMatch === null)
        ? null
        : false;
  return { parts: known, isKnown };
}

function onItems(
  schema: SchemaObject,
  value: JsonValue,
  scope: Scope,
): Outcome {
  if (!isJsonArray(value)) return outcome(true);
  const { prefixItems = [], items } = schema;
  const verdicts = value.flatMap((item, index) => {
    const part = prefixItems[index] ?? items;
    return part === undefined ? [] : [run(part, item, scope).holds];
  });
  if (schema.contains !== undefined)
    verdicts.push(containsEnough(schema, schema.contains, { value, scope }));
  const looked =
    items === undefined
      ? Math.min(prefixItems.length, value.length)
      : value.length;
  return { holds: allOf(verdicts), names: NOTHING, items: looked };
}

function containsEnough(
  schema: SchemaObject,
  contains: Schema,
  {
    value,
    scope,
  }: { readonly value: readonly JsonValue[]; readonly scope: Scope },
): Tri {
  const found = value.map(
    (item) => run(contains, item, { ...scope, isTolerant: false }).holds,
  );
  const sure = found.filter((holds) => holds === true).length;
  const possible = sure + found.filter((holds) => holds === null).length;
  const { minContains = 1, maxContains = Infinity } = schema;
  if (possible < minContains || sure > maxContains) return false;
  return sure >= minContains && possible <= maxContains ? true : null;
}

function onUnevaluated(
  schema: SchemaObject,
  value: JsonValue,
  { before, scope }: { readonly before: Outcome; readonly scope: Scope },
): Outcome {
  const { unevaluatedProperties: members, unevaluatedItems: items } = schema;
  if (members !== undefined && isJsonObject(value))
    return onMembersLeft(members, value, { before, scope });
  if (items === undefined || !isJsonArray(value)) return outcome(true);
  const holds = allOf(
    value.slice(before.items).map((item) => run(items, item, scope).holds),
  );
  const isSure = before.holds !== null && schema.contains === undefined;
  return {
    holds: holds === false && !isSure ? null : holds,
    names: NOTHING,
    items: value.length,
  };
}

function onMembersLeft(
  members: Schema,
  value: JsonObject,
  { before, scope }: { readonly before: Outcome; readonly scope: Scope },
): Outcome {
  const rest = namesLeft(value, before);
  const isSpared = scope.isTolerant && members === false;
  const holds = isSpared
    ? true
    : allOf(rest.map(([, member]) => run(members, member, scope).holds));
  // An undecided part may have looked at a member, so a refusal is only sure when all parts are decided.
  return {
    holds: holds === false && before.holds === null ? null : holds,
    names: new Set(rest.map(([name]) => name)),
    items: 0,
  };
}

function namesLeft(
  value: JsonObject,
  before: Outcome,
): readonly (readonly [string, JsonValue])[] {
  return Object.entries(value).filter(([name]) => !before.names.has(name));
}
