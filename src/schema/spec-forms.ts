// How each list and mapping of a spec is written, by its place in the schema: findings print the line to write. They
// stand apart from the published schema, as editors offer an object among its examples as "[object Object]".
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { segmentsOf, type Pointer } from '../core/pointer.ts';

const event = { key: 'orderId', payload: { orderId: 'uuid' } };
const list = ['order.created'];
const channel = { events: list, partitions: 6 };
const request = {
  requester: 'orders',
  responder: 'inventory',
  request: { sku: 'string' },
  reply: { available: 'integer' },
};
const command = { from: 'placed', to: 'paid', emits: 'order.paid' };
const aggregate = {
  service: 'orders',
  states: ['placed', 'paid'],
  commands: { pay: command },
};
const columns = { userId: 'uuid', orders: 'integer' };
const projection = {
  service: 'orders',
  from: 'order.created',
  key: 'userId',
  fields: columns,
};
const query = { projection: 'ordersByUser', by: 'userId' };
const commanded = {
  name: 'charge',
  command: 'charge.card',
  success: 'card.charged',
  failure: 'card.declined',
};
const triggered = {
  name: 'charge',
  on: 'order.created',
  success: 'card.charged',
  failure: 'card.declined',
};
const saga = {
  coordinator: 'orders',
  starts: 'order.created',
  steps: [commanded],
};
const retention = ['7d', { choice: '30d', because: 'disputes take a month' }];
const oneOrBoth = (one: string, other: string): readonly JsonValue[] => [
  one,
  [one, other],
];

/** By the place in the schema: one form, or a short and a long one. */
const forms: Readonly<Record<Pointer, readonly JsonValue[]>> = {
  '/properties/include': oneOrBoth('events.yaml', 'sagas.yaml'),
  '/properties/context': [
    { needs: ['keep an audit trail'], volume: '10000/s' },
  ],
  '/properties/context/properties/needs': [['keep an audit trail']],
  '/properties/guarantees': [
    { delivery: 'at-least-once', ordering: 'per-key' },
  ],
  '/properties/guarantees/properties/retention': retention,
  '/properties/environments': [
    { dev: { replication: 1 }, prod: { replication: 3 } },
  ],
  '/properties/services': [{ orders: { database: 'postgresql' } }],
  '/properties/types': [{ Money: { amount: 'integer', currency: 'string' } }],
  '/properties/events': [{ 'order.created': event }],
  '/properties/channels': [{ orders: channel }],
  '/properties/publishers': [{ orders: list }],
  '/properties/consumers': [{ billing: list }],
  '/properties/requests': [{ 'stock.check': request }],
  '/properties/aggregates': [{ order: aggregate }],
  '/properties/projections': [{ ordersByUser: projection }],
  '/properties/queries': [{ ordersOfUser: query }],
  '/properties/sagas': [{ checkout: saga }],
  '/$defs/environment': [{ replication: 3 }],
  '/$defs/environment/properties/hosts': [['localhost:9092']],
  '/$defs/service': [{ database: 'postgresql', context: 'ordering' }],
  '/$defs/fields': [{ orderId: 'uuid', 'note?': 'string' }],
  '/$defs/field': ['string', 'list<string>'],
  '/$defs/jsonSchema': [
    { type: 'object', properties: { orderId: { type: 'string' } } },
  ],
  '/$defs/type': [{ amount: 'integer', currency: 'string' }, 'EUR | USD'],
  '/$defs/event': [event],
  '/$defs/event/properties/key': oneOrBoth('orderId', 'tenant'),
  '/$defs/event/properties/tags': [['billing']],
  '/$defs/event/properties/volume': [{ rate: '300/s', size: '1KiB' }],
  '/$defs/event/properties/versions': [{ 1: { payload: event.payload } }],
  '/$defs/event/properties/versions/additionalProperties': [
    { payload: event.payload },
  ],
  '/$defs/event/properties/headers': [{ tenant: 'string' }],
  '/$defs/event/properties/examples': [[{ amount: 12, currency: 'EUR' }]],
  '/$defs/event/properties/retention': retention,
  '/$defs/retry': [{ attempts: 5, first: '1s', max: '1m' }],
  '/$defs/channel': [channel],
  '/$defs/channel/properties/events': [list],
  '/$defs/channel/properties/retention': retention,
  '/$defs/publisher': [list, { publishes: list, outbox: true }],
  '/$defs/publisher/else/properties/publishes': [list],
  '/$defs/consumer': [list, { subscribes: list, idempotency: 'inbox' }],
  '/$defs/consumer/else/properties/subscribes': [
    list,
    { 'order.created': { processing: '20ms' } },
  ],
  '/$defs/subscriptions': [
    { processing: '20ms' },
    [{ group: 'mail' }, { group: 'sms' }],
  ],
  '/$defs/subscription': [{ group: 'mail' }],
  '/$defs/request': [request],
  '/$defs/request/properties/request': [request.request],
  '/$defs/request/properties/reply': [request.reply],
  '/$defs/aggregate': [aggregate],
  '/$defs/aggregate/properties/states': [aggregate.states],
  '/$defs/aggregate/properties/commands': [aggregate.commands],
  '/$defs/aggregateCommand': [command],
  '/$defs/aggregateCommand/properties/from': oneOrBoth('placed', 'paid'),
  '/$defs/aggregateCommand/properties/emits': oneOrBoth(
    'order.paid',
    'invoice.closed',
  ),
  '/$defs/projection': [projection],
  '/$defs/projection/properties/from': oneOrBoth('order.created', 'order.paid'),
  '/$defs/projection/properties/fields': [columns],
  '/$defs/query': [query],
  '/$defs/query/properties/by': oneOrBoth('userId', 'status'),
  '/$defs/saga': [saga],
  '/$defs/saga/properties/correlation': oneOrBoth('orderId', 'tenant'),
  '/$defs/saga/properties/steps': [[commanded], [triggered]],
  '/$defs/sagaStep': [commanded, triggered],
};

/** Puts the forms into a copy of the spec's schema, as examples. */
export function withForms(schema: JsonObject): JsonObject {
  return Object.entries(forms).reduce(
    (whole, [at, examples]) => withExamples(whole, segmentsOf(at), examples),
    schema,
  );
}

function withExamples(
  schema: JsonObject,
  [key, ...rest]: readonly string[],
  examples: readonly JsonValue[],
): JsonObject {
  if (key === undefined) return { ...schema, examples };
  const inner = schema[key];
  if (!isJsonObject(inner)) throw new Error(`The schema has no "${key}" here.`);
  return { ...schema, [key]: withExamples(inner, rest, examples) };
}
