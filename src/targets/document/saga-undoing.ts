// What a saga undoes, and who ends it: read from its steps, told by "Sagas" and by "Failure Modes" alike.
import type { Saga, SagaStep } from '../../model/model.ts';
import { enderOf } from '../../model/saga-ender.ts';
import type { RichText } from '../../render/rich-text.ts';
import { formatDuration } from '../../core/units.ts';
import type { DocumentContext } from './document-context.ts';
import { joinRich, say, sayNames } from './say.ts';

/** Says what is undone when a step fails, gives no answer, or the whole takes too long. */
export function compensationText(
  context: DocumentContext,
  saga: Saga,
): RichText {
  const { words } = context;
  const none = say(words, 'saga.no-compensation');
  if (compensated(saga.steps).length === 0) return none;
  if (saga.style === 'choreography') {
    const lines = choreographed(context, saga);
    return lines.length === 0
      ? say(words, 'saga.no-listener')
      : joinRich(lines);
  }
  return joinRich([
    ...saga.steps.flatMap((_, index) => stepLines(context, saga, index)),
    sayNames(words, 'saga.undo.whole', {
      names: compensations(saga.steps),
      as: 'commands',
    }),
  ]);
}

function stepLines(
  { model, words }: DocumentContext,
  saga: Saga,
  index: number,
): readonly RichText[] {
  const step = saga.steps[index];
  if (step === undefined) return [];
  const failed = compensations(saga.steps.slice(0, index));
  // It may have happened all the same, so what waited is undone, too.
  const late = compensations(saga.steps.slice(0, index + 1));
  const line = (
    key: string,
    commands: readonly string[],
  ): readonly RichText[] =>
    commands.length === 0
      ? []
      : [
          say(words, key, {
            step: step.name,
            commands,
            timeout:
              step.timeoutMs === null
                ? ''
                : formatDuration(step.timeoutMs.value, model.locale),
          }),
        ];
  return [
    ...(step.failure === null ? [] : line('saga.undo', failed)),
    ...(step.timeoutMs === null ? [] : line('saga.undo.late', late)),
  ];
}

function choreographed(
  context: DocumentContext,
  saga: Saga,
): readonly RichText[] {
  const failures = new Set(saga.steps.flatMap((step) => step.failure ?? []));
  return [...failures].flatMap((event) => {
    const steps = undoneBy(context, saga, event);
    return steps.length === 0
      ? []
      : [
          sayNames(context.words, 'saga.undo.event', {
            names: steps.map(({ name }) => name),
            as: 'steps',
            parameters: { event, told: compensations(steps.toReversed()) },
          }),
        ];
  });
}

/** Lists the steps of a choreography that are undone once an event is told, the last first. */
export function undoneBy(
  { index }: DocumentContext,
  saga: Saga,
  event: string,
): readonly SagaStep[] {
  const told = new Set([event]);
  const undone: SagaStep[] = [];
  for (const [at, step] of [...saga.steps.entries()].toReversed()) {
    const next = saga.steps[at + 1];
    const { participant, compensate } = step;
    if (participant === null || compensate === null) continue;
    // A participant hears what follows its own step, as far as it consumes it.
    const hears = [next?.failure, next?.compensate].some(
      (one) =>
        one != null &&
        told.has(one) &&
        [...consumers(one), ...publishers(one)].includes(participant),
    );
    if (!hears) continue;
    undone.push(step);
    told.add(compensate);
  }
  return undone;

  function consumers(name: string): readonly string[] {
    return index.consumersOf.get(name) ?? [];
  }
  function publishers(name: string): readonly string[] {
    return index.publishersOf.get(name) ?? [];
  }
}

/** Says what happens when a saga has no outcome in time. */
export function overdueText(context: DocumentContext, saga: Saga): RichText {
  return saga.coordinator === null
    ? leftAlone(context, saga)
    : joinRich([
        undoingText(context, saga),
        endText(context, saga, saga.coordinator),
      ]);
}

function undoingText({ words }: DocumentContext, saga: Saga): RichText {
  const commands = compensations(saga.steps);
  if (commands.length === 0) return say(words, 'failure.saga.undo.none');
  const kept = saga.steps
    .filter(({ compensate }) => compensate === null)
    .map(({ name }) => name);
  return joinRich([
    sayNames(words, 'failure.saga.undo', { names: commands, as: 'commands' }),
    kept.length === 0
      ? []
      : sayNames(words, 'failure.saga.kept', { names: kept, as: 'steps' }),
  ]);
}

function endText(
  { words, index }: DocumentContext,
  { aborts }: Saga,
  coordinator: string,
): RichText {
  if (aborts === null) return say(words, 'failure.saga.silent');
  const services = index.publishersOf.get(aborts) ?? [];
  if (services.includes(coordinator))
    return say(words, 'failure.saga.aborts', { aborts });
  return services.length === 0
    ? say(words, 'failure.saga.untold', { aborts })
    : sayNames(words, 'failure.saga.aborts.elsewhere', {
        names: services,
        as: 'services',
        parameters: { aborts },
      });
}

// Whoever starts a choreography can end it as well, where the event that gives it up is its own to publish.
function leftAlone(context: DocumentContext, saga: Saga): RichText {
  const { words, model } = context;
  const { aborts } = saga;
  const ender = enderOf(model, saga);
  if (aborts === null)
    return joinRich([
      say(words, 'failure.saga.nobody'),
      say(words, 'failure.saga.by-hand'),
    ]);
  if (ender === null)
    return joinRich([
      say(words, 'failure.saga.nobody'),
      say(words, 'failure.saga.by-hand.told', { aborts }),
    ]);
  const steps = undoneBy(context, saga, aborts).map(({ name }) => name);
  return joinRich([
    say(words, 'failure.saga.starter', { service: ender, aborts }),
    steps.length === 0
      ? say(words, 'failure.saga.starter.kept')
      : sayNames(words, 'failure.saga.starter.undone', {
          names: steps,
          as: 'steps',
        }),
  ]);
}

const compensated = (steps: readonly SagaStep[]): readonly SagaStep[] =>
  steps.filter(({ compensate }) => compensate !== null);

/** Compensations, that of the last step first. */
const compensations = (steps: readonly SagaStep[]): readonly string[] =>
  steps.flatMap(({ compensate }) => compensate ?? []).toReversed();
