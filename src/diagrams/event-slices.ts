// The system as a story in the slices of Event Modeling: what triggers a command, the command, the event, and who takes
// note. See Adam Dymitruk, "Event Modeling: What is it?" (eventmodeling.org).
import type { Aggregate, AggregateCommand, Saga } from '../model/model.ts';
import { publishersOf } from './model-index.ts';
import type { PlanContext } from './plan-context.ts';

/** Mermaid's words: screen, processor (automation), command, event, read model. */
export type FrameKind = 'ui' | 'pcr' | 'cmd' | 'evt' | 'rmo';

export interface Frame {
  readonly kind: FrameKind;
  readonly name: string;
}

export type Slice = readonly Frame[];

const ui = (name: string): Frame => ({ kind: 'ui', name });
const pcr = (name: string): Frame => ({ kind: 'pcr', name });
const cmd = (name: string): Frame => ({ kind: 'cmd', name });
const evt = (name: string): Frame => ({ kind: 'evt', name });
const rmo = (name: string): Frame => ({ kind: 'rmo', name });

/**
 * Tells the story: each saga from its start to its end, then the aggregates' commands that no saga told, then every other
 * message, then the queries. Each event is told once.
 */
export function eventSlices(context: PlanContext): readonly Slice[] {
  const { model } = context;
  const told = new Set<string>();
  const tell = (event: string | null, slice: () => Slice): readonly Slice[] => {
    if (event === null || told.has(event)) return [];
    told.add(event);
    return [slice()];
  };
  return [
    ...model.sagas.flatMap((saga) => sagaSlices(context, saga, tell)),
    ...model.aggregates.flatMap((aggregate) =>
      aggregate.commands.flatMap((command) =>
        command.emits.flatMap((event) =>
          tell(event, () => [
            ui(command.name),
            cmd(command.name),
            ...eventFrames(context, event),
          ]),
        ),
      ),
    ),
    ...model.events.flatMap((event) =>
      tell(event.name, () => [
        ...publishersOf(context.index, event.name).slice(0, 1).map(pcr),
        ...(event.kind === 'command'
          ? [cmd(event.name), ...reactions(context, event.name)]
          : eventFrames(context, event.name)),
      ]),
    ),
    ...model.queries.map((query) => [rmo(query.projection), ui(query.name)]),
  ];
}

type Tell = (event: string | null, slice: () => Slice) => readonly Slice[];

function sagaSlices(
  context: PlanContext,
  saga: Saga,
  tell: Tell,
): readonly Slice[] {
  const emitted = (event: string, trigger: Frame): Slice => {
    const command = emitterOf(context, event);
    return [
      trigger,
      ...(command === null ? [] : [cmd(command.name)]),
      ...eventFrames(context, event),
    ];
  };
  const start = emitterOf(context, saga.starts);
  const byPublisher = publishersOf(context.index, saga.starts)[0];
  return [
    ...tell(saga.starts, () =>
      emitted(
        saga.starts,
        start === null ? pcr(byPublisher ?? saga.name) : ui(start.name),
      ),
    ),
    ...saga.steps.flatMap((step) => [
      ...tell(step.command, () => [
        pcr(saga.name),
        cmd(step.command ?? ''),
        ...tell(step.success, () => eventFrames(context, step.success)).flat(),
      ]),
      ...tell(step.success, () =>
        emitted(step.success, pcr(step.participant ?? saga.name)),
      ),
    ]),
    ...tell(saga.completes, () =>
      emitted(saga.completes ?? '', pcr(saga.name)),
    ),
    ...saga.steps.flatMap((step) =>
      tell(step.failure, () => [
        pcr(step.participant ?? saga.name),
        ...eventFrames(context, step.failure ?? ''),
      ]),
    ),
    ...saga.steps.flatMap((step) =>
      tell(step.compensate, () =>
        saga.style === 'orchestration'
          ? [pcr(saga.name), cmd(step.compensate ?? '')]
          : emitted(step.compensate ?? '', pcr(step.participant ?? saga.name)),
      ),
    ),
    ...tell(saga.aborts, () => emitted(saga.aborts ?? '', pcr(saga.name))),
  ];
}

function emitterOf(
  { model }: PlanContext,
  event: string,
): AggregateCommand | null {
  const emits = (aggregate: Aggregate): AggregateCommand | undefined =>
    aggregate.commands.find((command) => command.emits.includes(event));
  for (const aggregate of model.aggregates) {
    const command = emits(aggregate);
    if (command !== undefined) return command;
  }
  return null;
}

function eventFrames(context: PlanContext, event: string): Slice {
  const projections = context.model.projections.filter((projection) =>
    projection.from.includes(event),
  );
  return [
    evt(event),
    ...reactions(context, event),
    ...projections.map((projection) => rmo(projection.name)),
  ];
}

// Who reacts on its own account; sagas and projections have frames of their own.
function reactions({ index }: PlanContext, event: string): Slice {
  const services = (index.subscriptionsByEvent.get(event) ?? [])
    .filter((subscription) => subscription.role.kind === 'written')
    .map((subscription) => subscription.service);
  return [...new Set(services)].slice(0, 3).map(pcr);
}
