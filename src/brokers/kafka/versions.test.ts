// Everything that depends on Kafka's version: what is emitted for the version before and for the one that decides it.
import { describe, expect, it } from 'vitest';
import { shopModel, written } from '../../testing/shop-model.ts';
import { emitKafka } from '../../testing/write-kafka-folder.ts';
import { kafka } from '../kafka.ts';
import { releaseOf, supportedVersions } from './versions.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Model } from '../../model/model.ts';

const modelOf = (version: string, options: JsonObject = {}): Model =>
  shopModel({
    broker: {
      kind: 'kafka',
      choice: written('kafka'),
      title: 'Apache Kafka',
      version: written(version, '/broker/version'),
      options,
      orderingScope: 'partition',
      origin: '/broker',
    },
  });

const filesOf = (
  version: string,
  options: JsonObject = {},
): ReadonlyMap<string, string> =>
  new Map(
    emitKafka(modelOf(version, options)).map(({ path, content }) => [
      path.replace('broker/kafka/', ''),
      content,
    ]),
  );

const emitted = (version: string, file: string): string => {
  const content = filesOf(version).get(file);
  if (content === undefined) throw new Error(`${file} was not emitted`);
  return content;
};

const topics = 'strimzi/base/topics.yaml';
const users = 'strimzi/base/users.yaml';

describe.each<
  readonly [
    feature: string,
    before: string,
    from: string,
    file: string,
    old: string,
    now: string,
  ]
>([
  [
    'the API of Strimzi’s topics',
    '3.9',
    '4.0',
    topics,
    'apiVersion: kafka.strimzi.io/v1beta2\n',
    'apiVersion: kafka.strimzi.io/v1\n',
  ],
  [
    'the API of Strimzi’s users',
    '3.9',
    '4.0',
    users,
    'apiVersion: kafka.strimzi.io/v1beta2\n',
    'apiVersion: kafka.strimzi.io/v1\n',
  ],
  [
    'the option for what is printed of a message',
    '4.1',
    '4.2',
    'README.md',
    ' --property print.headers=true',
    ' --formatter-property print.headers=true',
  ],
])('%s', (_feature, before, from, file, old, now) => {
  it(`is the old one in ${before}`, () => {
    expect(emitted(before, file)).toContain(old);
    expect(emitted(before, file)).not.toContain(now);
  });

  it(`is the new one in ${from}`, () => {
    expect(emitted(from, file)).toContain(now);
    expect(emitted(from, file)).not.toContain(old);
  });
});

describe('the commands of the document', () => {
  const separate = {
    consumerConfig: 'consumer.config',
    producerConfig: 'producer.config',
    formatter: 'property',
    reader: 'property',
  };
  const common = {
    consumerConfig: 'command-config',
    producerConfig: 'command-config',
    formatter: 'formatter-property',
    reader: 'reader-property',
  };

  it.each([
    ['3.9', separate],
    ['4.0', separate],
    ['4.1', separate],
    ['4.2', common],
    ['4.3', common],
    ['4.4', common],
  ])('have the options of the console tools of %s', (version, options) => {
    expect(kafka.describe(modelOf(version)).commandParameters).toMatchObject(
      options,
    );
  });
});

describe('the operators that Strimzi’s resources are for', () => {
  it.each([
    ['3.9', 'Strimzi 0.45 to 0.47, API `v1beta2`'],
    ['4.0', 'Strimzi 0.49 to 0.50, API `v1`'],
    ['4.1', 'Strimzi 0.49 to 1.0, API `v1`'],
    ['4.2', 'Strimzi from 0.51, API `v1`'],
    ['4.3', 'Strimzi from 1.1, API `v1`'],
    ['4.4', 'a Strimzi newer than 1.2, API `v1`'],
    ['4.3.1', 'Strimzi from 1.1, API `v1`'],
  ])('of %s are %s', (version, operators) => {
    expect(emitted(version, 'README.md')).toContain(`(${operators})`);
  });
});

describe('the version of a spec that names none', () => {
  it('is a release that is still mended, and that has been mended once', () => {
    const { defaultVersion } = kafka;
    // The project mends the three newest minor versions; a version's first release is for those who try it.
    expect(supportedVersions.slice(-3)).toContain(defaultVersion);
    expect(releaseOf(defaultVersion)).not.toMatch(/\.0$/);
  });
});

