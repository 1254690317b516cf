// An orchestrated saga as a sequence: the coordinator sends commands, participants answer with events.
import { formatDuration } from '../core/units.ts';
import type { Saga, SagaStep } from '../model/model.ts';
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
  readonly coordinator: string;
  readonly idOf: (service: string) => string;
  /** The broker's line: where the saga hears of its start and tells its end. */
  readonly bus: string;
}

/**
 * Scripts an orchestrated saga. Compensations run backwards over the steps that succeeded; after a time-out the
 * outcome of the step itself is unknown, so it is compensated too.
 */
export function orchestrationSteps(
  context: PlanContext,
  saga: Saga,
  id: DiagramIds,
): SagaScript {
  const { index, words } = context;
  const coordinator = saga.coordinator ?? '?';
  const idOf = (service: string): string => id('p', service);
  const bus = id('bus', 'bus');
  const stage: Stage = { context, saga, coordinator, idOf, bus };
  const starters = publishersOf(index, saga.starts).filter(
    (service) => service !== coordinator,
  );
  const services = [
    ...new Set([
      ...starters,
      coordinator,
      ...saga.steps.map((step) => participantOf(step)),
      ...saga.steps.flatMap((step) => compensatorsOf(stage, step)),
    ]),
  ];
  return {
    participants: [
      ...services.map((service) => ({
        id: idOf(service),
        lines:
          service === coordinator
            ? plainLabel(service, say(words, 'saga.coordinator'))
            : plainLabel(service),
      })),
      { id: bus, lines: plainLabel(context.model.broker.title) },
    ],
    noteOver: idOf(coordinator),
    steps: [
      ...starters.map((starter) =>
        arrow('event', [idOf(starter), bus], saga.starts),
      ),
      arrow('event', [bus, idOf(coordinator)], saga.starts),
      ...saga.steps.flatMap((step, at) => stepScript(stage, step, at)),
      ...ending(stage, saga.completes, 'saga.completed'),
      ...overrun(stage),
    ],
  };
}

const participantOf = (step: SagaStep): string => step.participant ?? '?';

function compensatorsOf(stage: Stage, step: SagaStep): readonly string[] {
  if (step.compensate === null) return [];
  const consumers = consumersOf(stage.context.index, step.compensate);
  return consumers.length === 0 ? [participantOf(step)] : consumers;
}

function stepScript(
  stage: Stage,
  step: SagaStep,
  at: number,
): readonly SequenceStep[] {
  const { context, coordinator, idOf } = stage;
  const participant = idOf(participantOf(step));
  const earlier = stage.saga.steps.slice(0, at);
  const branches: Branch[] = [
    {
      title: say(context.words, 'saga.success', { step: step.name }),
      isFailure: false,
      steps: [arrow('outcome', [participant, idOf(coordinator)], step.success)],
    },
  ];
  if (step.failure !== null) {
    branches.push({
      title: say(context.words, 'saga.failure', { step: step.name }),
      isFailure: true,
      steps: [
        arrow('outcome', [participant, idOf(coordinator)], step.failure),
        ...undoing(stage, earlier),
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
      steps: undoing(stage, [...earlier, step]),
    });
  }
  return [
    ...(step.command === null
      ? []
      : [arrow('event', [idOf(coordinator), participant], step.command)]),
    ...alternatives(branches),
  ];
}

function undoing(
  stage: Stage,
  done: readonly SagaStep[],
): readonly SequenceStep[] {
  const { context, coordinator, idOf } = stage;
  const compensations = done
    .toReversed()
    .flatMap((step) =>
      step.compensate === null
        ? []
        : compensatorsOf(stage, step).map((service) =>
            arrow(
              'event',
              [idOf(coordinator), idOf(service)],
              step.compensate ?? '',
              say(context.words, 'saga.compensates', { step: step.name }),
            ),
          ),
    );
  return [
    ...compensations,
    ...ending(stage, stage.saga.aborts, 'saga.aborted'),
  ];
}

// The coordinator tells the end to whoever listens; that it does so is noted under its own line.
function ending(
  { context, coordinator, idOf, bus }: Stage,
  event: string | null,
  word: string,
): readonly SequenceStep[] {
  const end = note(idOf(coordinator), say(context.words, word));
  if (event === null) return [end];
  return [arrow('event', [idOf(coordinator), bus], event), end];
}

function overrun(stage: Stage): readonly SequenceStep[] {
  const { context, saga, coordinator, idOf } = stage;
  const hasCompensation = saga.steps.some((step) => step.compensate !== null);
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
    ...(hasCompensation
      ? [note(idOf(coordinator), say(context.words, 'saga.compensatesDone'))]
      : []),
    ...ending(stage, saga.aborts, 'saga.aborted'),
    { kind: 'end' },
    { kind: 'end' },
  ];
}
