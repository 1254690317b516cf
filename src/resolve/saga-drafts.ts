// What the services of a saga handle because of it.
import { child, pointer, type Pointer } from '../core/pointer.ts';
import type { Publication } from '../model/model.ts';
import type { RawSaga } from '../schema/raw-spec.ts';
import { entriesOf, entry, type Scope } from './scope.ts';
import { derivedDraft, type SubscriptionDraft } from './subscription-draft.ts';

/** Drafts the subscriptions of every saga: a coordinator's outcomes, or a choreography's reactions. */
export function sagaDrafts(
  scope: Scope,
  publications: readonly Publication[],
): readonly SubscriptionDraft[] {
  const publisherOf = new Map(
    publications.map(({ event, service }) => [event, service]),
  );
  return entriesOf(scope.raw.sagas).flatMap(([name, saga]) => {
    const wanted =
      saga.style === 'choreography'
        ? choreographed(name, saga, publisherOf)
        : orchestrated(name, saga);
    const seen = new Set<string>();
    return wanted.flatMap(({ service, event, origin }) => {
      const raw = entry(scope.raw.events, event);
      // A command as an outcome is told; the coordinator must not become its second handler.
      const isKnown = raw !== undefined && raw.type !== 'command';
      const isNew = !seen.has(`${service} ${event}`);
      seen.add(`${service} ${event}`);
      return isKnown && isNew
        ? [derivedDraft({ kind: 'saga', name }, { service, event, origin })]
        : [];
    });
  });
}

interface Wanted {
  readonly service: string;
  readonly event: string;
  readonly origin: Pointer;
}

function orchestrated(name: string, saga: RawSaga): readonly Wanted[] {
  const service = saga.coordinator;
  if (service === undefined) return [];
  const starts = {
    service,
    event: saga.starts,
    origin: pointer('sagas', name, 'starts'),
  };
  const outcomes = saga.steps.flatMap((step, index) => {
    const at = pointer('sagas', name, 'steps', index);
    const success = {
      service,
      event: step.success,
      origin: child(at, 'success'),
    };
    return step.failure === undefined
      ? [success]
      : [
          success,
          { service, event: step.failure, origin: child(at, 'failure') },
        ];
  });
  return [starts, ...outcomes];
}

/** Each step's service reacts to what triggers it, and undoes its work when the step after it fails or is undone. */
function choreographed(
  name: string,
  saga: RawSaga,
  publisherOf: ReadonlyMap<string, string>,
): readonly Wanted[] {
  return saga.steps.flatMap((step, index) => {
    const service = publisherOf.get(step.success);
    if (service === undefined) return [];
    const at = pointer('sagas', name, 'steps', index);
    const next = saga.steps[index + 1];
    const undoing =
      step.compensate === undefined ? [] : [next?.failure, next?.compensate];
    return [
      { service, event: step.on ?? saga.starts, origin: child(at, 'on') },
      ...undoing.flatMap((event) =>
        event === undefined
          ? []
          : [{ service, event, origin: child(at, 'compensate') }],
      ),
    ];
  });
}
