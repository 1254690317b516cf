// Spaces inside flow collections, and double quotes: edits inside of lines. A comment behind keeps its column.
import { append } from '../core/lists.ts';
import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Writes `{ a: 1, b: [c, d] }`, and 'x' as "x". */
export function editSpacing(text: string): string {
  const edits: Edit[] = [];
  visit(parseDocument(text), {
    Collection: (_key, node) => {
      if ((isMap(node) || isSeq(node)) && node.flow === true)
        append(edits, flowEdits(text, node));
    },
    Scalar: (_key, node) => {
      const made =
        isScalar(node) && node.type === 'QUOTE_SINGLE'
          ? requoted(text, node.range)
          : null;
      if (made !== null) edits.push(made);
    },
  });
  const real = edits.filter(
    ({ start, end, text: made }) => text.slice(start, end) !== made,
  );
  return applied(text, [...real, ...paddings(text, real)]);
}

function flowEdits(text: string, node: YAMLMap | YAMLSeq): readonly Edit[] {
  const [from = 0, to = 0] = node.range ?? [];
  const spans = node.items.map(spanOf);
  const first = spans[0];
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return [];
  const edge = isMap(node) ? ' ' : '';
  const between = spans.slice(1).map((span, index) => ({
    start: spans[index]?.end ?? 0,
    end: span.start,
    text: ', ',
    wanted: /^\s*,\s*$/,
  }));
  const gaps = [
    { start: from + 1, end: first.start, text: edge, wanted: /^\s*$/ },
    ...between,
    { start: last.end, end: to - 1, text: edge, wanted: /^\s*$/ },
    ...node.items.flatMap(colonGap),
  ];
  // A line break or a comment is the author's layout.
  return gaps.filter(({ start, end, wanted }) => {
    const gap = text.slice(start, end);
    return end >= start && !gap.includes('\n') && wanted.test(gap);
  });
}

function spanOf(item: unknown): {
  readonly start: number;
  readonly end: number;
} {
  if (!isPair(item)) return rangeOfNode(item);
  const key = rangeOfNode(item.key);
  return {
    start: key.start,
    end: Math.max(rangeOfNode(item.value).end, key.end),
  };
}

/** Where a node stands; nothing stands at the beginning. */
function rangeOfNode(node: unknown): {
  readonly start: number;
  readonly end: number;
} {
  const [start, end] = (isNode(node) ? node.range : null) ?? [0, 0];
  return { start, end };
}

function colonGap(
  item: unknown,
): readonly (Edit & { readonly wanted: RegExp })[] {
  if (!isPair(item) || !isNode(item.key) || !isNode(item.value)) return [];
  const [start, end] = [item.key.range?.[1] ?? 0, item.value.range?.[0] ?? 0];
  return [{ start, end, text: ': ', wanted: /^\s*:\s*$/ }];
}

function requoted(
  text: string,
  range: readonly number[] | null | undefined,
): Edit | null {
  const [start = 0, end = 0] = range ?? [];
  const inner = text.slice(start + 1, end - 1);
  if (/["\\\n\t]/.test(inner)) return null;
  return { start, end, text: `"${inner.replaceAll("''", "'")}"` };
}

/** Makes up in front of a comment for what its line gained or lost, so that a column of comments stays one. */
function paddings(text: string, edits: readonly Edit[]): readonly Edit[] {
  return commentStarts(text).flatMap((at) => {
    const line = text.lastIndexOf('\n', at - 1) + 1;
    const gain = edits
      .filter(({ start, end }) => start >= line && end <= at)
      .reduce(
        (sum, { start, end, text: made }) => sum + made.length - (end - start),
        0,
      );
    const spaces = /[ \t]*$/.exec(text.slice(line, at))?.[0].length ?? 0;
    if (gain === 0 || spaces < 2 || spaces === at - line) return [];
    return [
      {
        start: at - spaces,
        end: at,
        text: ' '.repeat(Math.max(1, spaces - gain)),
      },
    ];
  });
}

function commentStarts(text: string): readonly number[] {
  const starts: number[] = [];
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    // oxlint-disable-next-line no-control-regex -- the lexer's marks stand for nothing in the text
    if (/^[\u0002\u0018\u001f\ufeff]$/.test(token)) continue;
    if (token.startsWith('#')) starts.push(offset);
    offset += token.length;
  }
  return starts;
}

function applied(text: string, edits: readonly Edit[]): string {
  let now = text;
  for (const { start, end, text: made } of edits.toSorted(
    (left, right) => right.start - left.start,
  ))
    now = now.slice(0, start) + made + now.slice(end);
  return now;
}
