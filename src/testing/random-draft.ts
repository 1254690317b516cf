// What the builders of a random spec share.
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Names } from './random-names.ts';
import type { Payloads } from './random-payload.ts';
import type { RandomSource } from './random-source.ts';

export type BrokerName = 'kafka' | 'rabbitmq';

export interface SpecDraft {
  readonly random: RandomSource;
  readonly broker: BrokerName;
  readonly names: Names;
  readonly payloads: Payloads;
  /** A free text; never empty. */
  readonly text: () => string;
}

/** Drops what is undefined; own properties also for names such as `__proto__`. */
export function compact(
  entries: Readonly<Record<string, JsonValue | undefined>>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).filter(
      (pair): pair is [string, JsonValue] => pair[1] !== undefined,
    ),
  );
}

/** Writes a choice as a word or with its justification. */
export function randomChoice(draft: SpecDraft, word: string): JsonValue {
  const { random } = draft;
  if (random.chance(0.6)) return word;
  return compact({
    choice: word,
    because: random.maybe(0.7, () => draft.text()),
  });
}
