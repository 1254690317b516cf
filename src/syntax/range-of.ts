// Where a node of the YAML library stands in the text.
import { isNode } from 'yaml';
import type { Range } from '../core/diagnostic.ts';

/** Gives a node's range without trailing space and comments; null for a node made by no text. */
export function rangeOf(node: unknown): Range | null {
  if (!isNode(node) || !node.range) return null;
  return { start: node.range[0], end: Math.max(node.range[0], node.range[1]) };
}
