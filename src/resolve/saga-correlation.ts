// The field that ties a saga's messages together.
import { child, pointer, type Pointer } from '../core/pointer.ts';
import { quotedList } from '../core/text.ts';
import { parseKey, pathText, type KeyPath } from '../model/event-key.ts';
import { locateField } from '../model/locate-field.ts';
import type { LocatedField } from '../model/located-field.ts';
import type { RawSaga } from '../schema/raw-spec.ts';
import { hasOneText, kindOf, withoutNull } from './key-advice.ts';
import type { SagaContext } from './check-saga.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { EventDraft } from './resolve-events.ts';
import { adviceFor, type Scope } from './scope.ts';

interface Named {
  readonly name: string;
  readonly raw: RawSaga;
}

interface Messages {
  readonly starts: EventDraft;
  readonly context: Pick<SagaContext, 'events' | 'shapeOf'>;
}

/**
 * Checks that every message of a saga has what correlates them, as one text.
 * Reports: correlation-missing, saga-needs-correlation, key-without-text.
 */
export function checkCorrelation(
  scope: Scope,
  saga: Named,
  { starts, context }: Messages,
): void {
  const { name, raw } = saga;
  const key =
    raw.correlation === undefined ? starts.key : parseKey(raw.correlation);
  if (key === null) {
    scope.report(
      resolveDiagnostics.make(
        'saga-needs-correlation',
        { pointer: pointer('sagas', name), at: 'key' },
        { saga: name, event: starts.name },
      ),
    );
    return;
  }
  const messages = messagesOf(raw, context.events);
  for (const path of key)
    checkPath(scope, saga, { path, messages, starts, context });
}

interface Correlated extends Messages {
  readonly path: KeyPath;
  readonly messages: readonly EventDraft[];
}

function checkPath(scope: Scope, { name, raw }: Named, of: Correlated): void {
  const { path, messages, starts, context } = of;
  const { shapeOf } = context;
  const field = pathText(path);
  const lacking = messages.filter(
    ({ payload }) => !isAlwaysThere(locateField(payload, path, shapeOf)),
  );
  const place = placeOf({ name, raw });
  const textless = messages.flatMap((event) => {
    const found = locateField(event.payload, path, shapeOf);
    return found === null || hasOneText(withoutNull(found.types))
      ? []
      : [{ event, found }];
  });
  const [wrong] = textless;
  // A key that its own payload lacks, or that has no one text, has been told at the event.
  const isTold =
    raw.correlation === undefined &&
    (lacking.includes(starts) ||
      textless.some(({ event }) => event === starts));
  if (isTold) return;
  if (wrong !== undefined) {
    scope.report(
      resolveDiagnostics.make('key-without-text', place, {
        what: `the correlation "${field}" of saga "${name}"`,
        kind: `${kindOf(wrong.found)} in "${wrong.event.name}"`,
        advice: `Give "${field}" one type in all messages of the saga, such as uuid, string or integer.`,
      }),
    );
    return;
  }
  if (lacking.length === 0) return;
  const names = quotedList(lacking.map((event) => event.name));
  const shared = messages[0]?.payload.fields
    .map((candidate) => candidate.name)
    .filter((candidate) =>
      messages.every(({ payload }) =>
        isAlwaysThere(locateField(payload, [candidate], shapeOf)),
      ),
    );
  const otherwise = `Add "${field}" to the payload of ${names}, or correlate by a field that all its messages have.`;
  scope.report(
    resolveDiagnostics.make(
      'correlation-missing',
      {
        ...place,
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

function placeOf({ name, raw }: Named): {
  readonly pointer: Pointer;
  readonly at?: 'key';
} {
  const origin = pointer('sagas', name);
  return raw.correlation === undefined
    ? { pointer: origin, at: 'key' }
    : { pointer: child(origin, 'correlation') };
}

const isAlwaysThere = (field: LocatedField | null): boolean =>
  field !== null && field.isRequired && !field.types.has('null');

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
    // Who takes part in a choreography learns from them that the whole is over.
    ...(raw.style === 'choreography' ? [raw.completes, raw.aborts] : []),
  ];
  return [...new Set(names)].flatMap((name) => events.get(name ?? '') ?? []);
}
