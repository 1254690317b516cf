// Lays out text within a width, as Prettier does: Wadler's "A prettier printer", cut down to what generated TypeScript needs.

export type Doc = string | readonly Doc[] | Line | Group | Indent | Choice;

interface Line {
  readonly kind: 'line';
  /** What it is where its group fits; null always breaks. */
  readonly flat: string | null;
}

interface Group {
  readonly kind: 'group';
  readonly body: Doc;
  readonly isBroken: boolean;
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

/** A space, or a line break where the group does not fit. */
export const line: Doc = { kind: 'line', flat: ' ' };

/** Nothing, or a line break where the group does not fit. */
export const softLine: Doc = { kind: 'line', flat: '' };

/** A line break; the groups around it are broken too. */
export const hardLine: Doc = { kind: 'line', flat: null };

/** Text on one line if it fits, else broken at its own lines. */
export function group(body: Doc): Doc {
  return { kind: 'group', body, isBroken: hasHardLine(body) };
}

/** A group that is broken even where it would fit. */
export function brokenGroup(body: Doc): Doc {
  return { kind: 'group', body, isBroken: true };
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
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));
}

interface Command {
  readonly level: number;
  readonly isFlat: boolean;
  readonly doc: Doc;
}

/** Lays a text out; a line is at most `width` characters where it can be broken. */
export function layOut(doc: Doc, width = 80): string {
  const todo: Command[] = [{ level: 0, isFlat: false, doc }];
  let done = '';
  // The line in the making, apart, so that what is done is never looked at again.
  let current = '';
  let column = 0;
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const command = openGroup(next, { rest: todo, room: width - column });
    if (typeof command.doc === 'string') {
      current += command.doc;
      column += command.doc.length;
    } else if (isBreak(command)) {
      done += `${withoutLastSpaces(current)}\n`;
      current = ' '.repeat(command.level);
      column = command.level;
    } else {
      pushParts(todo, command);
    }
  }
  return done + current;
}

function withoutLastSpaces(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

function openGroup(
  command: Command,
  at: { readonly rest: readonly Command[]; readonly room: number },
): Command {
  const { doc, level } = command;
  if (typeof doc === 'string' || isList(doc) || doc.kind !== 'group')
    return command;
  const isFlat =
    !doc.isBroken &&
    (command.isFlat ||
      fits({ level, isFlat: true, doc: doc.body }, at.rest, at.room));
  return { level, isFlat, doc: doc.body };
}

function isBreak({ doc, isFlat }: Command): boolean {
  return (
    typeof doc !== 'string' &&
    !isList(doc) &&
    doc.kind === 'line' &&
    (!isFlat || doc.flat === null)
  );
}

/** Puts the parts of a command on the stack, the first on top; a line that breaks has been dealt with. */
function pushParts(todo: Command[], command: Command): void {
  const { doc, level, isFlat } = command;
  if (typeof doc === 'string') return;
  if (isList(doc)) {
    for (let index = doc.length - 1; index >= 0; index -= 1)
      todo.push({ level, isFlat, doc: doc[index] ?? '' });
    return;
  }
  switch (doc.kind) {
    case 'line':
      todo.push({ level, isFlat, doc: doc.flat ?? '' });
      return;
    case 'group':
      todo.push({ level, isFlat: isFlat && !doc.isBroken, doc: doc.body });
      return;
    case 'indent':
      todo.push({ level: level + 2, isFlat, doc: doc.body });
      return;
    case 'choice':
      todo.push({ level, isFlat, doc: isFlat ? doc.flat : doc.broken });
      return;
    default:
      doc satisfies never;
  }
}

/** Tells whether a text and what follows it up to the next possible break fit into the room. */
function fits(first: Command, rest: readonly Command[], room: number): boolean {
  let left = room;
  let following = rest.length;
  const todo: Command[] = [first];
  while (left >= 0) {
    const command = todo.pop();
    if (command === undefined) {
      following -= 1;
      const next = rest[following];
      if (next === undefined) return true;
      todo.push(next);
    } else if (typeof command.doc === 'string') {
      left -= command.doc.length;
    } else if (isBreak(command)) {
      return true;
    } else {
      pushParts(todo, command);
    }
  }
  return false;
}

function hasHardLine(doc: Doc): boolean {
  if (typeof doc === 'string') return false;
  if (isList(doc)) return doc.some(hasHardLine);
  switch (doc.kind) {
    case 'line':
      return doc.flat === null;
    case 'group':
      return doc.isBroken;
    case 'indent':
      return hasHardLine(doc.body);
    case 'choice':
      return false;
    default:
      return doc satisfies never;
  }
}

function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}
