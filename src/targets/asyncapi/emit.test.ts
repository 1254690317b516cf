import { Parser } from '@asyncapi/parser';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { kafka } from '../../brokers/kafka.ts';
import { rabbitmq } from '../../brokers/rabbitmq.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Model } from '../../model/model.ts';
import type { Shape } from '../../model/payload.ts';
import { liveFixtures } from '../../testing/live-fixtures.ts';
import {
  checkText,
  loadModel,
  modelOf as specModel,
  readFixture,
} from '../../testing/load-model.ts';
import { byDefault } from '../../testing/small-model.ts';
import {
  eventOf,
  modelOf,
  requestOf,
  shapeOf,
} from '../../testing/traffic-model.ts';
import { asyncApiDocument } from './emit.ts';

const orderId = '7b0f6f2e-8c1e-4f0e-9a58-1f8f6d1c2a33';
const authored = (schema: JsonObject): Shape => ({
  fields: [],
  schema,
  origin: '',
});
const created = eventOf('order.created', {
  description: 'An order was placed.',
  key: [['orderId']],
  version: 2,
  channel: 'order',
  payload: shapeOf({ orderId: 'uuid', total: 'number' }),
  versions: [
    {
      version: 1,
      payload: shapeOf({ orderId: 'uuid' }),
      deprecated: '2026-06-01',
      origin: '',
    },
  ],
  headers: shapeOf({ tenant: 'string' }),
  examples: [{ value: { orderId, total: 19 }, origin: '' }],
});
const paid = eventOf('order.paid', {
  key: [['orderId']],
  channel: 'order',
  compatibility: byDefault('full'),
  payload: authored({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      amount: { $ref: '#/$defs/Money', description: 'What was paid' },
      pair: { type: 'array', prefixItems: [{ type: 'string' }], items: false },
      parent: { $ref: '#' },
    },
    dependentRequired: { amount: ['pair'] },
  }),
});
const model = (broker: string, facts: Partial<Model> = {}): Model =>
  modelOf(
    {
      broker,
      events: [created, paid],
      publishers: { 'order-service': ['order.created', 'order.paid'] },
      consumers: {
        'shipping-service': ['order.paid'],
        analytics: ['order.created', 'order.paid'],
      },
    },
    {
      types: [
        {
          name: 'Money',
          description: null,
          shape: shapeOf({ currency: 'string' }),
          origin: '',
        },
      ],
      requests: [
        requestOf('inventory.check', ['order-service', 'inventory-service']),
      ],
      ...facts,
    },
  );
const documentOf = (of: Model): JsonObject =>
  asyncApiDocument(
    of,
    (of.broker.kind === 'kafka' ? kafka : rabbitmq).asyncApi(of),
  );

// One for all: it compiles the schema of each version once.
const parser = new Parser();

/** Says what the AsyncAPI parser has against a document: errors, warnings, and that a newer version exists. */
const complaints = async (document: JsonObject): Promise<readonly string[]> => {
  const { diagnostics } = await parser.parse(JSON.stringify(document));
  return diagnostics.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
};

const fixtureModel = (spec: string, broker: string): Model =>
  spec === 'shapes'
    ? specModel(
        checkText(readFixture('targets', 'code', `${spec}.yaml`), broker),
      )
    : loadModel(spec, broker);

const replyOf = (broker: string): JsonObject => {
  const { operations, channels } = documentOf(model(broker)) as unknown as {
    operations: Record<string, { reply?: JsonObject }>;
    channels: Record<string, JsonObject>;
  };
  const reply =
    Object.values(operations).find((each) => each.reply !== undefined)?.reply ??
    {};
  return {
    ...reply,
    at: channels['inventory.check.reply']?.['address'] ?? null,
  };
};

