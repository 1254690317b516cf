// Looks for a text in which some regular expressions are found and others are not, of a length within bounds: exactly, so
// that none found is proof that there is none.
import { holds, representatives } from '../core/character-sets.ts';
import {
  automatonOf,
  isOverSet,
  setsOf,
  type Automaton,
} from '../core/expressions.ts';

/** What a text has to be. */
export interface Wanted {
  readonly found: readonly string[];
  readonly missing: readonly string[];
  readonly minLength: number;
  readonly maxLength: number;
}

/** The shortest such text; that there is none; or that it was not worked out. */
export type FoundText = { readonly text: string } | 'none' | 'unknown';

/** Expressions that become larger than this are not worked out. */
const MAX_STATES = 600;
/** Combinations of states after which the search is given up. */
const MAX_STEPS = 4_000;
/** Lengths beyond this are not counted out. */
const MAX_COUNTED = 400;

/** One expression while a text is read: the states that it may be in, `null` when it has been found. */
type Reading = readonly number[] | null;

interface Searched {
  readonly readings: readonly Reading[];
  readonly length: number;
  readonly text: string;
}

/** Searches for a text. An expression that automata cannot say makes the answer unknown. */
export function findText(wanted: Wanted): FoundText {
  const all = [...wanted.found, ...wanted.missing].map(plainAutomaton);
  if (all.includes(null)) return 'unknown';
  const { minLength, maxLength } = wanted;
  if (minLength > maxLength) return 'none';
  // A length of none is told apart from others: only then the start of the text is its end.
  const counted = Math.max(
    1,
    Number.isFinite(maxLength) ? maxLength + 1 : minLength,
  );
  return counted > MAX_COUNTED
    ? 'unknown'
    : search(wanted, {
        automata: all.filter((automaton) => automaton !== null),
        counted,
      });
}

/** The automaton of an expression that looks at no more than the next character and the ends of the text. */
function plainAutomaton(pattern: string): Automaton | null {
  const automaton = automatonOf(pattern, { maxStates: MAX_STATES, flags: 'u' });
  const isPlain = automaton?.edges.every((steps) =>
    steps.every(
      ({ over }) =>
        isOverSet(over) ||
        ['free', 'at-start', 'at-end'].includes(String(over)),
    ),
  );
  return isPlain === true ? automaton : null;
}

interface Search {
  readonly automata: readonly Automaton[];
  /** The length from which on lengths are not told apart. */
  readonly counted: number;
}

/** Reads all texts at once, character by character, and each combination of states once. */
function search(wanted: Wanted, by: Search): FoundText {
  const letters = representatives(by.automata.flatMap(setsOf));
  const start: Searched = {
    readings: by.automata.map((automaton) => begin(automaton)),
    length: 0,
    text: '',
  };
  const seen = new Set([keyOf(start)]);
  const queue = [start];
  for (const here of queue) {
    if (isWanted(here, by.automata, wanted)) return { text: here.text };
    if (here.length >= wanted.maxLength) continue;
    for (const letter of letters) {
      const next = after(here, letter, by);
      const key = keyOf(next);
      if (isLost(next, wanted) || seen.has(key)) continue;
      if (seen.size >= MAX_STEPS) return 'unknown';
      seen.add(key);
      queue.push(next);
    }
  }
  return 'none';
}

function isWanted(
  { readings, length }: Searched,
  automata: readonly Automaton[],
  wanted: Wanted,
): boolean {
  return (
    length >= wanted.minLength &&
    length <= wanted.maxLength &&
    readings.every((reading, index) => {
      const automaton = automata[index];
      const isFound =
        reading === null ||
        (automaton !== undefined && endsFound(automaton, reading, length));
      return isFound === index < wanted.found.length;
    })
  );
}

/** Whether an expression that must not be found has been. */
function isLost({ readings }: Searched, { found }: Wanted): boolean {
  return readings.some(
    (reading, index) => index >= found.length && reading === null,
  );
}

function after(
  { readings, length, text }: Searched,
  letter: number,
  { automata, counted }: Search,
): Searched {
  return {
    readings: readings.map((reading, index) => {
      const automaton = automata[index];
      return automaton === undefined || reading === null
        ? reading
        : advance(automaton, reading, letter);
    }),
    length: Math.min(length + 1, counted),
    text: text + String.fromCodePoint(letter),
  };
}

const keyOf = ({ readings, length }: Searched): string =>
  `${length}:${readings.map((reading) => reading?.join(',') ?? '*').join(';')}`;

function begin(automaton: Automaton): Reading {
  return settled(automaton, [0], 'at-start');
}

function advance(
  automaton: Automaton,
  states: readonly number[],
  letter: number,
): Reading {
  const next = states.flatMap((state) =>
    (automaton.edges[state] ?? []).flatMap(({ to, over }) =>
      isOverSet(over) && holds(over, letter) ? [to] : [],
    ),
  );
  // The search may begin at every character.
  return settled(automaton, [...next, 0], 'nowhere');
}

/** Whether the expression is found when the text ends here. */
function endsFound(
  automaton: Automaton,
  states: readonly number[],
  length: number,
): boolean {
  const place = length === 0 ? 'both' : 'at-end';
  return settled(automaton, states, place) === null;
}

/** Follows the steps that take no character; `null` when the expression has been found. */
function settled(
  automaton: Automaton,
  states: readonly number[],
  place: 'at-start' | 'at-end' | 'both' | 'nowhere',
): Reading {
  const reached = new Set(states);
  for (const state of reached)
    for (const { to, over } of automaton.edges[state] ?? [])
      if (
        over === 'free' ||
        over === place ||
        (place === 'both' && !isOverSet(over))
      )
        reached.add(to);
  return reached.has(1) ? null : [...reached].sort((a, b) => a - b);
}
