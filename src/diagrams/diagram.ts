// What a diagram is before it is text: a template of this folder's and the flat view that fills it.
import type { Pointer } from '../core/pointer.ts';
import type { Renderer } from '../render/renderer.ts';
import { quotedTitle } from './label.ts';

export type DiagramKind =
  | 'overview'
  | 'context'
  | 'flow'
  | 'saga'
  | 'request'
  | 'state'
  | 'cqrs'
  | 'payloads'
  | 'event-model'
  | 'consumer';

export type DiagramTemplate =
  'flowchart' | 'sequence' | 'state' | 'class' | 'event-model';

/** What every diagram's view holds; the template's own part comes beside it. */
export interface DiagramView {
  readonly title: string;
  /** For people who hear the picture: one sentence. */
  readonly description: string;
  /** The title as a YAML string, made by `quotedTitle`. */
  readonly quotedTitle: string;
  /** Pixels between the columns of a flowchart. */
  readonly rankSpacing: number;
}

export interface Diagram {
  readonly kind: DiagramKind;
  /** The event, saga, service … that it shows, as named in the spec; null for the whole system. */
  readonly subject: string | null;
  /** Proposed file name without extension; `planDiagrams` makes it safe and unique. */
  readonly name: string;
  readonly template: DiagramTemplate;
  readonly title: string;
  /** Makes what fills the template; of a thousand pictures none need be held but the one that is printed. */
  readonly view: () => DiagramView;
  /** The places in the spec that it is drawn from. */
  readonly pointers: readonly Pointer[];
}

/** Makes the part of a view that every diagram has. */
export function diagramHead(
  title: string,
  description: string,
  rankSpacing = 56,
): DiagramView {
  return { title, description, quotedTitle: quotedTitle(title), rankSpacing };
}

/** The printed words of one language, by key. */
export type Words = Readonly<Record<string, string>>;

/** Which parts of the theme a template's head holds: those that Mermaid reads for a picture of its kind. */
interface ThemeParts {
  /** Boxes and arrows, laid out by settings that Mermaid keeps under `flowchart`. */
  readonly isBoxes: boolean;
  readonly isSequence: boolean;
  readonly isState: boolean;
  readonly isClass: boolean;
  readonly isEventModel: boolean;
  /** Boxes of notes, also in kinds of picture that draw none here: Mermaid styles them all the same. */
  readonly hasNotes: boolean;
}

const noPart: ThemeParts = {
  isBoxes: false,
  isSequence: false,
  isState: false,
  isClass: false,
  isEventModel: false,
  hasNotes: false,
};

const themeParts: Readonly<Record<DiagramTemplate, ThemeParts>> = {
  flowchart: { ...noPart, isBoxes: true },
  sequence: { ...noPart, isSequence: true, hasNotes: true },
  state: { ...noPart, isBoxes: true, isState: true, hasNotes: true },
  class: { ...noPart, isBoxes: true, isClass: true, hasNotes: true },
  'event-model': { ...noPart, isEventModel: true },
};

/** `file`: a source of its own, with the whole theme; `embedded`: a block of a page, which brings its own theme, light or dark. */
export type DiagramPlace = 'file' | 'embedded';

/** Renders one diagram to Mermaid text, for the place where it is to stand. */
export function renderDiagram(
  diagram: Diagram,
  render: Renderer,
  place: DiagramPlace = 'file',
): string {
  return render.render(`diagrams/${diagram.template}.mmd`, {
    ...diagram.view(),
    ...themeParts[diagram.template],
    isEmbedded: place === 'embedded',
  });
}
