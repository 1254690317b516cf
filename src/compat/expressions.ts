// Regular expressions as automata, for those without look-around, references backwards and word borders. Semantics as in
// JSON Schema: the expression is searched for in the text, character by character.
import { NAMED_SETS, complementOf, setOf } from './character-sets.ts';
import type { CharacterSet } from './character-sets.ts';

/** A step of an automaton: over a character of a set, or free of one, perhaps only at an end of the text. */
interface Edge {
  readonly to: number;
  readonly over: CharacterSet | 'free' | 'at-start' | 'at-end';
}

/** States are numbers; 0 is where it starts, 1 where it has matched. */
export interface Automaton {
  readonly edges: readonly (readonly Edge[])[];
}

/** Expressions that become larger than this are not worked out. */
const MAX_STATES = 600;

class Unsupported extends Error {}

interface Building {
  readonly source: string;
  position: number;
  readonly edges: Edge[][];
}

/** A part of an expression: adds states that lead from one state to another. */
type Part = (building: Building, from: number, to: number) => void;

/** Makes the automaton of an expression; `null` when it says more than automata can, or is too large. */
export function automatonOf(pattern: string): Automaton | null {
  try {
    // The engine has the word on what is an expression at all.
    void new RegExp(pattern, 'u');
    const building: Building = {
      source: pattern,
      position: 0,
      edges: [[], []],
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

/** Lists the sets of characters that an automaton tells apart. */
export function setsOf({ edges }: Automaton): readonly CharacterSet[] {
  return edges
    .flat()
    .flatMap(({ over }) => (typeof over === 'string' ? [] : [over]));
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
      return step(escaped(building));
    default:
      return step(NAMED_SETS.get(letter === '.' ? '.' : '') ?? single(letter));
  }
}

function group(building: Building): Part {
  const opening = /^\?(?::|<[A-Za-z_]\w*>)/.exec(
    building.source.slice(building.position),
  );
  if (opening === null && peek(building) === '?') throw new Unsupported();
  building.position += opening?.[0].length ?? 0;
  const part = choice(building);
  if (take(building) !== ')') throw new Unsupported();
  return part;
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

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
]);

function escaped(building: Building): CharacterSet {
  const letter = take(building);
  if (letter === 'u') return coded(building);
  const named = letter === '.' ? undefined : NAMED_SETS.get(letter);
  if (named !== undefined) return named;
  const control = CONTROLS.get(letter);
  if (control !== undefined) return single(control);
  // What is left that is no letter or digit stands for itself.
  if (/^[A-Za-z0-9]?$/.test(letter)) throw new Unsupported();
  return single(letter);
}

function coded(building: Building): CharacterSet {
  const found = /^(?:\{[0-9a-f]+\}|[0-9a-f]{4})/i.exec(
    building.source.slice(building.position),
  );
  if (found === null) throw new Unsupported();
  building.position += found[0].length;
  const code = Number.parseInt(found[0].replace('{', ''), 16);
  return [[code, code]];
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
  if (building.edges.length >= MAX_STATES) throw new Unsupported();
  return building.edges.push([]) - 1;
}

const single = (letter: string): CharacterSet => {
  const code = letter.codePointAt(0) ?? 0;
  return [[code, code]];
};

const peek = ({ source, position }: Building): string => {
  const code = source.codePointAt(position);
  return code === undefined ? '' : String.fromCodePoint(code);
};

function take(building: Building): string {
  const letter = peek(building);
  building.position += letter.length;
  return letter;
}
