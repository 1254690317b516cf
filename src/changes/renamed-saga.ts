// A saga of the old design under the names of the new one.
import type { Saga } from '../model/model.ts';
import type { Renames } from './renames.ts';

/** The saga as it was, in the names that its events and services have now. */
export function renamedSaga(saga: Saga, { events, services }: Renames): Saga {
  const event = <T extends string | null>(name: T): T =>
    // A name stays a name, and null stays null.
    (name === null ? name : (events.get(name) ?? name)) as T;
  const service = (name: string | null): string | null =>
    name === null ? null : (services.get(name) ?? name);
  return {
    ...saga,
    coordinator: service(saga.coordinator),
    starts: event(saga.starts),
    completes: event(saga.completes),
    aborts: event(saga.aborts),
    steps: saga.steps.map((step) => ({
      ...step,
      participant: service(step.participant),
      command: event(step.command),
      on: event(step.on),
      success: event(step.success),
      failure: event(step.failure),
      compensate: event(step.compensate),
    })),
  };
}
