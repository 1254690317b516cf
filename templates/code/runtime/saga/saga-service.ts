// How sagas join a service: the reaction of their group, and the loop that fires their timers.
import type { BoundHandler } from '../consume/handler.js';
import type { Cause } from '../messaging/message-factory.js';
import { startLoop } from '../operations/loop.js';
import type {
  Background,
  BackgroundParts,
} from '../service/service-definition.js';
import type { Saga, SagaHistory } from './saga.js';
import { SagaEngine } from './saga-engine.js';
import { type DueTimer, dueTimers } from './saga-store.js';

const timerPollMs = 500;
const timerBatch = 50;

/** Reacts to the messages of a saga's group. */
export function sagaReaction(saga: Saga): BoundHandler {
  return async (message, unit, { logger, metrics }) => {
    await new SagaEngine(saga, logger, metrics).onMessage(unit, message);
  };
}

/** Fires the timers of a service's sagas. */
export function sagaTimers(sagas: readonly Saga[]): Background {
  return (parts) => {
    const engines = new Map(
      sagas.map((saga) => [
        saga.name,
        new SagaEngine(saga, parts.logger, parts.metrics),
      ]),
    );
    return startLoop({
      name: `${parts.service} saga timers`,
      everyMs: timerPollMs,
      logger: parts.logger,
      turn: async () => {
        for (const timer of await dueTimers(parts.database, timerBatch)) {
          // One instance that cannot react must not keep the others waiting; its timer stays due.
          await fire(parts, engines, timer).catch((error: unknown) => {
            parts.logger.error('a saga timer failed', {
              ...timer,
              error: String(error),
            });
          });
        }
        return false;
      },
    });
  };
}

async function fire(
  parts: BackgroundParts,
  engines: ReadonlyMap<string, SagaEngine<SagaHistory>>,
  timer: DueTimer,
): Promise<void> {
  const [instance] = await parts.database.query<{
    correlation_id: string;
    traceparent: string | null;
  }>(
    'SELECT correlation_id, traceparent FROM saga_instance WHERE saga = $1 AND id = $2',
    [timer.saga, timer.id],
  );
  const correlationId = instance?.correlation_id ?? timer.id;
  const cause: Cause = {
    correlationId,
    causationId: null,
    traceparent: instance?.traceparent ?? null,
  };
  await parts.transact(cause, async (unit) =>
    engines.get(timer.saga)?.onTimer(unit, timer),
  );
}
