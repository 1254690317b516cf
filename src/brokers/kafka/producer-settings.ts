// Guarantees to the properties of a producer, in the names of Kafka's own configuration reference.
import type { Publication, Service } from '../../model/model.ts';
import type { Delivery } from '../../model/settings.ts';
import { deliveryRank } from '../../model/worth.ts';
import type { Pointer } from '../../core/pointer.ts';
import type { ClientSettings, Setting, Why } from './design.ts';
import type { ModelIndex } from './model-index.ts';
import { principalName, transactionalIdPrefix } from './names.ts';
import type { KafkaOptions } from './options.ts';
import { setting } from './setting.ts';

/** Gives a service's producer the settings that the strongest of its events needs. */
export function producerSettings(
  service: Service,
  given: {
    readonly publications: readonly Publication[];
    readonly transactional: Why | null;
    readonly options: KafkaOptions;
    readonly index: ModelIndex;
  },
): ClientSettings {
  const deliveries = given.publications.flatMap(
    (publication) => given.index.events.get(publication.event)?.delivery ?? [],
  );
  const strongest = deliveries.reduce<(typeof deliveries)[number] | null>(
    (best, one) =>
      best !== null && deliveryRank(best.value) >= deliveryRank(one.value)
        ? best
        : one,
    null,
  );
  const origin = strongest?.origin ?? service.origin;
  const isLossy = strongest?.value === 'at-most-once';
  return {
    service: service.name,
    principal: principalName(service.name),
    role: 'producer',
    group: null,
    settings: [
      setting(
        ['client.id', service.name],
        service.origin,
        'names it in quotas, logs and metrics',
      ),
      ...(isLossy
        ? lossy(origin)
        : lossless(origin, strongest?.value ?? 'at-least-once')),
      ...(given.transactional === null
        ? []
        : [
            setting(
              ['transactional.id', `${transactionalIdPrefix(service.name)}0`],
              given.transactional.origin,
              'for code written by hand, as the generated code opens no transaction; stable per running copy: count up the last number, never draw it at random',
            ),
          ]),
      setting(
        ['compression.type', given.options.compression],
        '/broker/options/compression',
        'batches of JSON shrink several times',
      ),
    ],
  };
}

function lossless(origin: Pointer, delivery: Delivery): readonly Setting[] {
  return [
    setting(
      ['acks', 'all'],
      origin,
      `${delivery}: confirmed only when the in-sync replicas have it`,
    ),
    setting(
      ['enable.idempotence', 'true'],
      origin,
      'a retried batch is stored once and in order',
    ),
    setting(
      ['max.in.flight.requests.per.connection', '5'],
      origin,
      'the most that keeps order with idempotence (kafkajs: 1)',
    ),
    setting(
      ['retries', '2147483647'],
      origin,
      'delivery.timeout.ms decides when to give up',
    ),
    setting(
      ['delivery.timeout.ms', '120000'],
      origin,
      'after that the caller is told; the outbox tries again',
    ),
  ];
}

function lossy(origin: Pointer): readonly Setting[] {
  return [
    setting(['acks', '1'], origin, 'at-most-once: the leader alone confirms'),
    setting(['enable.idempotence', 'false'], origin, 'needs acks=all'),
    setting(['retries', '0'], origin, 'a retry could store it twice'),
  ];
}
