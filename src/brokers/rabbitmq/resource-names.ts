// RabbitMQ's names for documents: exchanges for channels, the queues of each group, its dead-letter and retry queues as lowered.
import type { ConsumerGroup, Model } from '../../model/model.ts';
import type { ResourceNames } from '../resource-names.ts';
import { planGroup, type GroupPlan } from './group-plan.ts';
import { queuesRead } from './lower-group.ts';
import { lowerWith } from './lowering-context.ts';
import {
  deadLetterQueueName,
  lanesExchangeName,
  retryQueueName,
} from './names.ts';

/** Names what a model needs on RabbitMQ; names do not differ between environments. */
export function rabbitmqResourceNames(model: Model): ResourceNames {
  const [environment] = model.environments;
  // Invariant of the model: there is at least one environment.
  if (environment === undefined) throw new Error('a model has an environment');
  const context = lowerWith(model, environment);
  const plan = (group: ConsumerGroup): GroupPlan => planGroup(group, context);
  return {
    channel: (channel) => channel.name,
    positions: (group) => queuesRead(plan(group)),
    stem: (group) => plan(group).queue,
    parked: (group) => {
      const { queue, lanes, hasDeadLetter } = plan(group);
      if (!hasDeadLetter) return [];
      const name = deadLetterQueueName(queue);
      return lanes === null
        ? [{ name, returnsTo: queue, way: 'direct' }]
        : [{ name, returnsTo: lanesExchangeName(queue), way: 'spread' }];
    },
    waiting: (group) => {
      const { queue, retries } = plan(group);
      const delays = retries
        .filter(({ mechanism }) => mechanism === 'retry-queues')
        .flatMap(({ delaysMs }) => delaysMs);
      return [...new Set(delays)].map((delay) => retryQueueName(queue, delay));
    },
    user: (service) => service,
    replayer: (group) => `replay-${plan(group).queue}`,
  };
}
