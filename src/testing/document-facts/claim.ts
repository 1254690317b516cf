// One thing that one place of a document says, and what contradicts what.

/** One thing that one place says of one subject. */
export interface Claim {
  readonly fact: string;
  readonly subject: string;
  readonly value: string;
  readonly place: string;
}

/** Writes names as a set: each once, sorted. */
export const set = (names: readonly string[]): string =>
  [...new Set(names)].toSorted().join(' ');

/** Makes the claims of one place about one fact. */
export const claims = (
  fact: string,
  place: string,
  values: Iterable<readonly [subject: string, value: string]>,
): readonly Claim[] =>
  [...values].map(([subject, value]) => ({ fact, subject, value, place }));

/** Makes sets of the names under each key that has any. */
export const sets = (
  found: ReadonlyMap<string, readonly string[]>,
): readonly (readonly [string, string])[] =>
  [...found]
    .filter(([, names]) => names.length > 0)
    .map(([key, names]) => [key, set(names)] as const);

/** Lists what claims contradict each other: one fact of one subject, told otherwise in two places. */
export function contradictions(found: readonly Claim[]): readonly string[] {
  const told = new Map<string, Claim>();
  return found.flatMap((claim) => {
    const key = `${claim.fact}: ${claim.subject}`;
    const first = told.get(key);
    if (first === undefined) {
      told.set(key, claim);
      return [];
    }
    return first.value === claim.value
      ? []
      : [
          `${key} is "${first.value}" in ${first.place}, "${claim.value}" in ${claim.place}`,
        ];
  });
}
