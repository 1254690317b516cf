// The offline checks of emitted broker files, read back as text: on every example, on random specs, and with faults planted.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Artifact } from '../core/artifact.ts';
import { definitionsFaults } from '../testing/emitted-definitions.ts';
import { kafkaFaults } from '../testing/emitted-kafka.ts';
import { emitContextFor } from '../testing/generated-project.ts';
import { anyModelOf, checkText, loadModel } from '../testing/load-model.ts';
import { liveFixtures } from '../testing/live-fixtures.ts';
import { randomSpec } from '../testing/random-spec.ts';
import { kafkaTarget as kafka } from '../targets/kafka/emit.ts';
import { rabbitmq } from '../targets/rabbitmq/emit.ts';
import type { Model } from '../model/model.ts';

type Files = ReadonlyMap<string, string>;

const filesOf = (artifacts: readonly Artifact[]): Files =>
  new Map(
    artifacts.map(({ path, content }) => [
      path.replace(/^broker\/\w+\//, ''),
      content,
    ]),
  );
const emitted = (model: Model): Files =>
  filesOf([
    ...(model.broker.kind === 'kafka' ? kafka : rabbitmq).emit(
      model,
      emitContextFor(model),
    ),
  ]);

const composeFaults = (text: string): readonly string[] => {
  const { services } = parse(text) as {
    readonly services: Readonly<Record<string, { readonly image: string }>>;
  };
  return Object.entries(services)
    .filter(([, { image }]) => !/:\d+\.\d+[\w.-]*$/.test(image))
    .map(([name, { image }]) => `${name} runs ${image}, which is not pinned`);
};

const rabbitFaults = (files: Files): readonly string[] => [
  ...[...files]
    .filter(([path]) => path.startsWith('definitions.'))
    .flatMap(([, text]) => definitionsFaults(text)),
  ...composeFaults(files.get('compose.yaml') ?? ''),
];
const kafkaFileFaults = (files: Files): readonly string[] => [
  ...kafkaFaults({
    topics: files.get('topics.conf') ?? '',
    acls: files.get('acls.conf') ?? '',
    users: files.get('users.conf') ?? '',
    // Of the content: a file's name may be another where a system reserves the group's.
    groups: [...files].flatMap(([path, text]) =>
      path.endsWith('.consumer.properties')
        ? (/^group\.id=(.+)$/m.exec(text)?.[1] ?? [])
        : [],
    ),
  }),
  ...composeFaults(files.get('compose/compose.yaml') ?? ''),
];
const faultsOf = (model: Model): readonly string[] =>
  model.broker.kind === 'kafka'
    ? kafkaFileFaults(emitted(model))
    : rabbitFaults(emitted(model));

describe.each(['kafka', 'rabbitmq'] as const)('files for %s', (broker) => {
  it.each(liveFixtures)(
    'of %s mention nothing that does not exist',
    (fixture) => {
      expect(faultsOf(loadModel(fixture, broker))).toEqual([]);
    },
  );

  it('of random specs mention nothing that does not exist', () => {
    fc.assert(
      fc.property(randomSpec(broker), (spec) => {
        expect(
          faultsOf(anyModelOf(checkText(JSON.stringify(spec), broker))),
        ).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });
});

describe('a fault planted in a RabbitMQ file', () => {
  const files = emitted(loadModel('shop', 'rabbitmq'));
  const [path = ''] = [...files.keys()].filter((name) =>
    name.startsWith('definitions.'),
  );
  const text = files.get(path) ?? '';
  it.each([
    [
      'a binding to a queue that does not exist',
      '"destination": "order.log"',
      '"destination": "order.lag"',
      'binding to queue order.lag, which does not exist',
    ],
    [
      'a right on an exchange that does not exist',
      '^(?:order|',
      '^(?:ordr|',
      'order-service may write ordr, which does not exist',
    ],
    [
      'a right whose dot is not escaped',
      'integration\\\\.order',
      'integration.order',
      'matches more than names',
    ],
    [
      'a topic right on an exchange that does not exist',
      '"exchange": "order"',
      '"exchange": "ordre"',
      'a topic right on ordre, which is no topic exchange',
    ],
    [
      'a policy for a queue that does not exist',
      '"pattern": "^order\\\\.log$"',
      '"pattern": "^order\\\\.lag$"',
      'policy queue:order.log is for order.lag, which does not exist',
    ],
    [
      'a policy that is not anchored',
      '"pattern": "^order\\\\.log$"',
      '"pattern": "^order\\\\.log"',
      'matches more than names',
    ],
    [
      'dead letters that end nowhere',
      '"dead-letter-routing-key": "shipping-service.order"',
      '"dead-letter-routing-key": "shipping"',
      'dead letters of policy queue:shipping-service.order end nowhere',
    ],
    [
      'dead-lettering that may lose',
      '"overflow": "reject-publish"',
      '"overflow": "drop-head"',
      'dead-letters at least once without reject-publish',
    ],
    [
      'a secret',
      '"password_hash": ""',
      '"password_hash": "kI3G"',
      'has a secret in the file',
    ],
  ])('is found: %s', (_what, from, to, expected) => {
    expect(text).toContain(from);
    const found = rabbitFaults(
      new Map([...files, [path, text.replace(from, to)]]),
    );
    expect(found.join('\n')).toContain(expected);
  });
});

describe('a fault planted in a Kafka file', () => {
  const files = emitted(loadModel('shop', 'kafka'));
  it.each([
    [
      'a right on a topic that does not exist',
      'acls.conf',
      'topic literal order Describe',
      'topic literal ordre Describe',
      'order-service has a right on topic ordre, which does not exist',
    ],
    [
      'a right of a user who does not exist',
      'acls.conf',
      'user shipping-service',
      'user shiping-service',
      'a right of shiping-service, who does not exist',
    ],
    [
      'a group that nobody may join',
      'acls.conf',
      'group literal shipping-service.order ',
      'group literal shipping ',
      'nobody may join group shipping-service.order',
    ],
    [
      'a dead-letter topic with fewer partitions than its source',
      'topics.conf',
      'topic order.shipping-service.order.dlt\n',
      '',
      'has fewer partitions than order',
    ],
    [
      'an image that is not pinned',
      'compose/compose.yaml',
      /apache\/kafka:[\d.]+/,
      'apache/kafka:latest',
      'which is not pinned',
    ],
  ])('is found: %s', (what, path, from, to, expected) => {
    const before = files.get(path) ?? '';
    const after = what.startsWith('a dead-letter topic')
      ? before.replace(
          /(topic order\.shipping-service\.order\.dlt .*\n\s+partitions )12/,
          '$11',
        )
      : before.replace(from, to);
    expect(after).not.toBe(before);
    const found = kafkaFileFaults(new Map([...files, [path, after]]));
    expect(found.join('\n')).toContain(expected);
  });
});
