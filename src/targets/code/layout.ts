// Lays out text within a width, as Prettier does: Wadler's "A prettier printer", cut down to what generated TypeScript needs.

export type Doc = string | readonly Doc[] | Line | Group | Indent | Choice;

interface Line {
  readonly kind: 'line';
  /** What it is where its group fits; null always breaks. */
  readonly flat: string | null;
}

interface Group {
  readonly kind: 'group';
  readonly body: Doc | (() => Doc);
  /** The whole on one line; null where it has to break or is too wide for any line. */
  readonly flat: string | null;
}

interface Indent {
  readonly kind: 'indent';
  readonly body: Doc;
}

interface Choice {
  readonly kind: 'choice';
  readonly broken: Doc;
  readonly flat: Doc;
}

/** Characters of a line, at most, where it can be broken. */
export const width = 80;

/** A space, or a line break where the group does not fit. */
export const line: Doc = { kind: 'line', flat: ' ' };

/** Nothing, or a line break where the group does not fit. */
export const softLine: Doc = { kind: 'line', flat: '' };

/** A line break; the groups around it are broken too. */
export const hardLine: Doc = { kind: 'line', flat: null };

/** Text on one line if it fits, else broken at its own lines. */
export function group(body: Doc): Doc {
  return { kind: 'group', body, flat: flatText(body) };
}

/** A group whose text on one line is known already; its body is made only where it has to break. */
export function groupOf(flat: string | null, body: () => Doc): Doc {
  return { kind: 'group', body, flat };
}

/** A group that is broken even where it would fit. */
export function brokenGroup(body: Doc): Doc {
  return { kind: 'group', body, flat: null };
}

/** Indents the lines of a text by two spaces. */
export function indent(body: Doc): Doc {
  return { kind: 'indent', body };
}

/** One text where the group around it is broken, another where it fits. */
export function ifBroken(broken: Doc, flat: Doc = ''): Doc {
  return { kind: 'choice', broken, flat };
}

/** Puts a separator between texts. */
export function join(separator: Doc, docs: readonly Doc[]): Doc {
  const joined: Doc[] = [];
  for (const doc of docs) {
    if (joined.length > 0) joined.push(separator);
    joined.push(doc);
  }
  return joined;
}

/** What a text is on one line, put together from what the groups inside it are; null where it cannot be on one. */
export function flatText(doc: Doc): string | null {
  if (typeof doc === 'string') return doc;
  if (isList(doc)) return flatList(doc);
  switch (doc.kind) {
    case 'line':
    case 'group':
      return doc.flat;
    case 'indent':
      return flatText(doc.body);
    case 'choice':
      return flatText(doc.flat);
    default:
      return doc satisfies never;
  }
}

function flatList(docs: readonly Doc[]): string | null {
  let text = '';
  for (const doc of docs) {
    const flat = flatText(doc);
    if (flat === null) return null;
    text += flat;
    if (text.length > width) return null;
  }
  return text;
}

/** Lays a text out; a group that fits is written as it is on one line, so that only broken ones are walked. */
export function layOut(doc: Doc): string {
  const todo: Todo = { docs: [doc], levels: [0] };
  let done = '';
  // The line in the making, apart, so that what is done is never looked at again.
  let current = '';
  for (let next = todo.docs.pop(); next !== undefined; next = todo.docs.pop()) {
    const level = todo.levels.pop() ?? 0;
    if (typeof next === 'string') {
      current += next;
    } else if (isList(next)) {
      pushAll(todo, next, level);
    } else if (next.kind === 'line') {
      done += `${withoutLastSpaces(current)}\n`;
      current = ' '.repeat(level);
    } else if (next.kind === 'group' && fits(next, todo.docs, current.length)) {
      current += next.flat;
    } else {
      pushBroken(todo, next, level);
    }
  }
  return done + current;
}

/** What is still to be written, the first on top: texts and their indents. */
interface Todo {
  readonly docs: Doc[];
  readonly levels: number[];
}

function pushAll(todo: Todo, docs: readonly Doc[], level: number): void {
  for (let index = docs.length - 1; index >= 0; index -= 1) {
    todo.docs.push(docs[index] ?? '');
    todo.levels.push(level);
  }
}

/** What is written in place of a text that breaks. */
function brokenBody(doc: Group | Indent | Choice): Doc {
  if (doc.kind === 'choice') return doc.broken;
  return typeof doc.body === 'function' ? doc.body() : doc.body;
}

function pushBroken(
  todo: Todo,
  doc: Group | Indent | Choice,
  level: number,
): void {
  todo.docs.push(brokenBody(doc));
  todo.levels.push(doc.kind === 'indent' ? level + 2 : level);
}

function withoutLastSpaces(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

/** Tells whether a group on one line and what follows it up to the next possible break fit behind a column. */
function fits(
  { flat }: Group,
  following: readonly Doc[],
  column: number,
): boolean {
  if (flat === null) return false;
  let room = width - column - flat.length;
  for (
    let index = following.length - 1;
    room >= 0 && room < Infinity && index >= 0;
    index -= 1
  )
    room = roomAfter(following[index] ?? '', room);
  return room >= 0;
}

/** What a text leaves of a room, below zero for none; all that there can be where a line may break in it. */
function roomAfter(doc: Doc, room: number): number {
  if (typeof doc === 'string') return room - doc.length;
  if (isList(doc)) {
    let left = room;
    for (const part of doc) {
      left = roomAfter(part, left);
      if (left < 0 || left === Infinity) return left;
    }
    return left;
  }
  if (doc.kind === 'line') return Infinity;
  return roomAfter(brokenBody(doc), room);
}

function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}
