// What an orchestrated and a choreographed saga's sequences have in common.
import type { Participant, SequenceStep } from './sequence.ts';
import { plainLabel } from './label.ts';

export interface SagaScript {
  readonly participants: readonly Participant[];
  /** Participant under which the saga's facts are noted. */
  readonly noteOver: string;
  readonly steps: readonly SequenceStep[];
}

/** One arrow with a text of one or more lines. */
export function arrow(
  kind: 'event' | 'outcome' | 'call' | 'reply',
  between: readonly [from: string, to: string],
  ...texts: readonly string[]
): SequenceStep {
  return {
    kind,
    from: between[0],
    to: between[1],
    lines: plainLabel(...texts),
  };
}

/** A note over one participant. */
export function note(over: string, ...texts: readonly string[]): SequenceStep {
  return { kind: 'note', over, lines: plainLabel(...texts) };
}

/** A branch of an alternative; failure branches stand on coloured ground. */
export interface Branch {
  readonly title: string;
  readonly isFailure: boolean;
  readonly steps: readonly SequenceStep[];
}

/** Lays branches out as one `alt` block; a single branch needs no block. */
export function alternatives(
  branches: readonly Branch[],
): readonly SequenceStep[] {
  const [only] = branches;
  if (branches.length === 1 && only !== undefined) return only.steps;
  return [
    ...branches.flatMap((branch, index) => [
      {
        kind: index === 0 ? ('alt' as const) : ('else' as const),
        lines: plainLabel(branch.title),
      },
      ...(branch.isFailure
        ? [
            { kind: 'failure' as const },
            ...branch.steps,
            { kind: 'end' as const },
          ]
        : branch.steps),
    ]),
    ...(branches.length === 0 ? [] : [{ kind: 'end' as const }]),
  ];
}
