// The paths of an orchestrated saga as tests: its service runs alone, the participants' answers are played to it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { encode } from '../messaging/codec.js';
import { keyOf } from '../messaging/key.js';
import { MessageFactory, newCause } from '../messaging/message-factory.js';
import type { Saga, SagaStatus, SagaStep } from '../saga/saga.js';
import type { RunningService, System } from '../service/system.js';
import type { UnitOfWork } from '../service/unit-of-work.js';
import { type TestSystem, startTestSystem } from './platforms.js';
import { until } from './wait.js';

/** A saga under test. */
export interface SagaUnderTest {
  readonly system: System;
  readonly service: string;
  readonly saga: Saga;
  /** Identities are numbers where the correlation is one. */
  readonly isNumbered: boolean;
  /** Makes what starts an instance happen. */
  readonly begin: (unit: UnitOfWork, id: string) => Promise<unknown>;
  /** The payloads of the participants' answers, by message type. */
  readonly answers: Readonly<Record<string, (id: string) => object>>;
  /** The headers of those answers that need some. */
  readonly answerHeaders?: Readonly<Record<string, object>>;
  /** What the instance is when every step has succeeded. */
  readonly ends: SagaStatus;
}

/** Registers a test for the success, for the failure of each step, and for the time running out. */
export function describeSaga(target: SagaUnderTest): void {
  const { saga } = target;
  describe(`saga ${saga.name}`, { concurrency: false }, () => {
    const stage = new Stage(target);
    before(() => stage.open());
    after(() => stage.close());

    it('sends each command when the step before has succeeded', async () => {
      const id = await stage.begin();
      for (const step of saga.steps) {
        await stage.sees(id, step.command);
        await stage.answer(id, step.success);
      }
      assert.equal(await stage.end(id), target.ends);
    });

    saga.steps.forEach((step, index) => {
      const { failure } = step;
      // An event that means success as well is taken as that.
      if (failure === null || failure === step.success) return;
      it(`undoes what was done when "${step.name}" fails`, async () => {
        const id = await stage.begin();
        for (const done of saga.steps.slice(0, index)) {
          await stage.sees(id, done.command);
          await stage.answer(id, done.success);
        }
        await stage.sees(id, step.command);
        await stage.answer(id, failure);
        assert.equal(await stage.end(id), 'aborted');
        await stage.seesInOrder(id, undoing(saga.steps.slice(0, index)));
      });
    });

    it('undoes the waiting step when the time runs out', async () => {
      const id = await stage.begin();
      await stage.sees(id, saga.steps[0]?.command ?? '');
      await stage.runOut(id);
      assert.equal(await stage.end(id), 'aborted');
      await stage.seesInOrder(id, undoing(saga.steps.slice(0, 1)));
    });
  });
}

/** The compensations of these steps, the latest first. */
function undoing(
  steps: readonly Pick<SagaStep<never>, 'compensate'>[],
): readonly string[] {
  return steps
    .map((step) => step.compensate)
    .filter((command) => command !== null)
    .toReversed();
}

/** The service on its stage: what it publishes is noted, what it should hear is played. */
class Stage {
  private readonly target: SagaUnderTest;
  private readonly published: { readonly type: string; readonly id: string }[] =
    [];
  private test: TestSystem | null = null;
  private count = 0;
  /** How much had been published before the latest thing that was done. */
  private seen = 0;

  constructor(target: SagaUnderTest) {
    this.target = target;
  }

  async open(): Promise<void> {
    const { system, service, saga } = this.target;
    // All answers are played: where the service is a participant too, its own would come first or second by chance.
    const commands = new Set(
      saga.steps.flatMap((step) => [step.command, step.compensate]),
    );
    this.test = await startTestSystem(system, {
      only: [service],
      broker: {
        faultOf: ({ routingKey: type, body }) => {
          const { data } = JSON.parse(body) as { readonly data: unknown };
          this.published.push({ type, id: keyOf(data, saga.correlation) });
          return commands.has(type) ? 'lose' : 'none';
        },
      },
    });
  }

  async close(): Promise<void> {
    await this.test?.running.stop();
  }

  /** Starts an instance and gives its identity. */
  async begin(): Promise<string> {
    const { isNumbered, begin } = this.target;
    this.count += 1;
    const id = isNumbered ? String(1000 + this.count) : randomUUID();
    this.seen = this.published.length;
    const { service } = this.running();
    await service.transact(newCause(), (unit) => begin(unit, id));
    return id;
  }

  /** Plays an answer of a participant. */
  async answer(id: string, type: string): Promise<void> {
    const { test } = this;
    const make = this.target.answers[type];
    if (test === null || make === undefined)
      throw new Error(`no answer "${type}" to play`);
    const { contracts } = test.running;
    const factory = new MessageFactory('participant', contracts);
    const headers = this.target.answerHeaders?.[type] ?? {};
    const message = factory.create(type, make(id), newCause(), { headers });
    this.seen = this.published.length;
    await test.broker.publish(encode(contracts, message));
  }

  /** Waits for a message that the latest answer, or the beginning, brings about. */
  async sees(id: string, type: string): Promise<void> {
    await until(`"${type}" is published`, () => this.newsOf(id).includes(type));
  }

  /** Waits for messages that the latest answer brings about, published in this order. */
  async seesInOrder(id: string, types: readonly string[]): Promise<void> {
    const news = (): readonly string[] =>
      this.newsOf(id).filter((type) => types.includes(type));
    await until(`${types.join(', ')} are published`, () => {
      return news().length >= types.length;
    });
    assert.deepEqual(news(), types);
  }

  /** Lets the time of an instance run out. */
  async runOut(id: string): Promise<void> {
    this.seen = this.published.length;
    await this.running().database.query(
      `UPDATE saga_timer SET due_at = now() WHERE saga = $1 AND id = $2 AND name = 'saga'`,
      [this.target.saga.name, id],
    );
  }

  /** Waits for the end of an instance. */
  async end(id: string): Promise<SagaStatus> {
    let status: SagaStatus = 'running';
    await until('the saga ends', async () => {
      const [row] = await this.running().database.query<{ status: SagaStatus }>(
        'SELECT status FROM saga_instance WHERE saga = $1 AND id = $2',
        [this.target.saga.name, id],
      );
      status = row?.status ?? 'running';
      return status !== 'running';
    });
    return status;
  }

  private running(): RunningService {
    if (this.test === null) throw new Error('the stage is not open');
    return this.test.running.find(this.target.service);
  }

  private newsOf(id: string): readonly string[] {
    return this.published
      .slice(this.seen)
      .filter((one) => one.id === id)
      .map(({ type }) => type);
  }
}
