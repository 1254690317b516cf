// The view of a flowchart: nodes, groups and edges with their standard shapes and styles. Knows nothing about events.
import { diagramHead, type DiagramView } from './diagram.ts';
import type { Line } from './label.ts';
import { styleViews, type Style } from './styles.ts';

/** Mermaid's short names of shapes: `h-cyl` a pipe or queue, `cyl` a store, `fr-rect` a process. */
export type Shape =
  | 'rect'
  | 'rounded'
  | 'stadium'
  | 'cyl'
  | 'h-cyl'
  | 'fr-rect'
  | 'hex'
  | 'lean-r'
  | 'doc'
  /** A junction: a dot from which arrows fan out. */
  | 'f-circ';

export interface FlowNode {
  readonly id: string;
  readonly shape: Shape;
  readonly lines: readonly Line[];
  readonly style: Style;
}

export interface FlowGroup {
  readonly id: string;
  readonly lines: readonly Line[];
  readonly style: Style;
  readonly nodes: readonly FlowNode[];
  /** Honoured by Mermaid only when no edge leaves the group. */
  readonly direction?: 'LR';
}

/** `message`: an event on its way; `call`: request/reply or a read; `failure`: only when something goes
 * wrong; `stem`: from a box to the junction where its arrows part. */
export type EdgeKind = 'message' | 'call' | 'failure' | 'stem';

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly lines: readonly Line[];
}

export interface Flowchart {
  readonly title: string;
  readonly description: string;
  readonly direction: 'LR' | 'TB';
  /** Pixels between columns; wider where many arrows cross. */
  readonly rankSpacing?: number;
  readonly groups: readonly FlowGroup[];
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

/** Makes the view for `templates/diagrams/flowchart.mmd.hbs`; groups without nodes are left out. */
export function flowchartView(chart: Flowchart): DiagramView {
  const groups = chart.groups.filter((group) => group.nodes.length > 0);
  const styled = [
    ...groups,
    ...groups.flatMap((group) => group.nodes),
    ...chart.nodes,
  ];
  const view = {
    ...diagramHead(chart.title, chart.description, chart.rankSpacing),
    direction: chart.direction,
    nodes: chart.nodes,
    groups: groups.map((group) => ({
      ...group,
      direction: group.direction ?? '',
    })),
    // Member by member: a large system has tens of thousands of them.
    edges: chart.edges.map(({ from, to, kind, lines }) => ({
      from,
      to,
      lines,
      isDotted: kind === 'call' || kind === 'failure',
      isStem: kind === 'stem',
    })),
    ...styleViews(styled),
    failureLinks: chart.edges
      .flatMap((edge, index) => (edge.kind === 'failure' ? [index] : []))
      .join(','),
  };
  return view;
}
