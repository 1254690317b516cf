// What the code of an orchestrated saga needs to know, decided once: its members, and how it ends.
import { isSameKey, type EventKey } from '../../model/event-key.ts';
import type { AggregateCommand, Saga, SagaStep } from '../../model/model.ts';
import type { AggregatePlan, CommandPlan } from './aggregate-plan.ts';
import { aggregatePlans } from './aggregates.ts';
import type { CodeContext } from './code-context.ts';
import { memberNames } from './names.ts';

export interface StepPlan {
  readonly step: SagaStep;
  /** Member of the decisions: `reserve`. */
  readonly request: string;
  /** Member that undoes the step: `compensateReserve`; null where nothing needs undoing. */
  readonly compensation: string | null;
}

/** What happens when a saga ends: a command on an aggregate, an event published, or nothing that the coordinator does. */
export type EndPlan =
  | {
      readonly kind: 'command';
      readonly event: string;
      readonly plan: AggregatePlan;
      readonly command: CommandPlan;
    }
  | { readonly kind: 'publish'; readonly event: string }
  | { readonly kind: 'none' };

export interface SagaPlan {
  readonly saga: Saga;
  readonly service: string;
  readonly steps: readonly StepPlan[];
  readonly completes: EndPlan;
  readonly aborts: EndPlan;
}

/** Lists the orchestrated sagas whose coordinator belongs to this system. */
export function sagaPlans(context: CodeContext): readonly SagaPlan[] {
  const external = new Set(
    context.model.services
      .filter((one) => one.isExternal)
      .map((one) => one.name),
  );
  return context.model.sagas.flatMap((saga) => {
    const { coordinator, style } = saga;
    if (style !== 'orchestration' || coordinator === null) return [];
    return external.has(coordinator)
      ? []
      : [planSaga(context, saga, coordinator)];
  });
}

function planSaga(context: CodeContext, saga: Saga, service: string): SagaPlan {
  const { correlation } = saga;
  const names = memberNames(
    saga.steps.map(({ name }) => name),
    ['complete', 'abort', 'constructor'],
  );
  const steps = saga.steps.map((step): StepPlan => {
    const request = names.get(step.name) ?? step.name;
    const title = request.charAt(0).toUpperCase() + request.slice(1);
    const compensation = step.compensate === null ? null : `compensate${title}`;
    return { step, request, compensation };
  });
  return {
    saga,
    service,
    steps,
    completes: endOf(context, { service, correlation }, saga.completes),
    aborts: endOf(context, { service, correlation }, saga.aborts),
  };
}

/** Decides how a service makes an event happen: by a command on its own aggregate, or by publishing it. */
export function endOf(
  context: CodeContext,
  by: { readonly service: string; readonly correlation: EventKey },
  event: string | null,
): EndPlan {
  if (event === null) return { kind: 'none' };
  for (const plan of aggregatePlans(context)) {
    const isOwn =
      plan.aggregate.service === by.service &&
      isSameKey(plan.aggregate.key, by.correlation);
    const command = plan.commands.find(({ command: one }) =>
      emitsOnly(one, event),
    );
    if (isOwn && command !== undefined)
      return { kind: 'command', event, plan, command };
  }
  const isPublished = context.model.publications.some(
    (one) => one.service === by.service && one.event === event,
  );
  const isOfAggregate = context.model.aggregates.some(({ commands }) =>
    commands.some(({ emits }) => emits.includes(event)),
  );
  return isPublished && !isOfAggregate
    ? { kind: 'publish', event }
    : { kind: 'none' };
}

function emitsOnly({ emits }: AggregateCommand, event: string): boolean {
  return emits.length === 1 && emits[0] === event;
}
