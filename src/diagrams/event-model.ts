// The event-modelling timeline twice: in Mermaid's own notation, and as a flowchart for renderers older than 11.15.
import { pascalCase } from '../core/text.ts';
import { createDiagramIds } from './diagram-ids.ts';
import { diagramHead, type Diagram, type DiagramView } from './diagram.ts';
import {
  eventSlices,
  type Frame,
  type FrameKind,
  type Slice,
} from './event-slices.ts';
import {
  flowchartView,
  type FlowEdge,
  type FlowGroup,
  type Shape,
} from './flowchart.ts';
import type { Style } from './styles.ts';
import { nodeLabel, plainLabel } from './label.ts';
import type { PlanContext } from './plan-context.ts';
import { say } from './words.ts';

/** Frames in one timeline: what stays legible across a wall. */
const framesPerPicture = 20;

/** Plans the timelines, split between slices when long; nothing for a system without a story. */
export function planEventModel(context: PlanContext): readonly Diagram[] {
  const pictures = splitSlices(eventSlices(context));
  return pictures.flatMap((slices, at) => {
    const part = pictures.length === 1 ? null : at + 1;
    return [
      planTimeline(context, slices, part),
      planFallback(context, slices, part),
    ];
  });
}

function splitSlices(slices: readonly Slice[]): readonly (readonly Slice[])[] {
  const pictures: Slice[][] = [];
  let frames = Infinity;
  for (const slice of slices) {
    if (frames + slice.length > framesPerPicture) {
      pictures.push([]);
      frames = 0;
    }
    pictures.at(-1)?.push(slice);
    frames += slice.length;
  }
  return pictures;
}

const titleOf = (
  { words, model }: PlanContext,
  part: number | null,
  notation: 'timeline' | 'flowchart',
): string =>
  part === null
    ? say(words, `${notation}.title`, { name: model.name })
    : say(words, `${notation}.part`, { name: model.name, part });

// Without namespaces: Mermaid 11.17 opens a new lane for each namespaced frame (mermaid-js/mermaid#7925), so the three
// bands of Event Modeling are all it can draw soundly. Its names are identifiers, hence PascalCase.
function planTimeline(
  context: PlanContext,
  slices: readonly Slice[],
  part: number | null,
): Diagram {
  const title = titleOf(context, part, 'timeline');
  const view = (): DiagramView & {
    readonly frames: readonly TimelineFrame[];
  } => ({
    ...diagramHead(title, say(context.words, 'timeline.description')),
    frames: timelineFrames(slices),
  });
  return {
    kind: 'event-model',
    subject: null,
    name: part === null ? 'event-model' : `event-model-${part}`,
    template: 'event-model',
    pointers: [''],
    title,
    view,
  };
}

interface TimelineFrame {
  readonly isFirst: boolean;
  readonly kind: FrameKind;
  /** ASCII letters, digits and underscores only: printed as it stands. */
  readonly identifier: string;
  readonly number: string;
  /** Number of the frame it follows from; empty leaves that to Mermaid: the last one of another band. */
  readonly source: string;
}

// A name without a single ASCII letter or digit is left with `_`, which Mermaid reads too.
const identifierOf = (name: string): string =>
  pascalCase(name).replaceAll(/\W/g, '_');

const twoDigits = (number: number): string => String(number).padStart(2, '0');

function timelineFrames(slices: readonly Slice[]): readonly TimelineFrame[] {
  const starts = slices.map((_, row) =>
    slices.slice(0, row).reduce((sum, slice) => sum + slice.length, 1),
  );
  return slices.flatMap((slice, row) =>
    slice.map((frame, at) => {
      const start = starts[row] ?? 1;
      const event = slice.findIndex((one) => one.kind === 'evt');
      const isView = frame.kind === 'rmo' && event >= 0;
      return {
        isFirst: at === 0,
        kind: frame.kind,
        identifier: identifierOf(frame.name),
        number: twoDigits(start + at),
        source: isView ? twoDigits(start + event) : '',
      };
    }),
  );
}

const looks: Readonly<Record<FrameKind, readonly [Shape, Style]>> = {
  ui: ['rect', 'context'],
  pcr: ['fr-rect', 'service'],
  cmd: ['stadium', 'command'],
  evt: ['rect', 'event'],
  rmo: ['cyl', 'store'],
};

function planFallback(
  context: PlanContext,
  slices: readonly Slice[],
  part: number | null,
): Diagram {
  const title = titleOf(context, part, 'flowchart');
  const name = part === null ? '' : `-${part}`;
  return {
    kind: 'event-model',
    subject: null,
    name: `event-model${name}-flowchart`,
    template: 'flowchart',
    pointers: [''],
    title,
    view: () => fallbackView(context, slices, title),
  };
}

function fallbackView(
  { words }: PlanContext,
  slices: readonly Slice[],
  title: string,
): DiagramView {
  const id = createDiagramIds();
  const frameId = (slice: number, at: number): string =>
    id('f', `${slice + 1}-${at + 1}`);
  return flowchartView({
    title,
    description: say(words, 'timeline.description'),
    direction: 'LR',
    // Mermaid stacks unconnected groups from the bottom up.
    groups: slices
      .map((slice, row): FlowGroup => ({
        id: id('slice', String(row + 1)),
        lines: plainLabel(say(words, 'timeline.slice', { number: row + 1 })),
        style: 'context',
        direction: 'LR',
        nodes: slice.map((frame, at) => ({
          id: frameId(row, at),
          shape: looks[frame.kind][0],
          lines: nodeLabel(frame.name, say(words, `frame.${frame.kind}`)),
          style: looks[frame.kind][1],
        })),
      }))
      .toReversed(),
    nodes: [],
    edges: slices.flatMap((slice, row) =>
      sliceEdges(slice, (at) => frameId(row, at)),
    ),
  });
}

// Each frame follows from the last one of another kind, as in Mermaid's own timeline.
function sliceEdges(
  slice: readonly Frame[],
  idAt: (at: number) => string,
): readonly FlowEdge[] {
  return slice.flatMap((frame, at): readonly FlowEdge[] => {
    const from = slice
      .slice(0, at)
      .findLastIndex((earlier) => isCause(earlier.kind, frame.kind));
    if (from < 0) return [];
    return [{ from: idAt(from), to: idAt(at), kind: 'message', lines: [] }];
  });
}

const causes: Readonly<Record<FrameKind, readonly FrameKind[]>> = {
  ui: ['rmo'],
  pcr: ['evt', 'cmd'],
  cmd: ['ui', 'pcr'],
  evt: ['cmd', 'pcr'],
  rmo: ['evt'],
};

const isCause = (cause: FrameKind, effect: FrameKind): boolean =>
  causes[effect].includes(cause);
