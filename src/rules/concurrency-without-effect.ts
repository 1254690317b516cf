// A consumer of a total order asks for several messages at once.
import { defineRule } from './rule.ts';

/** Reports: `rule/concurrency-without-effect`. */
export const concurrencyWithoutEffect = defineRule(
  {
    name: 'concurrency-without-effect',
    area: 'ordering',
    severity: 'info',
    profile: 'recommended',
    summary: 'A consumer of a total order asks for several messages at once.',
    message:
      '"{service}" asks to handle {concurrency} messages of "{group}" at once, but a total order is handled one by one',
    hint: 'Remove "concurrency" from consumer "{service}", or declare "ordering: per-key" so that keys are handled side by side.',
    why: 'A total order goes through one partition or one queue with one active consumer. What is configured for more stands idle, and capacity planned with it is not there.',
    source:
      'RabbitMQ documentation, "Single Active Consumer"; Apache Kafka documentation, "Consumer groups"',
  },
  ({ model }) =>
    model.groups
      .filter(
        ({ ordering, concurrency }) =>
          ordering.value === 'total' && concurrency.value > 1,
      )
      .map(({ name, service, concurrency }) => ({
        at: concurrency.origin,
        service,
        group: name,
        concurrency: concurrency.value,
      })),
);