describe('the image of the development broker', () => {
  it.each([
    ['3.9', 'apache/kafka:3.9.2'],
    ['4.0', 'apache/kafka:4.0.2'],
    ['4.1', 'apache/kafka:4.1.2'],
    ['4.2', 'apache/kafka:4.2.2'],
    ['4.3', 'apache/kafka:4.3.1'],
    ['4.4', 'apache/kafka:4.4.0'],
    ['4.1.0', 'apache/kafka:4.1.0'],
  ])('of %s is %s', (version, image) => {
    const images = emitted(version, 'compose/compose.yaml').matchAll(
      /image: (.+)/g,
    );
    expect([...images].map((match) => match[1])).toEqual([image, image]);
  });
});

describe('what no version decides', () => {
  const always = ['README.md', 'compose/compose.yaml', 'scripts/apply.sh'];

  it.each([
    ['3.9', '4.0', [...always, topics, users]],
    ['4.0', '4.1', always],
    ['4.1', '4.2', always],
    ['4.2', '4.3', always],
    ['4.3', '4.4', always],
  ])('is the same in %s and %s', (before, from, changed) => {
    const old = filesOf(before);
    const now = filesOf(from);
    expect([...now.keys()]).toEqual([...old.keys()]);
    const differing = [...now].filter(
      ([path, content]) => old.get(path) !== content,
    );
    expect(differing.map(([path]) => path).sort()).toEqual(changed.sort());
  });

  it.each(supportedVersions)(
    'keeps in %s to what all versions take',
    (version) => {
      const files = filesOf(version);
      const text = [...files.values()].join('\n');
      // Gone with 4.0: ZooKeeper, formats of messages, and segments below 1 MiB, which the design never sizes.
      expect(text).not.toMatch(
        /zookeeper|message\.format\.version|segment\.bytes/i,
      );
      // A publisher needs no right on the cluster since 2.8 (KIP-679).
      expect(files.get('acls.conf')).not.toContain('IdempotentWrite');
      // Since 4.1 a broker's own value no longer counts on new clusters (eligible leader replicas).
      expect(files.get('environments/prod.env')).toContain(
        'MIN_INSYNC_REPLICAS=2',
      );
      // 5.0 is to refuse segments that are younger than a minute.
      const ages = [...text.matchAll(/segment\.ms[=: ]+(\d+)/g)].map((match) =>
        Number(match[1]),
      );
      expect(ages.length).toBeGreaterThan(0);
      expect(Math.min(...ages)).toBeGreaterThanOrEqual(60_000);
    },
  );
});

describe('a feature that is asked for and that the version lacks', () => {
  const options = { groupProtocol: 'consumer', client: 'platformatic' };
  const inClients = (version: string): readonly string[] =>
    [...filesOf(version, options)]
      .filter(([path]) => path.endsWith('.consumer.properties'))
      .filter(([, content]) => !content.includes('\ngroup.protocol=consumer'))
      .map(([path]) => path);

  it('is refused for 3.9 with the alternative: the group protocol of KIP-848', () => {
    const found = kafka.check(modelOf('3.9', options));
    expect(found.map(({ code }) => code)).toEqual([
      'broker/kafka-group-protocol',
    ]);
    expect(found[0]?.message).toContain('Kafka 3.9');
    expect(found[0]?.hint).toBe('Use "classic", or Kafka 4.0 or newer.');
  });

  it.each(supportedVersions.filter((version) => version !== '3.9'))(
    'is no matter in %s, where every consumer asks for it',
    (version) => {
      expect(kafka.check(modelOf(version, options))).toEqual([]);
      expect(inClients(version)).toEqual([]);
    },
  );

  it.each(supportedVersions)('is not asked for in %s by default', (version) => {
    expect(kafka.check(modelOf(version))).toEqual([]);
    expect([...filesOf(version).values()].join('')).not.toContain(
      'group.protocol',
    );
  });

  it.each(['3.8', '4.5', '5.0', 'four'])(
    'is not guessed for the unknown version %s',
    (version) => {
      const found = kafka.check(modelOf(version));
      expect(found.map(({ code }) => code)).toEqual([
        'broker/kafka-unknown-version',
      ]);
      const told = `${found[0]?.message} ${found[0]?.hint}`;
      expect(told).toContain(supportedVersions.join(', '));
    },
  );
});
