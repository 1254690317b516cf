// Sagas: steps with their outcomes, compensation and time.
import { parseKey } from '../model/event-key.ts';
import { child, pointer } from '../core/pointer.ts';
import { parseDuration } from '../core/units.ts';
import type { Saga, SagaStep } from '../model/model.ts';
import {
  checkReaction,
  checkCommands,
  checkOutcome,
  checkPublished,
  type NamedSaga,
  type SagaContext,
  type Step,
} from './check-saga.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { entriesOf, type Scope } from './scope.ts';
import { checkCorrelation } from './saga-correlation.ts';
import { byDefault, choice, written } from './sourced.ts';

/** Resolves `sagas`. Reports: saga-*, not-a-command, is-a-command, correlation-missing, unknown-event. */
export function resolveSagas(
  scope: Scope,
  context: SagaContext,
): readonly Saga[] {
  return entriesOf(scope.raw.sagas).map(([name, raw]) =>
    resolveSaga(scope, { name, raw }, context),
  );
}

function resolveSaga(
  scope: Scope,
  saga: NamedSaga,
  context: SagaContext,
): Saga {
  const { name, raw } = saga;
  const origin = pointer('sagas', name);
  const style = raw.style ?? 'orchestration';
  const coordinator = coordinatorOf(scope, saga);
  for (const property of ['starts', 'completes', 'aborts'] as const)
    checkOutcome(scope, saga, {
      event: raw[property],
      at: child(origin, property),
    });
  checkStart(scope, saga, context);
  return {
    name,
    description: raw.description ?? null,
    style,
    coordinator,
    starts: raw.starts,
    correlation:
      raw.correlation === undefined
        ? (context.events.get(raw.starts)?.key ?? [])
        : parseKey(raw.correlation),
    timeoutMs: timeoutOf(saga),
    steps: raw.steps.map((step, index) =>
      resolveStep(
        scope,
        { ...saga, step, at: child(origin, 'steps', index) },
        context,
      ),
    ),
    completes: raw.completes ?? null,
    aborts: raw.aborts ?? null,
    group: coordinator === null ? null : groupOf(saga, coordinator, context),
    origin,
  };
}

/** The service that runs a saga; null for a choreography, which nobody runs. */
function coordinatorOf(scope: Scope, { name, raw }: NamedSaga): string | null {
  if (raw.style === 'choreography') return null;
  if (raw.coordinator !== undefined) return raw.coordinator;
  scope.report(
    resolveDiagnostics.make(
      'saga-needs-coordinator',
      { pointer: pointer('sagas', name), at: 'key' },
      { saga: name },
    ),
  );
  return null;
}

/** Checks that somebody publishes what starts a saga, and that all its messages carry what correlates them. */
function checkStart(scope: Scope, saga: NamedSaga, context: SagaContext): void {
  const { name, raw } = saga;
  const starts = context.events.get(raw.starts);
  if (starts === undefined) return;
  const isStarted = context.publications.some(
    ({ event }) => event === raw.starts,
  );
  if (!isStarted && !scope.isMistyped(raw.starts))
    scope.report(
      resolveDiagnostics.make(
        'saga-start-unpublished',
        { pointer: pointer('sagas', name, 'starts') },
        { saga: name, event: raw.starts },
      ),
    );
  checkCorrelation(scope, saga, { starts, context });
}

function timeoutOf({ name, raw }: NamedSaga): Saga['timeoutMs'] {
  const origin = pointer('sagas', name);
  const timeout = raw.timeout === undefined ? null : parseDuration(raw.timeout);
  return timeout === null
    ? byDefault(3_600_000, origin, 'A process that never ends is never noticed')
    : written(timeout, child(origin, 'timeout'), raw.because ?? null);
}

/** The group that a saga reads with, by its coordinator's subscription when it has one. */
const groupOf = (
  { name }: NamedSaga,
  coordinator: string,
  { subscriptions }: SagaContext,
): string =>
  subscriptions.find(({ role }) => role.kind === 'saga' && role.name === name)
    ?.group ?? `${coordinator}.${name}`;

function resolveStep(
  scope: Scope,
  found: Step,
  context: SagaContext,
): SagaStep {
  const { raw, step, at } = found;
  const isChoreographed = raw.style === 'choreography';
  if (isChoreographed) checkReaction(scope, found);
  else checkCommands(scope, found, context);
  for (const property of ['success', 'failure'] as const) {
    checkOutcome(scope, found, {
      event: step[property],
      at: child(at, property),
    });
    checkPublished(scope, found, { property, context });
  }
  const command = isChoreographed ? null : (step.command ?? null);
  return {
    name: step.name,
    participant: participantOf(found, context),
    command,
    on: isChoreographed ? (step.on ?? raw.starts) : null,
    success: step.success,
    failure: step.failure ?? null,
    compensate: step.compensate ?? null,
    undo: undoOf(scope, found),
    timeoutMs: stepTimeoutOf(found),
    origin: at,
  };
}

function undoOf(scope: Scope, { name, step, at }: Step): SagaStep['undo'] {
  const undo = choice(step.undo, child(at, 'undo'), () => 'none' as const);
  if (undo !== null && step.compensate !== undefined)
    scope.report(
      resolveDiagnostics.make(
        'saga-undo-contradicted',
        { pointer: child(at, 'undo'), at: 'key' },
        { saga: name, step: step.name, compensate: step.compensate },
      ),
    );
  return undo;
}

function stepTimeoutOf({ step, at }: Step): SagaStep['timeoutMs'] {
  const timeout =
    step.timeout === undefined ? null : parseDuration(step.timeout);
  return timeout === null ? null : written(timeout, child(at, 'timeout'));
}

/** The service that handles a step's command, or else the one that publishes its outcome. */
function participantOf(
  { raw, step }: Step,
  { publications, subscriptions }: SagaContext,
): string | null {
  const { command, success } = step;
  const handler =
    raw.style === 'choreography' || command === undefined
      ? undefined
      : subscriptions.find(({ events }) => events.includes(command));
  const publisher = publications.find(({ event }) => event === success);
  return (handler ?? publisher)?.service ?? null;
}
