// Runs sagas: each reaction changes the instance and publishes its commands in one transaction.
import { DomainError } from '../consume/errors.js';
import type { Envelope } from '../messaging/envelope.js';
import { keyOf } from '../messaging/key.js';
import type { Logger } from '../operations/logger.js';
import type { Metrics } from '../operations/metrics.js';
import type { UnitOfWork } from '../service/unit-of-work.js';
import type { Saga, SagaFailure, SagaHistory } from './saga.js';
import {
  type DueTimer,
  type SagaInstance,
  clearTimer,
  insertInstance,
  lockInstance,
  setTimer,
  takeDueTimer,
  updateInstance,
} from './saga-store.js';

const wholeSaga = 'saga';

/** Runs the instances of one saga. */
export class SagaEngine<History extends SagaHistory> {
  private readonly saga: Saga<History>;
  private readonly logger: Logger;
  private readonly metrics: Metrics;

  constructor(saga: Saga<History>, logger: Logger, metrics: Metrics) {
    this.saga = saga;
    this.logger = logger;
    this.metrics = metrics;
  }

  /** Reacts to a message. One that fits no waiting step changes nothing. */
  async onMessage(unit: UnitOfWork, message: Envelope): Promise<void> {
    const id = keyOf(message.data, this.saga.correlation);
    // An event that starts the saga may answer one of its steps, too: a running instance takes it as that.
    const isStart = message.type === this.saga.starts;
    if (isStart && (await this.start(unit, id, message))) return;
    const instance = await lockInstance(unit.sql, this.saga.name, id);
    const step = this.saga.steps[instance?.step ?? -1];
    if (instance?.status !== 'running' || step === undefined) {
      this.noteUnexpected(id, message, instance);
    } else if (message.type === step.success) {
      await this.advance(unit, instance, message);
    } else if (message.type === step.failure) {
      await this.undo(unit, instance, {
        cause: 'refused',
        step: step.name,
        data: message.data,
      });
    } else {
      this.noteUnexpected(id, message, instance);
    }
  }

  /** Reacts to a timer. The instance is locked before the timer is taken, as every reaction does. */
  async onTimer(unit: UnitOfWork, timer: DueTimer): Promise<void> {
    const instance = await lockInstance(unit.sql, timer.saga, timer.id);
    const isDue = await takeDueTimer(unit.sql, timer);
    if (!isDue || instance?.status !== 'running') return;
    const step = this.saga.steps[instance.step];
    if (timer.name !== wholeSaga && timer.name !== step?.name) return;
    await this.undo(unit, instance, {
      cause: 'timeout',
      step: timer.name === wholeSaga ? null : timer.name,
      data: null,
    });
  }

  /** Returns false when the instance is there already. */
  private async start(
    unit: UnitOfWork,
    id: string,
    message: Envelope,
  ): Promise<boolean> {
    const instance: SagaInstance = {
      saga: this.saga.name,
      id,
      status: 'running',
      step: 0,
      correlationId: message.correlationid,
      traceparent: message.traceparent ?? null,
      history: { started: message.data, outcomes: {} },
      failure: null,
    };
    if (!(await insertInstance(unit.sql, instance))) return false;
    this.metrics.count('sagas_started_total', { saga: this.saga.name });
    const { timeoutMs } = this.saga;
    if (timeoutMs !== null)
      await setTimer(unit.sql, this.timer(id, wholeSaga), timeoutMs);
    await this.request(unit, instance);
    return true;
  }

  private async advance(
    unit: UnitOfWork,
    instance: SagaInstance,
    message: Envelope,
  ): Promise<void> {
    const step = this.stepOf(instance);
    const outcomes = {
      ...instance.history.outcomes,
      [step.name]: message.data,
    };
    const next: SagaInstance = {
      ...instance,
      step: instance.step + 1,
      history: { ...instance.history, outcomes },
    };
    await clearTimer(unit.sql, this.timer(instance.id, step.name));
    if (next.step < this.saga.steps.length) {
      await updateInstance(unit.sql, next);
      await this.request(unit, next);
    } else {
      await this.complete(unit, next);
    }
  }

  private async request(
    unit: UnitOfWork,
    instance: SagaInstance,
  ): Promise<void> {
    const step = this.stepOf(instance);
    unit.publishUntyped(step.command, step.request(this.historyOf(instance)));
    if (step.timeoutMs !== null)
      await setTimer(
        unit.sql,
        this.timer(instance.id, step.name),
        step.timeoutMs,
      );
  }

  private async complete(
    unit: UnitOfWork,
    instance: SagaInstance,
  ): Promise<void> {
    try {
      await this.saga.complete(unit, instance.id, this.historyOf(instance));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.undo(unit, instance, {
        cause: 'completion-refused',
        step: null,
        data: error.message,
      });
      return;
    }
    await updateInstance(unit.sql, { ...instance, status: 'completed' });
    this.metrics.count('sagas_ended_total', {
      saga: this.saga.name,
      status: 'completed',
    });
  }

  /** Sends the compensations, the latest step first, then does what the saga's abortion asks for. */
  private async undo(
    unit: UnitOfWork,
    instance: SagaInstance,
    failure: SagaFailure,
  ): Promise<void> {
    const history = this.historyOf(instance);
    // After a timeout the waiting step may have happened all the same; a refused one has not.
    const reached =
      failure.cause === 'timeout' ? instance.step + 1 : instance.step;
    for (const step of this.saga.steps.slice(0, reached).reverse()) {
      if (step.compensate !== null && step.compensation !== null) {
        unit.publishUntyped(step.compensate, step.compensation(history));
      }
    }
    try {
      await this.saga.abort(unit, instance.id, history, failure);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.logger.info('the saga had nothing left to abort', {
        saga: instance.saga,
        id: instance.id,
      });
    }
    await updateInstance(unit.sql, { ...instance, status: 'aborted', failure });
    this.metrics.count('sagas_ended_total', {
      saga: this.saga.name,
      status: 'aborted',
    });
  }

  private stepOf(instance: SagaInstance): Saga<History>['steps'][number] {
    const step = this.saga.steps[instance.step];
    if (step === undefined)
      throw new Error(`saga "${instance.saga}" has no step ${instance.step}`);
    return step;
  }

  private historyOf(instance: SagaInstance): History {
    // Written from validated payloads of the types that `History` names.
    return instance.history as History;
  }

  private timer(id: string, name: string): DueTimer {
    return { saga: this.saga.name, id, name };
  }

  /** A success after the saga was undone needs a human eye where the step has no compensation. */
  private noteUnexpected(
    id: string,
    message: Envelope,
    instance: SagaInstance | null,
  ): void {
    this.metrics.count('saga_unexpected_messages_total', {
      saga: this.saga.name,
      type: message.type,
    });
    const fields = {
      saga: this.saga.name,
      id,
      type: message.type,
      status: instance?.status ?? 'unknown',
    };
    this.logger.warn('a message fits no waiting step', fields);
  }
}