describe('the AsyncAPI document', () => {
  it.each(['kafka', 'rabbitmq'])(
    'satisfies the AsyncAPI parser on %s',
    async (broker) => {
      expect(await complaints(documentOf(model(broker)))).toEqual([]);
    },
  );

  it.each(
    [...liveFixtures, 'shapes'].flatMap((spec) =>
      ['kafka', 'rabbitmq'].map((broker) => ({ spec, broker })),
    ),
  )(
    'of $spec satisfies it on $broker',
    async ({ spec, broker }) => {
      expect(await complaints(documentOf(fixtureModel(spec, broker)))).toEqual(
        [],
      );
    },
    60_000,
  );

  it('is read by a parser that does find faults', async () => {
    const document = documentOf(model('kafka'));
    const faulty = { ...document, operations: { lost: { action: 'send' } } };
    expect(await complaints(faulty)).toEqual([
      'operations.lost: "lost" property must have required property "channel"',
    ]);
  });

  it('describes payloads that its examples satisfy, in the words of draft 7', async () => {
    const { document } = await parser.parse(
      JSON.stringify(documentOf(model('kafka'))),
    );
    const message = document?.messages().get('order.created');
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const accepts = ajv.compile(message?.payload()?.json() as JsonObject);
    const [example] = message?.examples().all() ?? [];
    const payload = example?.payload() as { readonly data: JsonObject };
    expect(accepts(payload)).toBe(true);
    expect(
      accepts({ ...payload, data: { ...payload.data, total: 'much' } }),
    ).toBe(false);
  });

  it.each(['kafka', 'rabbitmq'])(
    'holds for names that are hard to write on %s',
    async (broker) => {
      const names = [
        '../x',
        'a/b',
        'a-b',
        'a-b.v1',
        'CON',
        '__proto__',
        'constructor',
        'é~1',
      ];
      const events = names.map((name) =>
        eventOf(name, {
          description: '*/ {{ }} `: - #\n\u2028',
          versions: [
            { version: 0, payload: shapeOf({}), deprecated: null, origin: '' },
          ],
        }),
      );
      const hard = modelOf({
        broker,
        events,
        publishers: { 'a b': names },
        consumers: { 'c/d': names },
      });
      const document = documentOf(hard);
      expect(await complaints(document)).toEqual([]);
      const { messages } = document['components'] as { messages: JsonObject };
      expect(Object.keys(messages)).toHaveLength(2 * names.length);
    },
  );

  it('lets a service send the current version only, and receive the older ones too', () => {
    const { operations } = documentOf(model('kafka')) as unknown as {
      operations: Record<string, { messages: readonly { $ref: string }[] }>;
    };
    const refs = (name: string): readonly string[] =>
      (operations[name]?.messages ?? []).map(
        ({ $ref }) => $ref.split('/').at(-1) ?? '',
      );
    expect(refs('order-service.send.order')).toEqual([
      'order.created',
      'order.paid',
    ]);
    expect(refs('analytics.order.receive.order')).toEqual([
      'order.created',
      'order.created.v1',
      'order.paid',
    ]);
  });

  it('answers a request on a fixed topic on Kafka and where the request says on RabbitMQ', () => {
    expect(replyOf('kafka')).toMatchObject({ at: 'inventory.check.reply' });
    expect(replyOf('kafka')).not.toHaveProperty('address');
    expect(replyOf('rabbitmq')).toMatchObject({
      at: null,
      address: { location: '$message.header#/reply_to' },
    });
  });

  it('holds one schema for a type that several messages share', () => {
    const again = { ...paid, name: 'order.refunded' };
    const { components } = documentOf({
      ...model('kafka'),
      events: [created, paid, again],
    }) as unknown as {
      components: { schemas: JsonObject };
    };
    const money = Object.keys(components.schemas).filter((key) =>
      key.startsWith('Money'),
    );
    expect(money).toEqual(['Money']);
  });

  it('holds the headers of an event once, for all its versions', () => {
    const { components } = documentOf(model('kafka')) as unknown as {
      components: { schemas: JsonObject };
    };
    const keys = Object.keys(components.schemas);
    expect(keys.filter((key) => key.includes('headers'))).toEqual([
      'order.created.headers',
    ]);
  });

  it('names no secret', () => {
    for (const broker of ['kafka', 'rabbitmq']) {
      expect(JSON.stringify(documentOf(model(broker)))).not.toMatch(
        /password"?\s*:/i,
      );
    }
  });
});
