// What the broker cannot enforce and the clients have to be set to, derived from the same decisions.
import { keyName } from '../../model/event-key.ts';
import { deadLetterQueueName, retryExchangeName } from './names.ts';
import { eventsWithoutQueue } from './lower-channel.ts';
import { queuesRead } from './lower-group.ts';
import type { GroupPlan } from './group-plan.ts';
import type { LoweringContext } from './lowering-context.ts';
import type { ConsumerSettings, PublisherSettings } from './topology.ts';

/** Says how the consumers of a group have to be set. */
export function consumerSettings(plan: GroupPlan): ConsumerSettings {
  const { group } = plan;
  // Order breaks when a requeued message finds the next one already prefetched (single active consumer, prefetch 2).
  const prefetch = plan.isOrdered
    ? 1
    : Math.ceil(1.5 * group.concurrency.value);
  return {
    group: group.name,
    service: group.service,
    queues: queuesRead(plan),
    prefetch,
    isSingleActive: plan.isOrdered,
    acknowledges: plan.isBestEffort ? 'on-delivery' : 'after-handling',
    retries: plan.retries,
    retryExchange: plan.retries.some(
      ({ mechanism }) => mechanism === 'retry-queues',
    )
      ? retryExchangeName(plan.queue)
      : null,
    deadLetterQueue: plan.hasDeadLetter
      ? deadLetterQueueName(plan.queue)
      : null,
    why: {
      pointer: group.origin,
      because: plan.isOrdered
        ? 'prefetch 1: a requeued message must come before the next one'
        : `prefetch ${prefetch} = 1.5 x concurrency ${group.concurrency.value}: the next message is there when a handler is free`,
    },
  };
}

/** Says how the publishers of each event have to be set, in spec order. */
export function publisherSettings(
  plans: readonly GroupPlan[],
  context: LoweringContext,
): readonly PublisherSettings[] {
  const spread = new Set(
    plans
      .filter(({ lanes }) => lanes !== null)
      .flatMap(({ group }) => group.events),
  );
  const untaken = new Set(
    context.model.channels.flatMap((channel) =>
      eventsWithoutQueue(channel, context),
    ),
  );
  return context.model.publications.flatMap((publication) => {
    const event = context.events.get(publication.event);
    if (event === undefined) return [];
    return [
      {
        service: publication.service,
        event: event.name,
        exchange: event.channel,
        routingKey: event.name,
        keyField: event.key === null ? null : keyName(event.key),
        isSpread: spread.has(event.name),
        isMandatory: !untaken.has(event.name),
        hasConfirms: event.delivery.value !== 'at-most-once',
        why: {
          pointer: publication.origin,
          because: untaken.has(event.name)
            ? 'nobody in this design consumes it, so an unroutable message is no fault'
            : 'mandatory: an unroutable message comes back instead of being confirmed and dropped',
        },
      },
    ];
  });
}
