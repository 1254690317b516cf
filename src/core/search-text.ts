// Whether an expression of a user is found in a text, in time that grows with both: the engine's own matching may take for
// ever on an expression such as `^(a+)+$`.
import { NAMED_SETS, holds } from './character-sets.ts';
import type { CharacterSet } from './character-sets.ts';
import { automatonOf, isOverSet } from './expressions.ts';
import type { Automaton, Edge, Look } from './expressions.ts';

/** Expressions that become larger than this are not matched. */
const MAX_STATES = 10_000;
/** Places of an expression, each at a place of the text, after which matching is given up. */
const MAX_STEPS = 1_000_000;

const automata = new Map<string, Automaton | null>();

/**
 * Searches a text for an expression as JSON Schema does: not anchored, and Unicode aware with the flag `u`.
 *
 * @returns `null` when that is not decided here: it is no expression, refers backwards, or is too large for the text
 */
export function searchText(
  pattern: string,
  text: string,
  flags: '' | 'u' = 'u',
): boolean | null {
  const key = `${flags}/${pattern}`;
  let automaton = automata.get(key);
  if (automaton === undefined) {
    automaton = automatonOf(pattern, { maxStates: MAX_STATES, flags });
    automata.set(key, automaton);
  }
  // A lone surrogate is no character of a text that is sent.
  if (automaton === null || /[\ud800-\udfff]/u.test(text)) return null;
  const letters = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  try {
    const matching: Matching = { letters, steps: 0, behind: new Map() };
    return ends(automaton, matching, 'first').size > 0;
  } catch (error) {
    if (error instanceof TooLong) return null;
    throw error;
  }
}

class TooLong extends Error {}

interface Matching {
  readonly letters: readonly number[];
  steps: number;
  /** Where what is looked for behind a place ends. */
  readonly behind: Map<Look, ReadonlySet<number>>;
}

/**
 * Finds the places of the text where the expression may end: begun anywhere, or at one place only. Each state is visited
 * once at each place, whatever way leads there.
 */
function ends(
  { edges }: Automaton,
  matching: Matching,
  wanted: 'all' | 'first' | { readonly from: number },
): ReadonlySet<number> {
  const { letters } = matching;
  const width = letters.length + 1;
  const found = new Set<number>();
  const seen = new Set<number>();
  const waiting: number[] = [];
  const visit = (state: number, at: number): void => {
    const key = state * width + at;
    if (seen.has(key)) return;
    matching.steps += 1;
    if (matching.steps > MAX_STEPS) throw new TooLong();
    seen.add(key);
    if (state === 1) found.add(at);
    else waiting.push(key);
  };
  const step = ({ to, over }: Edge, at: number): void => {
    const isTaken = isOverSet(over) && at < letters.length;
    if (isTaken && holds(over, letters[at] ?? 0)) visit(to, at + 1);
    if (!isOverSet(over) && isMet(over, at, matching)) visit(to, at);
  };
  const isEnough = (): boolean => found.size > 0 && wanted !== 'all';
  const follow = (): void => {
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      const at = key % width;
      for (const edge of edges[(key - at) / width] ?? []) step(edge, at);
      if (isEnough()) return;
    }
  };
  const [first, last] =
    typeof wanted === 'object'
      ? [wanted.from, wanted.from]
      : [0, letters.length];
  for (let from = first; from <= last; from += 1) {
    visit(0, from);
    follow();
    if (isEnough()) break;
  }
  return found;
}

const words = NAMED_SETS.get('w') ?? [];

function isMet(
  condition: Exclude<Edge['over'], CharacterSet>,
  at: number,
  matching: Matching,
): boolean {
  const { letters } = matching;
  const isWord = (place: number): boolean => holds(words, letters[place] ?? -1);
  switch (condition) {
    case 'free':
      return true;
    case 'at-start':
      return at === 0;
    case 'at-end':
      return at === letters.length;
    case 'at-border':
      return isWord(at - 1) !== isWord(at);
    case 'within':
      return isWord(at - 1) === isWord(at);
    default:
      return isSeen(condition, at, matching) !== condition.isNegated;
  }
}

function isSeen(look: Look, at: number, matching: Matching): boolean {
  if (!look.isBehind) return ends(look.look, matching, { from: at }).size > 0;
  const known = matching.behind.get(look);
  if (known !== undefined) return known.has(at);
  const places = ends(look.look, matching, 'all');
  matching.behind.set(look, places);
  return places.has(at);
}
