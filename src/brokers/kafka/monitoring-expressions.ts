// What is asked of a consumer group's metrics, in PromQL: each expression is made once, since a rule of each group holds it.
import { onceFor } from '../../core/once-for.ts';
import type { Model } from '../../model/model.ts';
import { byAlert, limitsOf, onLimit } from '../alert-limits.ts';
import { minutesIn } from '../traffic-alerts.ts';

const onReader = onLimit('consumergroup', 'topic');

const unreadRules: (model: Model) => Map<string, string> = onceFor(
  () => new Map(),
);

/** Whether an event that was in the log so long ago is not committed yet, for the readers with that limit. */
export function unreadAfter(
  model: Model,
  alert: string,
  limitMs: number,
): string {
  const rules = unreadRules(model);
  const rule = `${alert} ${limitMs}`;
  const known = rules.get(rule);
  if (known !== undefined) return known;
  const then = `max by (environment, topic, partition) (kafka_topic_partition_current_offset offset ${minutesIn(limitMs)}m)`;
  const position =
    'max by (environment, consumergroup, topic, partition) (kafka_consumergroup_current_offset)';
  const unread = `${then} - on (environment, topic, partition) group_right () ${position}`;
  const expression = `max ${byAlert} (${unread} > ${onReader} 0 * (${limitsOf(model, alert)} == ${limitMs / 1000}))`;
  rules.set(rule, expression);
  return expression;
}

/** Which share of what a partition keeps a group has yet to read. */
export const unreadOfKept: (model: Model) => string = onceFor((model) => {
  const by = 'environment, topic, partition';
  const lag = `max by (environment, consumergroup, topic, partition) (kafka_consumergroup_lag)`;
  const end = `max by (${by}) (kafka_topic_partition_current_offset)`;
  const start = `max by (${by}) (kafka_topic_partition_oldest_offset > 0)`;
  return `max ${byAlert} (${lag} / on (${by}) group_left () (${end} - ${start}) > ${onReader} ${limitsOf(model, 'GroupNearRetention')})`;
});

/** Which of the groups that should have members has none. */
export const withoutMembers: (model: Model) => string = onceFor((model) => {
  const by = '(environment, consumergroup)';
  const wanted = limitsOf(model, 'NoConsumers');
  return `${wanted} unless on ${by} (sum by ${by} (kafka_consumergroup_members) >= on ${by} ${wanted})`;
});
