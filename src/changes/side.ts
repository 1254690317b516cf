// One of two designs with its look-ups, and the matching of things of two sides by key.
import type { Broker } from '../brokers/broker.ts';
import { typeSchemas, type TypeSchemas } from '../model/json-schema.ts';
import { gatherFacts, type ModelFacts } from '../model/model-facts.ts';
import type { Model } from '../model/model.ts';

/** One of the two designs. */
export interface Side {
  readonly model: Model;
  readonly broker: Broker;
  readonly facts: ModelFacts;
  readonly types: TypeSchemas;
}

export interface Pair<T> {
  readonly before: T;
  readonly after: T;
}

/** Things of one sort in both designs. */
export interface Matched<T> {
  readonly both: readonly Pair<T>[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Prepares one design. */
export function sideOf({
  model,
  broker,
}: Pick<Side, 'model' | 'broker'>): Side {
  return {
    model,
    broker,
    facts: gatherFacts(model),
    types: typeSchemas(model.types),
  };
}

/** Matches things by key; keys are unique on each side. In the order of the new side, what is gone in that of the old. */
export function matchBy<T>(
  before: readonly T[],
  after: readonly T[],
  key: {
    readonly before: (one: T) => string;
    readonly after: (one: T) => string;
  },
): Matched<T> {
  const old = new Map(before.map((one) => [key.before(one), one]));
  const now = new Set(after.map(key.after));
  return {
    both: after.flatMap((one) => {
      const known = old.get(key.after(one));
      return known === undefined ? [] : [{ before: known, after: one }];
    }),
    removed: before.filter((one) => !now.has(key.before(one))),
    added: after.filter((one) => !old.has(key.after(one))),
  };
}

/** Matches by name; for sorts of things whose renames are not looked for. */
export function matchByName<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
): Matched<T> {
  const key = ({ name }: T): string => name;
  return matchBy(before, after, { before: key, after: key });
}
