// Names and facts as the lines of a label. Wraps only; escaping belongs to the template engine.
import { oneLine } from '../render/clean-text.ts';

export interface Line {
  readonly text: string;
  readonly isStrong: boolean;
  /** A line break stands before it. */
  readonly isNext: boolean;
}

/** Characters that fit a line of a node at the shared font size. */
const lineWidth = 30;

/**
 * Breaks a text into lines of at most `width` characters: at spaces, else after `.`, `-`, `_` or `/`, else anywhere.
 * Counts code points, so that no emoji is cut in two.
 */
export function wrapText(
  text: string,
  width: number = lineWidth,
): readonly string[] {
  const visible = visibleText(text);
  // No text has more code points than units.
  if (visible.length <= width) return [visible];
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(visible, width)) {
    if (line !== '' && lengthOf(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/** Gives the text as it will be printed, on one line; a dash where nothing of it is visible, as Mermaid refuses empty labels. */
export function visibleText(text: string): string {
  return oneLine(text) || '–';
}

const lengthOf = (text: string): number =>
  // oxlint-disable-next-line no-control-regex -- every character of ASCII is one code point
  /^[\u0000-\u007f]*$/.test(text) ? text.length : Array.from(text).length;

function piecesOf(text: string, width: number): readonly string[] {
  const words = text.split(/(?<=[\s./_-])/u);
  return words.flatMap((word) => {
    if (word.length <= width) return word;
    const points = Array.from(word);
    const count = Math.ceil(points.length / width);
    return Array.from({ length: count }, (_, index) =>
      points.slice(index * width, (index + 1) * width).join(''),
    );
  });
}

/** Makes a node's label: its name in bold, then facts in plain lines; empty and null facts are left out. */
export function nodeLabel(
  name: string,
  ...facts: readonly (string | null)[]
): readonly Line[] {
  return labelOf({ name, width: lineWidth }, facts, 38);
}

/** Makes the label of a pipe: short lines, so that arrows leave it at its end and not along its side. */
export function pipeLabel(
  name: string,
  ...facts: readonly string[]
): readonly Line[] {
  return labelOf({ name, width: 18 }, facts, 26);
}

/** Makes a label of plain lines, for edges, messages and notes. */
export function plainLabel(
  ...texts: readonly (string | null)[]
): readonly Line[] {
  return labelOf(null, texts, 44);
}

function labelOf(
  head: { readonly name: string; readonly width: number } | null,
  facts: readonly (string | null)[],
  width: number,
): readonly Line[] {
  const lines: Line[] = [];
  const add = (texts: readonly string[], isStrong: boolean): void => {
    for (const text of texts)
      lines.push({ text, isStrong, isNext: lines.length > 0 });
  };
  if (head !== null) add(wrapText(head.name, head.width), true);
  for (const fact of facts)
    if (fact !== null) add(wrapText(fact, width), false);
  return lines;
}

/** Makes a title a double-quoted YAML string in plain ASCII punctuation, so that no character of it is read as syntax. */
export function quotedTitle(title: string): string {
  return JSON.stringify(title.replaceAll(/\s+/g, ' ').trim()).replaceAll(
    /[^\p{L}\p{N}\p{M} "\\.,_/()-]/gu,
    (character) => escapeSequence(character),
  );
}

function escapeSequence(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    const code = character.charCodeAt(index).toString(16).padStart(4, '0');
    return `\\u${code}`;
  }).join('');
}

/** Lists at most `most` names, then says how many more there are in the words given. */
export function firstFew(
  names: readonly string[],
  most: number,
  more: (count: number) => string,
): readonly string[] {
  if (names.length <= most) return names;
  return [...names.slice(0, most - 1), more(names.length - most + 1)];
}
