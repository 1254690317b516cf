// A group has more consumers than hash partitions, so some of them stand idle.
import { own } from '../core/json.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/rabbitmq-idle-lanes`. */
export const rabbitmqIdleLanes = defineRule(
  {
    name: 'rabbitmq-idle-lanes',
    area: 'broker',
    severity: 'warning',
    profile: 'recommended',
    broker: 'rabbitmq',
    summary:
      'A group has more consumers than hash partitions, so some of them stand idle.',
    message:
      'group "{group}" handles {consumers} messages at once, but "hashPartitions" leaves it {lanes} lanes',
    hint: 'Raise "hashPartitions" to {consumers} or more, or remove it to leave the number to instances, concurrency and volume.',
    why: 'Each lane has one active consumer, which keeps the order of its keys. Consumers beyond the number of lanes only wait for one of the others to die.',
    source: 'RabbitMQ documentation, "Single Active Consumer"',
  },
  ({ model }) => {
    const lanes = own(model.broker.options, 'hashPartitions');
    if (typeof lanes !== 'number') return [];
    return model.groups
      .filter(({ ordering }) => ordering.value === 'per-key')
      .map((group) => ({
        ...group,
        consumers: group.instances.value * group.concurrency.value,
      }))
      .filter(({ consumers }) => consumers > lanes)
      .map(({ name, consumers, instances }) => ({
        at: instances.origin,
        group: name,
        consumers,
        lanes,
      }));
  },
);
