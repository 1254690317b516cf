// The field that ties a saga's messages together.
import { child, pointer } from '../core/pointer.ts';
import { quotedList } from '../core/text.ts';
import type { RawSaga } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { EventDraft } from './resolve-events.ts';
import { adviceFor, type Scope } from './scope.ts';

interface Named {
  readonly name: string;
  readonly raw: RawSaga;
}

interface Messages {
  readonly starts: EventDraft;
  readonly context: { readonly events: ReadonlyMap<string, EventDraft> };
}

/** Checks that every message of a saga has its correlation field. Reports: correlation-missing, saga-needs-correlation. */
export function checkCorrelation(
  scope: Scope,
  { name, raw }: Named,
  { starts, context }: Messages,
): void {
  const origin = pointer('sagas', name);
  const field = raw.correlation ?? starts.key;
  if (field === null) {
    scope.report(
      resolveDiagnostics.make(
        'saga-needs-correlation',
        { pointer: origin, at: 'key' },
        { saga: name, event: starts.name },
      ),
    );
    return;
  }
  const messages = messagesOf(raw, context.events);
  const lacking = messages.filter((event) => !has(event, field));
  // A key that its own payload lacks has been told at the event.
  const isKeyWrong = raw.correlation === undefined && lacking.includes(starts);
  if (lacking.length === 0 || isKeyWrong) return;
  const names = quotedList(lacking.map((event) => event.name));
  const shared = messages[0]?.payload.fields
    .map((candidate) => candidate.name)
    .filter((candidate) => messages.every((event) => has(event, candidate)));
  const otherwise = `Add "${field}" to the payload of ${names}, or correlate by a field that all its messages have.`;
  scope.report(
    resolveDiagnostics.make(
      'correlation-missing',
      {
        ...(raw.correlation === undefined
          ? { pointer: origin, at: 'key' as const }
          : { pointer: child(origin, 'correlation') }),
        related: lacking.map((event) => ({
          message: `the payload of "${event.name}"`,
          pointer: event.payload.origin,
          location: null,
        })),
      },
      {
        saga: name,
        field,
        events: names,
        advice: adviceFor(field, shared ?? [], otherwise),
      },
    ),
  );
}

const has = (event: EventDraft, field: string): boolean =>
  event.payload.fields.some(
    (candidate) => candidate.name === field && candidate.isRequired,
  );

function messagesOf(
  raw: RawSaga,
  events: ReadonlyMap<string, EventDraft>,
): readonly EventDraft[] {
  const names = [
    raw.starts,
    ...raw.steps.flatMap((step) => [
      step.command,
      step.on,
      step.success,
      step.failure,
      step.compensate,
    ]),
  ];
  return [...new Set(names)].flatMap((name) => events.get(name ?? '') ?? []);
}
