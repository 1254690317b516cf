// Every feature that depends on RabbitMQ's version: what is emitted for the version before it and for the one that has it.
import { describe, expect, it } from 'vitest';
import { ordersModel } from '../../testing/orders-model.ts';
import { contentOf, emitRabbitmq } from '../../testing/rabbitmq-folder.ts';
import { rabbitmq } from '../rabbitmq.ts';
import { knownVersions } from './version.ts';
import type { JsonObject } from '../../core/json.ts';

const emitted = (
  version: string,
  file: string,
  options: JsonObject = {},
): string => contentOf(emitRabbitmq(ordersModel(version, options)), file);

const definitions = 'definitions.prod.json';
const waiting = '"notification.order.retry.200ms"';

describe.each<
  readonly [
    feature: string,
    before: string,
    from: string,
    file: string,
    options: JsonObject,
    text: string,
  ]
>([
  [
    'the target size of a quorum queue, as a policy key',
    '3.12',
    '3.13',
    definitions,
    {},
    '"target-group-size": 3',
  ],
  [
    'the delayed retry of the queue itself',
    '4.2',
    '4.3',
    definitions,
    { delayedRetry: 'always' },
    '"delayed-retry-type": "failed"',
  ],
  [
    'a failed attempt given back by nack that does not count',
    '4.2',
    '4.3',
    'README.md',
    {},
    '`nack` does not count towards the delivery limit',
  ],
])('%s', (_feature, before, from, file, options, text) => {
  it(`is absent in ${before}`, () => {
    expect(emitted(before, file, options)).not.toContain(text);
  });

  it(`is there in ${from}`, () => {
    expect(emitted(from, file, options)).toContain(text);
  });
});

describe.each<
  readonly [
    feature: string,
    until: string,
    gone: string,
    file: string,
    options: JsonObject,
    text: string,
  ]
>([
  [
    'how a partition of a Mnesia cluster is handled',
    '4.2',
    '4.3',
    'rabbitmq.prod.conf',
    {},
    'cluster_partition_handling = pause_minority',
  ],
  [
    'one TTL queue for each delay, where the queue can wait itself',
    '4.2',
    '4.3',
    definitions,
    { delayedRetry: 'always' },
    waiting,
  ],
  [
    'a nack that counts as a failed attempt',
    '4.2',
    '4.3',
    'README.md',
    {},
    'not by `nack`: both count here',
  ],
])('%s', (_feature, until, gone, file, options, text) => {
  it(`is still there in ${until}`, () => {
    expect(emitted(until, file, options)).toContain(text);
  });

  it(`is no longer there in ${gone}`, () => {
    expect(emitted(gone, file, options)).not.toContain(text);
  });
});

describe('what no version decides', () => {
  it.each(knownVersions)(
    'is the same in %s: explicit delivery limits, policies for queues, no plugin for lanes',
    (version) => {
      const text = emitted(version, definitions);
      const { policies, queues } = JSON.parse(text) as {
        readonly policies: readonly {
          readonly pattern: string;
          readonly 'apply-to': string;
          readonly definition: JsonObject;
        }[];
        readonly queues: readonly {
          readonly name: string;
          readonly arguments: JsonObject;
        }[];
      };
      // `quorum_queues` came with 3.12, and "no delivery limit" became one of 20, with loss, in 4.0.
      expect(
        [...new Set(policies.map((policy) => policy['apply-to']))].sort(),
      ).toEqual(['exchanges', 'queues']);
      const unlimited = queues
        .filter(
          ({ name, arguments: given }) =>
            given['x-queue-type'] === 'quorum' && !name.includes('.retry.'),
        )
        .filter(({ name }) =>
          policies.every(
            ({ pattern, definition }) =>
              !new RegExp(pattern).test(name) ||
              definition['delivery-limit'] === undefined,
          ),
        );
      expect(unlimited).toEqual([]);
      expect(text).not.toMatch(/x-consistent-hash|ha-mode/);
      expect(emitted(version, 'enabled_plugins')).not.toContain('hash');
    },
  );
});

describe('a feature that is asked for and that the version lacks', () => {
  it.each(knownVersions.filter((version) => version !== '4.3'))(
    'is refused for %s with the alternative: delayed retry',
    (version) => {
      const found = rabbitmq.check(
        ordersModel(version, { delayedRetry: 'always' }),
      );
      expect(found.map(({ code }) => code)).toEqual([
        'broker/rabbitmq-version-lacks',
      ]);
      expect(found[0]?.message).toContain('it came with 4.3');
      expect(found[0]?.hint).toContain('one TTL queue for each delay');
    },
  );

  it('is no matter where it is there', () => {
    expect(
      rabbitmq.check(ordersModel('4.3', { delayedRetry: 'always' })),
    ).toEqual([]);
  });
});
