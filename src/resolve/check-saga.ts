// What does not hold in a saga's steps and messages.
import { child, type Pointer } from '../core/pointer.ts';
import { quotedList } from '../core/text.ts';
import type { ShapeOf } from '../model/locate-field.ts';
import type { Publication, Subscription } from '../model/model.ts';
import type { RawSaga, RawSagaStep } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { EventDraft } from './resolve-events.ts';
import { eventNamed, type Scope } from './scope.ts';

export interface SagaContext {
  readonly events: ReadonlyMap<string, EventDraft>;
  readonly publications: readonly Publication[];
  readonly subscriptions: readonly Subscription[];
  readonly shapeOf: ShapeOf;
}

export interface NamedSaga {
  readonly name: string;
  readonly raw: RawSaga;
}

export interface Step extends NamedSaga {
  readonly step: RawSagaStep;
  readonly at: Pointer;
}

export function checkReaction(
  scope: Scope,
  { name, raw, step, at }: Step,
): void {
  const trigger = step.on;
  const isFirst = raw.steps[0] === step;
  if (trigger === undefined && !isFirst) {
    const advice = 'Name the event that triggers it with "on:".';
    scope.report(
      resolveDiagnostics.make(
        'saga-step-incomplete',
        { pointer: at },
        {
          saga: name,
          step: step.name,
          property: 'on',
          style: 'a choreography',
          advice,
        },
      ),
    );
  }
  for (const property of ['on', 'compensate'] as const) {
    checkOutcome(
      scope,
      { name, raw },
      { event: step[property], at: child(at, property) },
    );
  }
}

export function checkCommands(
  scope: Scope,
  found: Step,
  context: SagaContext,
): void {
  const { name, step, at } = found;
  if (step.command === undefined) {
    const advice = 'Name the command that it sends with "command:".';
    scope.report(
      resolveDiagnostics.make(
        'saga-step-incomplete',
        { pointer: at },
        {
          saga: name,
          step: step.name,
          property: 'command',
          style: 'orchestration',
          advice,
        },
      ),
    );
  }
  const where = `step "${step.name}" of saga "${name}"`;
  for (const property of ['command', 'compensate'] as const) {
    const event = step[property];
    const place = { pointer: child(at, property), where };
    if (event === undefined || eventNamed(scope, event, place) === null)
      continue;
    if (context.events.get(event)?.kind === 'command') continue;
    const commands = [...context.events.values()]
      .filter(({ kind }) => kind === 'command')
      .map((command) => command.name);
    const advice =
      commands.length === 0
        ? `Give the event "type: command".`
        : `Give the event "type: command", or choose ${quotedList(commands.slice(0, 8), 'or')}.`;
    scope.report(
      resolveDiagnostics.make(
        'not-a-command',
        { pointer: place.pointer },
        { where, event, advice },
      ),
    );
  }
}

export function checkOutcome(
  scope: Scope,
  { name }: NamedSaga,
  found: { event: string | undefined; at: Pointer },
): void {
  if (found.event === undefined) return;
  const where = `saga "${name}"`;
  const event = eventNamed(scope, found.event, { pointer: found.at, where });
  if (event?.type === 'command') {
    scope.report(
      resolveDiagnostics.make(
        'is-a-command',
        { pointer: found.at },
        { where, event: found.event },
      ),
    );
  }
}

export function checkPublished(
  scope: Scope,
  found: Step,
  from: { property: 'success' | 'failure'; context: SagaContext },
): void {
  const { name, step, at } = found;
  const event = step[from.property];
  const { context } = from;
  if (event === undefined || !context.events.has(event)) return;
  const isPublished = context.publications.some(
    (publication) => publication.event === event,
  );
  if (isPublished || scope.isMistyped(event)) return;
  const handler = context.subscriptions.find(({ events }) =>
    events.includes(step.command ?? ''),
  );
  const advice =
    handler === undefined
      ? `Add "${event}" to what a service publishes.`
      : `Add "${event}" to what "${handler.service}" publishes: it handles "${step.command}".`;
  scope.report(
    resolveDiagnostics.make(
      'saga-outcome-unpublished',
      { pointer: child(at, from.property) },
      { saga: name, step: step.name, event, advice },
    ),
  );
}
