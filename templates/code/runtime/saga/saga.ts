// What a saga is made of: its steps, and what has happened so far.
import type { KeyPaths } from '../messaging/key.js';
import type { UnitOfWork } from '../service/unit-of-work.js';

/** Why a saga is being undone. */
export interface SagaFailure {
  readonly cause: 'refused' | 'timeout' | 'completion-refused';
  /** The step that failed, null when the saga as a whole did. */
  readonly step: string | null;
  /** Payload of the failure event, where there was one. */
  readonly data: unknown;
}

/** What a saga knows: the payload that started it, and the payload of each step's success. */
export interface SagaHistory {
  readonly started: unknown;
  readonly outcomes: Readonly<Record<string, unknown>>;
}

/** One step: a command, and the events that answer it. */
export interface SagaStep<History> {
  readonly name: string;
  readonly command: string;
  readonly success: string;
  readonly failure: string | null;
  /** The command that undoes the step, null where nothing needs undoing. */
  readonly compensate: string | null;
  readonly timeoutMs: number | null;
  readonly request: (history: History) => unknown;
  readonly compensation: ((history: History) => unknown) | null;
}

/** An orchestrated saga. */
export interface Saga<History extends SagaHistory = SagaHistory> {
  readonly name: string;
  readonly starts: string;
  /** The fields of the payload that identify the instance in every message of the saga. */
  readonly correlation: KeyPaths;
  readonly timeoutMs: number | null;
  readonly steps: readonly SagaStep<History>[];
  /** Does what ends a successful saga. A `DomainError` means it no longer may succeed: it is then undone. */
  readonly complete: (
    unit: UnitOfWork,
    id: string,
    history: History,
  ) => Promise<void>;
  /** Does what ends an undone saga, after the compensations. A `DomainError` means it is already done. */
  readonly abort: (
    unit: UnitOfWork,
    id: string,
    history: History,
    failure: SagaFailure,
  ) => Promise<void>;
}

/** Where an instance stands. */
export type SagaStatus = 'running' | 'completed' | 'aborted';

/** Forgets a saga's own history type; the engine hands back only what this very saga stored. */
export function eraseHistory<History extends SagaHistory>(
  saga: Saga<History>,
): Saga {
  return saga as unknown as Saga;
}
