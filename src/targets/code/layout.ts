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
  docs.forEach((doc, index) => {
    if (index > 0) joined.push(separator);
    joined.push(doc);
  });
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
  for (let index = 0; index < docs.length; index += 1) {
    const flat = flatText(docs[index] ?? '');
    if (flat === null) return null;
    text += flat;
    if (text.length > width) return null;
  }
  return text;
}

/** Lays a text out; a group that fits is written as it is on one line, so that only broken ones are walked. */
export function layOut(doc: Doc): string {
  const page: Page = { done: '', line: '', last: '' };
  write(page, doc, 0, null);
  return page.done + page.line;
}

/** What is written. */
interface Page {
  /** Lines that are ended. */
  done: string;
  /** The line in the making, apart, so that what is done is never looked at again. */
  line: string;
  /** The last part of it, so that the line is looked at only where it may end in spaces. */
  last: string;
}

/** What follows a text: the rest of the list that it is in, and what follows that. */
interface Following {
  readonly docs: readonly Doc[];
  from: number;
  readonly after: Following | null;
}

function write(
  page: Page,
  doc: Doc,
  level: number,
  after: Following | null,
): void {
  if (typeof doc === 'string') {
    writeText(page, doc);
  } else if (isList(doc)) {
    const following = { docs: doc, from: 1, after };
    for (let index = 0; index < doc.length; index += 1) {
      following.from = index + 1;
      write(page, doc[index] ?? '', level, following);
    }
  } else if (doc.kind === 'line') {
    breakLine(page, level);
  } else {
    const flat = doc.kind === 'group' ? doc.flat : null;
    if (flat !== null && fits(width - page.line.length - flat.length, after))
      writeText(page, flat);
    else
      write(
        page,
        brokenBody(doc),
        doc.kind === 'indent' ? level + 2 : level,
        after,
      );
  }
}

function writeText(page: Page, text: string): void {
  if (text === '') return;
  page.line += text;
  page.last = text;
}

function breakLine(page: Page, level: number): void {
  page.done += page.last.endsWith(' ')
    ? withoutLastSpaces(page.line)
    : page.line;
  page.done += '\n';
  page.line = page.last = spaces(level);
}

const indents: string[] = [];

const spaces = (count: number): string =>
  (indents[count] ??= ' '.repeat(count));

function withoutLastSpaces(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end -= 1;
  return text.slice(0, end);
}

/** What is written in place of a text that breaks. */
function brokenBody(doc: Group | Indent | Choice): Doc {
  if (doc.kind === 'choice') return doc.broken;
  return typeof doc.body === 'function' ? doc.body() : doc.body;
}

/** Tells whether what follows a text, up to the next possible break, fits into the room that the text leaves. */
function fits(room: number, after: Following | null): boolean {
  let left = room;
  for (let next = after; next !== null && left >= 0; next = next.after) {
    left = roomAfter(next.docs, left, next.from);
    if (left === Infinity) return true;
  }
  return left >= 0;
}

/** What a text leaves of a room, below zero for none; all that there can be where a line may break in it. */
function roomAfter(doc: Doc, room: number, from = 0): number {
  if (typeof doc === 'string') return room - doc.length;
  if (isList(doc)) {
    let left = room;
    for (let index = from; index < doc.length; index += 1) {
      left = roomAfter(doc[index] ?? '', left);
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
