import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { planKafka } from '../../brokers/kafka/plan-kafka.ts';
import { anyModelOf, checkText } from '../../testing/load-model.ts';
import { shopModel, written } from '../../testing/shop-model.ts';
import {
  emitKafka,
  writeKafkaFolder,
} from '../../testing/write-kafka-folder.ts';

const schemas = process.env['EVENT_ARCH_SCHEMAS'] ?? '';
const hasSchemas = schemas !== '' && existsSync(schemas);
const ci = (process.env['CI'] ?? '') !== '';

const filesOf = (
  part: Parameters<typeof shopModel>[0] = {},
): ReadonlyMap<string, string> =>
  new Map(
    emitKafka(shopModel(part)).map((artifact) => [
      artifact.path.replace('broker/kafka/', ''),
      artifact.content,
    ]),
  );
const files = filesOf();
const contentOf = (
  artifacts: ReturnType<typeof emitKafka>,
  name: string,
): string =>
  artifacts.find(({ path }) => path.endsWith(`/${name}`))?.content ?? '';
const textOf = (path: string): string => files.get(path) ?? '';
const documentsOf = (path: string): readonly unknown[] =>
  parseAllDocuments(textOf(path))
    .map((document) => document.toJS() as unknown)
    .filter((value) => value !== null);

// Kubernetes drops unknown fields in silence, so a validator must refuse them.
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(
    ([key, value]) => [key, closed(value)] as const,
  );
  const object = Object.fromEntries(entries);
  const isOpen =
    object['x-kubernetes-preserve-unknown-fields'] === true ||
    'additionalProperties' in object;
  return object['type'] === 'object' && 'properties' in object && !isOpen
    ? { ...object, additionalProperties: false }
    : object;
};

const crdSchema = (file: string): object => {
  const crd = parse(readFileSync(join(schemas, file), 'utf8')) as {
    spec: { versions: { name: string; schema: { openAPIV3Schema: object } }[] };
  };
  const version = crd.spec.versions.find((one) => one.name === 'v1');
  const schema = closed(version?.schema.openAPIV3Schema) as {
    properties: object;
  };
  // metadata is any object in a CRD: the API server knows its fields.
  return {
    ...schema,
    properties: { ...schema.properties, metadata: { type: 'object' } },
  };
};

describe.skipIf(!hasSchemas && !ci)(
  'against published schemas (skipped: set EVENT_ARCH_SCHEMAS to their folder)',
  () => {
    it.each([
      ['strimzi/base/topics.yaml', 'strimzi-043-Crd-kafkatopic.yaml'],
      ['strimzi/base/users.yaml', 'strimzi-044-Crd-kafkauser.yaml'],
    ])('writes %s as the CRD has it', (path, crd) => {
      const validate = new Ajv({ strict: false, allErrors: true }).compile(
        crdSchema(crd),
      );
      const documents = documentsOf(path);
      expect(documents.length).toBeGreaterThan(3);
      for (const document of documents) {
        validate(document);
        expect(validate.errors).toBeNull();
      }
      // The check itself must see a slip.
      expect(
        validate({
          apiVersion: 'x',
          kind: 'y',
          metadata: {},
          spec: { partition: 1 },
        }),
      ).toBe(false);
    });

    it('writes compose.yaml as the compose specification has it', () => {
      const schema = JSON.parse(
        readFileSync(join(schemas, 'compose-spec.schema.json'), 'utf8'),
      ) as { $schema: string };
      const ajv = schema.$schema.includes('2019-09')
        ? new Ajv2019({ strict: false })
        : new Ajv({ strict: false });
      const { $schema: _, ...bare } = schema;
      const validate = ajv.compile(bare);
      validate(parse(textOf('compose/compose.yaml')));
      expect(validate.errors).toBeNull();
      expect(validate({ services: { kafka: { imag: 'x' } } })).toBe(false);
    });
  },
);

it('gives no reason for a retention that the spec chose without one', () => {
  const topics = (retention: string): string => {
    const model = anyModelOf(
      checkText(`eventArch: 1
name: Hello
broker: kafka
events:
  order.created: { key: orderId, payload: { orderId: uuid }, retention: ${retention} }
publishers: { orders: [order.created] }
consumers: { stock: [order.created] }
`),
    );
    return contentOf(emitKafka(model), 'topics.conf');
  };
  expect(topics('14d')).toContain('14d: chosen in the spec');
  expect(topics('{ choice: 14d, because: audits }')).toContain('14d: audits');
});

