// The result of evaluating a schema for a value, and how results of several schemas combine.
import { largest } from '../core/lists.ts';
import { allOf } from './assertions.ts';
import type { Tri } from './json-schema.ts';

/** The value's parts that a schema has looked at, for the `unevaluated…` keywords. */
export interface Outcome {
  readonly holds: Tri;
  readonly names: ReadonlySet<string>;
  /** Number of leading array items looked at. */
  readonly items: number;
}

export const NOTHING: ReadonlySet<string> = new Set();

export function joinOutcomes(parts: readonly Outcome[]): Outcome {
  return {
    holds: allOf(parts.map((part) => part.holds)),
    names: new Set(
      parts.flatMap((part) => (part.holds === false ? [] : [...part.names])),
    ),
    items: largest(
      parts.map((part) => (part.holds === false ? 0 : part.items)),
      0,
    ),
  };
}

export function chooseOutcome(
  options: readonly Outcome[],
  holds: Tri,
): Outcome {
  return {
    ...joinOutcomes(options.filter((option) => option.holds === true)),
    holds,
  };
}

export function anyHolds(options: readonly Outcome[]): Tri {
  return opposite(allOf(options.map((option) => opposite(option.holds))));
}

export function oneHolds(options: readonly Outcome[]): Tri {
  const sure = options.filter((option) => option.holds === true).length;
  const isOpen = options.some((option) => option.holds === null);
  if (sure > 1) return false;
  return isOpen ? null : sure === 1;
}

export function opposite(value: Tri): Tri {
  return value === null ? null : !value;
}

export function outcome(holds: Tri): Outcome {
  return { holds, names: NOTHING, items: 0 };
}
