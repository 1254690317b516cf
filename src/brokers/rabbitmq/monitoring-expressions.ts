// What is asked of the metrics of queues, in PromQL: each expression is made once, since a rule of each group holds it.
import { onceFor } from '../../core/once-for.ts';
import type { Model } from '../../model/model.ts';
import { limitsOf, onLimit } from '../alert-limits.ts';
import { matching } from '../promql.ts';
import { recorded } from '../traffic-alerts.ts';
import { groupOfQueue } from './monitoring-samples.ts';
import { readOptions } from './options.ts';

type Expression = (model: Model) => string;

const onGroup = onLimit('system', 'group');

/** Which groups take longer than they may to work off what waits, at their pace. */
export const slowerThanLimit: Expression = onceFor((model) => {
  const lag = recorded.lagEvents;
  return `${lag} > ${onLimit('environment', 'system', 'group')} (${recorded.handledRate} or ${lag} * 0) * ${onGroup} ${limitsOf(model, 'GroupBehindInTime')}`;
});

/** Which groups take longer to work off what waits than messages are kept. */
export const drainedTooLate: Expression = onceFor(
  (model) =>
    `${recorded.drainSeconds} > ${onGroup} ${limitsOf(model, 'GroupNearRetention')}`,
);

/** Which queues hold more than their limit. */
export const fuller: Expression = onceFor((model) => {
  const messages = groupOfQueue(
    `sum by (environment, queue) (rabbitmq_detailed_queue_messages${here(model)})`,
  );
  return `max by (environment, group) (${messages}) > ${onLimit('group')} ${limitsOf(model, 'QueueNearlyFull')}`;
});

/** Which queues have fewer consumers than they should. */
export const withoutConsumers: Expression = onceFor((model) => {
  const by = '(environment, group)';
  const wanted = limitsOf(model, 'NoConsumers');
  const read = groupOfQueue(
    `sum by (environment, queue) (rabbitmq_detailed_queue_consumers${here(model)}) > 0`,
  );
  return `${wanted} unless on ${by} (count by ${by} (${read}) >= on ${by} ${wanted})`;
});

/** Which dead-letter queues hold anything. */
export const parkedNow: Expression = onceFor(
  (model) =>
    `sum by (environment, queue) (rabbitmq_detailed_queue_messages_ready${here(model)}) > ${onLimit('queue')} ${limitsOf(model, 'DeadLetters')}`,
);

const here: Expression = (model) =>
  `{${matching('vhost', [readOptions(model).vhost])}}`;
