// A choreographed saga as a sequence: nobody commands, each participant reacts to what the broker brings.
import { formatDuration } from '../core/units.ts';
import type { Saga, SagaStep } from '../model/model.ts';
import { enderOf } from '../model/saga-ender.ts';
import type { DiagramIds } from './diagram-ids.ts';
import { plainLabel } from './label.ts';
import { consumersOf, publishersOf } from './model-index.ts';
import type { PlanContext } from './plan-context.ts';
import {
  alternatives,
  arrow,
  note,
  type Branch,
  type SagaScript,
} from './saga-script.ts';
import type { SequenceStep } from './sequence.ts';
import { say } from './words.ts';

interface Stage {
  readonly context: PlanContext;
  readonly saga: Saga;
  readonly bus: string;
  readonly idOf: (service: string) => string;
}

/**
 * Scripts a choreographed saga over the broker's line. When a step fails, the participants of the earlier steps hear its
 * failure event and each tells that it has undone its part.
 */
export function choreographySteps(
  context: PlanContext,
  saga: Saga,
  id: DiagramIds,
): SagaScript {
  const { index, model } = context;
  const idOf = (service: string): string => id('p', service);
  const bus = id('bus', 'bus');
  const stage: Stage = { context, saga, bus, idOf };
  const starters = publishersOf(index, saga.starts);
  const listeners = [saga.completes, saga.aborts].flatMap((event) =>
    event === null ? [] : listenersOf(stage, event),
  );
  const services = [
    ...new Set([
      ...starters,
      ...saga.steps.map((step) => participantOf(step)),
      ...listeners,
    ]),
  ];
  const [first, ...rest] = services;
  return {
    participants: [
      ...(first === undefined
        ? []
        : [{ id: idOf(first), lines: plainLabel(first) }]),
      { id: bus, lines: plainLabel(model.broker.title) },
      ...rest.map((service) => ({
        id: idOf(service),
        lines: plainLabel(service),
      })),
    ],
    noteOver: bus,
    steps: [
      ...starters.map((starter) =>
        arrow('event', [idOf(starter), bus], saga.starts),
      ),
      ...saga.steps.flatMap((step, at) => stepScript(stage, step, at)),
      ...ending(stage, saga.completes, 'saga.completed'),
      ...overrun(stage),
    ],
  };
}

const participantOf = (step: SagaStep): string => step.participant ?? '?';

// Only those who already take part, or who publish nothing of the saga but wait for its end.
function listenersOf({ context }: Stage, event: string): readonly string[] {
  return consumersOf(context.index, event).slice(0, 3);
}

function stepScript(
  stage: Stage,
  step: SagaStep,
  at: number,
): readonly SequenceStep[] {
  const { context, bus, idOf } = stage;
  const participant = idOf(participantOf(step));
  const earlier = stage.saga.steps.slice(0, at);
  const trigger = step.on ?? step.command;
  const branches: Branch[] = [
    {
      title: say(context.words, 'saga.success', { step: step.name }),
      isFailure: false,
      steps: [arrow('outcome', [participant, bus], step.success)],
    },
  ];
  if (step.failure !== null) {
    const { failure } = step;
    branches.push({
      title: say(context.words, 'saga.failure', { step: step.name }),
      isFailure: true,
      steps: [
        arrow('outcome', [participant, bus], failure),
        ...undoing(stage, earlier, failure),
      ],
    });
  }
  if (step.timeoutMs !== null) {
    branches.push({
      title: say(context.words, 'saga.timeout', {
        step: step.name,
        timeout: formatDuration(step.timeoutMs.value, context.model.locale),
      }),
      isFailure: true,
      steps: undoing(stage, [...earlier, step], null),
    });
  }
  return [
    ...(trigger === null ? [] : [arrow('event', [bus, participant], trigger)]),
    ...alternatives(branches),
  ];
}

function undoing(
  stage: Stage,
  done: readonly SagaStep[],
  failure: string | null,
): readonly SequenceStep[] {
  const { context, bus, idOf } = stage;
  const compensations = done.toReversed().flatMap((step) => {
    if (step.compensate === null) return [];
    const participant = idOf(participantOf(step));
    return [
      ...(failure === null
        ? []
        : [arrow('event', [bus, participant], failure)]),
      arrow(
        'outcome',
        [participant, bus],
        step.compensate,
        say(context.words, 'saga.compensates', { step: step.name }),
      ),
    ];
  });
  return [
    ...compensations,
    ...ending(stage, stage.saga.aborts, 'saga.aborted'),
  ];
}

function ending(
  stage: Stage,
  event: string | null,
  word: string,
): readonly SequenceStep[] {
  const { context, bus, idOf } = stage;
  const told =
    event === null
      ? []
      : listenersOf(stage, event).map((service) =>
          arrow('event', [bus, idOf(service)], event),
        );
  const text = say(context.words, word);
  return [
    ...told,
    event === null || told.length > 0
      ? note(bus, text)
      : note(bus, event, text),
  ];
}

function overrun(stage: Stage): readonly SequenceStep[] {
  const { context, saga, bus } = stage;
  return [
    {
      kind: 'opt',
      lines: plainLabel(
        say(context.words, 'saga.overrun', {
          timeout: formatDuration(saga.timeoutMs.value, context.model.locale),
        }),
      ),
    },
    { kind: 'failure' },
    note(bus, overdueText(stage)),
    { kind: 'end' },
    { kind: 'end' },
  ];
}

function overdueText({ context: { model, words }, saga }: Stage): string {
  const ender = enderOf(model, saga);
  return ender === null
    ? say(words, 'saga.nobodyWatches')
    : say(words, 'saga.starterEnds', {
        service: ender,
        event: saga.aborts ?? '',
      });
}
