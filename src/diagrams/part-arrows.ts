// Junctions: where many boxes stand in a column, their arrows part only right of the column and run behind no other box.
import type { DiagramIds } from './diagram-ids.ts';
import type { FlowEdge, FlowNode } from './flowchart.ts';

/** Gives every source of an arrow a junction: one stem from the box, and the arrows from there. */
export function partArrows(
  edges: readonly FlowEdge[],
  id: DiagramIds,
): {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
} {
  const sources = [...new Set(edges.map((edge) => edge.from))];
  return {
    nodes: sources.map((source) => ({
      id: id('part', source),
      shape: 'f-circ',
      lines: [{ text: ' ', isStrong: false, isNext: false }],
      style: 'junction',
    })),
    edges: [
      ...sources.map((source): FlowEdge => ({
        from: source,
        to: id('part', source),
        kind: 'stem',
        lines: [],
      })),
      ...edges.map((edge) => ({ ...edge, from: id('part', edge.from) })),
    ],
  };
}
