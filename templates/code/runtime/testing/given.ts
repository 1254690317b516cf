// Given a history, when a command is carried out, then these events, or a refusal.
import assert from 'node:assert/strict';
import { DomainError } from '../consume/errors.js';

/** What a scenario needs of an aggregate. */
interface Replayable {
  replay(history: readonly unknown[]): void;
  getUncommittedChanges(): readonly unknown[];
}

/** The facts of an aggregate. */
type FactOf<A extends Replayable> = ReturnType<
  A['getUncommittedChanges']
>[number];

/** One scenario of an aggregate. */
export interface Scenario<A extends Replayable> {
  readonly id: string;
  readonly given: readonly FactOf<A>[];
  readonly when: (aggregate: A) => void;
  /** The events raised, in order; `refused` for a `DomainError` and no event. */
  readonly then: readonly FactOf<A>[] | 'refused';
}

/** Asserts that an aggregate behaves as the scenario says. */
export function assertScenario<A extends Replayable>(
  type: new (id: string) => A,
  { id, given, when, then }: Scenario<A>,
): void {
  const aggregate = new type(id);
  aggregate.replay(given);
  if (then === 'refused')
    assert.throws(() => when(aggregate), DomainError, 'it is not refused');
  else when(aggregate);
  const expected = then === 'refused' ? [] : then;
  assert.deepEqual(aggregate.getUncommittedChanges(), expected);
}
