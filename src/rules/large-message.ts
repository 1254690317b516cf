// Messages of an event are larger than a megabyte.
import { formatSize } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/large-message`. */
export const largeMessage = defineRule(
  {
    name: 'large-message',
    area: 'schemas',
    severity: 'warning',
    profile: 'recommended',
    summary: 'Messages of an event are larger than a megabyte.',
    message:
      'messages of "{event}" have {size} on average, and a broker is made for less than {limit}',
    hint: 'Put the bulk of "{event}" into an object store and a reference to it into the payload, or publish smaller parts.',
    why: 'Kafka refuses batches over 1 MB unless brokers, topics and clients are all set otherwise, and RabbitMQ keeps them in memory for every queue. Large messages slow everything that shares the broker.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Claim Check"; Apache Kafka documentation, "message.max.bytes"',
  },
  ({ model }) =>
    model.events.flatMap(({ name, volume }) =>
      volume === null || volume.value.bytes <= limitBytes
        ? []
        : [
            {
              at: volume.origin,
              event: name,
              size: formatSize(volume.value.bytes),
              limit: formatSize(limitBytes),
            },
          ],
    ),
);

const limitBytes = 1_000_000;
