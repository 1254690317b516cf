// Regular expressions as automata, for those without references backwards. Semantics as in JSON Schema: the expression is
// searched for in the text, character by character.
import { NAMED_SETS, complementOf, setOf } from './character-sets.ts';
import type { CharacterSet } from './character-sets.ts';
import {
  Unsupported,
  escaped,
  peek,
  single,
  take,
} from './expression-letters.ts';
import type { Cursor } from './expression-letters.ts';

/** What stands before or behind a place in the text, or must not. */
export interface Look {
  readonly look: Automaton;
  readonly isBehind: boolean;
  readonly isNegated: boolean;
}

/** A step that takes no character, at some places of the text only unless it is free. */
type Condition = 'free' | 'at-start' | 'at-end' | 'at-border' | 'within' | Look;

/** A step of an automaton: over a character of a set, or over none. */
export interface Edge {
  readonly to: number;
  readonly over: CharacterSet | Condition;
}

/** States are numbers; 0 is where it starts, 1 where it has matched. */
export interface Automaton {
  readonly edges: readonly (readonly Edge[])[];
}

/** Groups inside groups that are followed. */
const MAX_DEPTH = 100;

interface Building extends Cursor {
  depth: number;
  readonly edges: Edge[][];
  readonly maxStates: number;
}

/** A part of an expression: adds states that lead from one state to another. */
type Part = (building: Building, from: number, to: number) => void;

/**
 * Makes the automaton of an expression; `null` when it says more than automata can, or has more than `maxStates`.
 *
 * @param flags `u` for an expression of JSON Schema; none for one of a broker
 */
export function automatonOf(
  pattern: string,
  {
    maxStates,
    flags,
  }: { readonly maxStates: number; readonly flags: '' | 'u' },
): Automaton | null {
  try {
    // The engine has the word on what is an expression at all.
    void new RegExp(pattern, flags);
    const building: Building = {
      source: pattern,
      position: 0,
      depth: 0,
      edges: [[], []],
      maxStates,
    };
    const part = choice(building);
    if (building.position < pattern.length) return null;
    part(building, 0, 1);
    return { edges: building.edges };
  } catch (error) {
    if (error instanceof Unsupported || error instanceof SyntaxError)
      return null;
    throw error;
  }
}

/** Tells whether a step is over a character. */
export const isOverSet = (over: Edge['over']): over is CharacterSet =>
  Array.isArray(over);

/** Lists the sets of characters that an automaton tells apart. */
export function setsOf({ edges }: Automaton): readonly CharacterSet[] {
  return edges.flat().flatMap(({ over }) => (isOverSet(over) ? [over] : []));
}

function choice(building: Building): Part {
  const options = [sequence(building)];
  while (peek(building) === '|') {
    building.position += 1;
    options.push(sequence(building));
  }
  return (within, from, to) => {
    for (const option of options) option(within, from, to);
  };
}

function sequence(building: Building): Part {
  const parts: Part[] = [];
  while (peek(building) !== '' && !'|)'.includes(peek(building)))
    parts.push(repeated(building, atom(building)));
  return (within, from, to) => {
    let here = from;
    for (const part of parts) {
      const next = state(within);
      part(within, here, next);
      here = next;
    }
    connect(within, here, { to, over: 'free' });
  };
}

function atom(building: Building): Part {
  const letter = take(building);
  switch (letter) {
    case '^':
      return step('at-start');
    case '$':
      return step('at-end');
    case '(':
      return group(building);
    case '[':
      return step(characterClass(building));
    case '\\':
      return step(border(building) ?? escaped(building));
    default:
      return step(NAMED_SETS.get(letter === '.' ? '.' : '') ?? single(letter));
  }
}

const looks: Readonly<Record<string, Omit<Look, 'look'>>> = {
  '?=': { isBehind: false, isNegated: false },
  '?!': { isBehind: false, isNegated: true },
  '?<=': { isBehind: true, isNegated: false },
  '?<!': { isBehind: true, isNegated: true },
};

function group(building: Building): Part {
  const opening = /^\?(?::|<?[=!]|<[A-Za-z_]\w*>)/.exec(
    building.source.slice(building.position),
  );
  if (opening === null && peek(building) === '?') throw new Unsupported();
  if (building.depth >= MAX_DEPTH) throw new Unsupported();
  building.position += opening?.[0].length ?? 0;
  building.depth += 1;
  const part = choice(building);
  building.depth -= 1;
  if (take(building) !== ')') throw new Unsupported();
  const look = looks[opening?.[0] ?? ''];
  if (look === undefined) return part;
  const apart: Building = { ...building, edges: [[], []] };
  part(apart, 0, 1);
  return step({ ...look, look: { edges: apart.edges } });
}

/** The border of a word, which is no character; inside a class the same letter is one. */
function border(building: Building): Condition | null {
  const letter = peek(building);
  if (letter !== 'b' && letter !== 'B') return null;
  building.position += 1;
  return letter === 'b' ? 'at-border' : 'within';
}

function characterClass(building: Building): CharacterSet {
  const isNegated = peek(building) === '^';
  if (isNegated) building.position += 1;
  const sets: CharacterSet[] = [];
  while (peek(building) !== ']') {
    const first = classItem(building);
    const isRange =
      peek(building) === '-' &&
      building.source.charAt(building.position + 1) !== ']';
    if (!isRange) {
      sets.push(first);
      continue;
    }
    building.position += 1;
    const last = classItem(building);
    const [from, to] = [first[0]?.[0], last[0]?.[0]];
    if (from === undefined || to === undefined) throw new Unsupported();
    sets.push([[from, to]]);
  }
  building.position += 1;
  const joined = setOf(sets.flat());
  return isNegated ? complementOf(joined) : joined;
}

function classItem(building: Building): CharacterSet {
  const letter = take(building);
  if (letter === '') throw new Unsupported();
  return letter === '\\' ? escaped(building) : single(letter);
}

function repeated(building: Building, part: Part): Part {
  const quantifier = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(
    building.source.slice(building.position),
  );
  if (quantifier === null) return part;
  building.position += quantifier[0].length;
  const [low, high] = boundsOf(quantifier);
  return (within, from, to) => repeat(within, part, { from, to, low, high });
}

function boundsOf(quantifier: RegExpExecArray): readonly [number, number] {
  const [text, least, comma, most = ''] = quantifier;
  if (least === undefined)
    return [text.startsWith('+') ? 1 : 0, text.startsWith('?') ? 1 : Infinity];
  if (comma === '') return [Number(least), Number(least)];
  return [Number(least), most === '' ? Infinity : Number(most)];
}

function repeat(
  within: Building,
  part: Part,
  run: {
    readonly from: number;
    readonly to: number;
    readonly low: number;
    readonly high: number;
  },
): void {
  let here = run.from;
  const further = (): void => {
    const next = state(within);
    part(within, here, next);
    here = next;
  };
  for (let count = 0; count < run.low; count += 1) further();
  if (run.high === Infinity) {
    const loop = state(within);
    connect(within, here, { to: loop, over: 'free' });
    part(within, loop, loop);
    here = loop;
  } else
    for (let count = run.low; count < run.high; count += 1) {
      connect(within, here, { to: run.to, over: 'free' });
      further();
    }
  connect(within, here, { to: run.to, over: 'free' });
}

const step =
  (over: Edge['over']): Part =>
  (within, from, to) =>
    connect(within, from, { to, over });

function connect(building: Building, from: number, edge: Edge): void {
  building.edges[from]?.push(edge);
}

function state(building: Building): number {
  if (building.edges.length >= building.maxStates) throw new Unsupported();
  return building.edges.push([]) - 1;
}
