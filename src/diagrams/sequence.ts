// The view of a sequence diagram as a flat list of steps, so that its template needs no decisions.
import { diagramHead, type DiagramView } from './diagram.ts';
import type { Line } from './label.ts';

export interface Participant {
  readonly id: string;
  readonly lines: readonly Line[];
}

export type SequenceStep =
  | {
      /** `event` an asynchronous message, `outcome` one that answers another, `call` and `reply` request/reply. */
      readonly kind: 'event' | 'outcome' | 'call' | 'reply';
      readonly from: string;
      readonly to: string;
      readonly lines: readonly Line[];
    }
  | {
      readonly kind: 'note';
      readonly over: string;
      readonly lines: readonly Line[];
    }
  | {
      readonly kind: 'alt' | 'else' | 'opt';
      readonly lines: readonly Line[];
    }
  /** `failure` opens the coloured ground of a failure branch; `end` closes the innermost block. */
  | { readonly kind: 'failure' | 'end' };

export interface Sequence {
  readonly title: string;
  readonly description: string;
  readonly participants: readonly Participant[];
  readonly steps: readonly SequenceStep[];
}

/** Makes the view for `templates/diagrams/sequence.mmd.hbs`. */
export function sequenceView(sequence: Sequence): DiagramView {
  const view = {
    ...diagramHead(sequence.title, sequence.description),
    participants: sequence.participants,
    steps: sequence.steps.map((step) => ({
      ...step,
      isMessage: step.kind === 'event' || step.kind === 'outcome',
      isCall: step.kind === 'call' || step.kind === 'reply',
      isReply: step.kind === 'outcome' || step.kind === 'reply',
      isNote: step.kind === 'note',
      isAlt: step.kind === 'alt',
      isElse: step.kind === 'else',
      isOpt: step.kind === 'opt',
      isFailureStart: step.kind === 'failure',
      isEnd: step.kind === 'end',
    })),
  };
  return view;
}
