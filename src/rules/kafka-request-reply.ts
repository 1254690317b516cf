// Services ask each other through Kafka.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/kafka-request-reply`. */
export const kafkaRequestReply = defineRule(
  {
    name: 'kafka-request-reply',
    area: 'broker',
    severity: 'info',
    profile: 'recommended',
    broker: 'kafka',
    summary: 'Services ask each other through Kafka.',
    message:
      'requests go through Kafka, which needs a reply topic and a waiting consumer for each caller: {requests}',
    hint: 'Ask over HTTP or gRPC instead, or let the caller keep a copy of what it asks for; keep it when the wait does not matter.',
    why: 'Kafka is a log: a reply is found by its correlation id among all replies, after a rebalance for each caller that starts. It works, but is slower and more to run than a call.',
    source:
      'Spring for Apache Kafka, "ReplyingKafkaTemplate"; Microsoft, Azure Architecture Center, "Asynchronous Request-Reply"',
  },
  ({ model }) => {
    const [first] = model.requests;
    if (first === undefined) return [];
    return [
      {
        at: { pointer: first.origin, at: 'key' },
        requests: shortList(model.requests.map(({ name }) => name)),
      },
    ];
  },
);