it('pins the image to a release of the version in the spec', () => {
  const { services } = parse(textOf('compose/compose.yaml')) as {
    services: Record<string, { image: string }>;
  };
  expect(Object.values(services).map((service) => service.image)).toEqual([
    'apache/kafka:4.1.2',
    'apache/kafka:4.1.2',
  ]);
});

it('names Kubernetes resources by DNS-1123 and puts the real topic name beside', () => {
  const channels = shopModel().channels.map((channel, at) =>
    at === 0 ? { ...channel, name: 'order_log' } : channel,
  );
  const topics = parseAllDocuments(
    filesOf({ channels }).get('strimzi/base/topics.yaml') ?? '',
  )
    .map(
      (document) =>
        document.toJS() as {
          metadata: { name: string };
          spec: { topicName?: string };
        } | null,
    )
    .filter((topic) => topic !== null);
  for (const topic of topics)
    expect(topic.metadata.name).toMatch(
      /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
    );
  expect(topics[0]).toMatchObject({
    metadata: { name: 'order-log' },
    spec: { topicName: 'order_log' },
  });
});

it('says the same in the tables and in the Strimzi resources', () => {
  const design = planKafka(shopModel());
  const inTable = textOf('topics.conf')
    .split('\n')
    .filter((line) => line.startsWith('topic '))
    .map((line) => line.split(' ')[1]);
  const inStrimzi = documentsOf('strimzi/base/topics.yaml').map(
    (one) => (one as { metadata: { name: string } }).metadata.name,
  );
  const names = design.topics.map((topic) => topic.name);
  expect(inTable).toEqual(names);
  expect(inStrimzi).toEqual(names);
  const acls = documentsOf('strimzi/base/users.yaml').flatMap(
    (one) =>
      (one as { spec: { authorization: { acls: unknown[] } } }).spec
        .authorization.acls,
  );
  const lines = textOf('acls.conf')
    .split('\n')
    .filter((line) => line.startsWith('  '));
  expect(acls).toHaveLength(design.grants.length);
  expect(lines).toHaveLength(design.grants.length);
});

it('differs between environments in their own files only', () => {
  const shop = shopModel();
  const more = filesOf({
    environments: shop.environments.map((one) => ({
      ...one,
      replication: written(5, one.replication.origin),
    })),
  });
  const changed = [...more]
    .filter(([path, text]) => text !== files.get(path))
    .map(([path]) => path);
  expect(changed.toSorted()).toEqual([
    'environments/dev.env',
    'environments/prod.env',
    'strimzi/overlays/dev/kustomization.yaml',
    'strimzi/overlays/prod/kustomization.yaml',
  ]);
});

const withoutComments = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/\s*#.*$/, ''))
    .join('\n');

it('keeps hostile words of a spec inside comments', () => {
  const hostile = '"; rm -rf / #\n$(touch pwned) `x` {{y}} \u202e\nuser evil';
  const shop = shopModel();
  const services = shop.services.map((service) => ({
    ...service,
    description: hostile,
  }));
  const channels = shop.channels.map((channel) => ({
    ...channel,
    retention: { ...channel.retention, because: hostile },
  }));
  const folder = mkdtempSync(join(tmpdir(), 'kafka-hostile-'));
  const path = writeKafkaFolder(
    shopModel({ name: hostile, services, channels }),
    folder,
  );
  // Of the project's name two users are made, of its letters alone.
  const user = 'rm-rf-touch-pwned-x-y-user-evil';
  const variable = user.toUpperCase().replaceAll('-', '_');
  const entries = (name: string): string =>
    withoutComments(readFileSync(join(path, name), 'utf8'))
      .replaceAll(user, 'shop')
      .replaceAll(variable, 'SHOP');
  for (const name of [
    'topics.conf',
    'users.conf',
    'acls.conf',
    'environments/prod.env',
  ])
    expect(entries(name)).toBe(withoutComments(textOf(name)));
  rmSync(folder, { recursive: true });
});

it('writes scripts that a POSIX shell can read, and no secret into any file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kafka-files-'));
  const path = writeKafkaFolder(shopModel(), folder);
  for (const name of files.keys()) {
    if (name.endsWith('.sh')) execFileSync('sh', ['-n', join(path, name)]);
  }
  rmSync(folder, { recursive: true });
  const all = [...files.values()].join('\n');
  // Every password is a reference to a variable.
  const values = [...all.matchAll(/password[="]+([^"\s,]+)/gi)].map(
    (match) => match[1] ?? '',
  );
  expect(values.filter((value) => !/^(\\?\$|%|…)/.test(value))).toEqual([]);
});
