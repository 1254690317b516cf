// What stands on a line: the outermost entries and items that begin there, in a file that the YAML library has read.
import { isMap, isNode, isSeq, type Document } from 'yaml';
import type { Range } from '../core/diagnostic.ts';
import { rangeOf } from './range-of.ts';

/** Gives the extents of the outermost entries and items that begin in a part of the text, in its order. */
export function extentsIn(document: Document, within: Range): readonly Range[] {
  const found: Range[] = [];
  const look = (node: unknown): void => {
    if (isSeq(node)) {
      for (const item of node.items) take(rangeOf(item), item);
      return;
    }
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      const start = rangeOf(key);
      const end = (isNode(value) ? rangeOf(value) : null) ?? start;
      const whole = start && end && { start: start.start, end: end.end };
      take(whole, value);
    }
  };
  const take = (extent: Range | null, inside: unknown): void => {
    if (extent === null || extent.start >= within.end) return;
    if (extent.start >= within.start) found.push(extent);
    else if (extent.end > within.start) look(inside);
  };
  look(document.contents);
  return found;
}
