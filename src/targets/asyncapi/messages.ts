// The messages of an AsyncAPI document: each event in its envelope, every version of it, and each request and reply.
import { keyDescription } from '../../model/event-key.ts';
import type { JsonObject } from '../../core/json.ts';
import { documentKey } from './document-key.ts';
import { uniqueNames } from '../../core/unique-names.ts';
import type { AsyncApiWiring } from '../../brokers/async-api.ts';
import { contentModelOf } from '../../model/content-model.ts';
import {
  envelopeExample,
  envelopeMediaType,
  envelopeOf,
  envelopeSchema,
} from '../../model/envelope.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import { shapeSchema, typeSchemas } from '../../model/json-schema.ts';
import type { TypeSchemas } from '../../model/json-schema.ts';
import type {
  Event,
  EventVersion,
  Model,
  RequestReply,
} from '../../model/model.ts';
import type { EventKind } from '../../model/settings.ts';
import { bindingsOf } from './bindings-of.ts';
import { schemaRegistry } from './lower-schema.ts';
import type { SchemaRegistry } from './lower-schema.ts';

export interface Messages {
  /** Keys of an event's messages: the current version first, then the older ones from the newest on. */
  readonly ofEvent: (event: string) => readonly string[];
  readonly ofRequest: (request: string) => readonly string[];
  readonly ofReply: (request: string) => readonly string[];
  readonly messages: JsonObject;
  readonly schemas: JsonObject;
}

/** Writes the messages of a model and the schemas that they refer to. */
export function planMessages(model: Model, wiring: AsyncApiWiring): Messages {
  const names = [...model.events, ...model.requests].map(({ name }) => name);
  const stems = uniqueNames(names, documentKey, '-');
  const registry = schemaRegistry();
  const context: Context = {
    model,
    wiring,
    types: typeSchemas(model.types),
    registry,
    envelope: registry.add('CloudEvent', envelopeSchema, ''),
    traceHeaders: registry.add(
      'TransportHeaders',
      transportHeaders(wiring),
      '',
    ),
    publishers: new Map(
      model.publications.map((each) => [each.event, each.service]),
    ),
    stemOf: (name) => stems.get(name) ?? name,
  };
  const messages = new Map<string, JsonObject>();
  const keys = new Map<string, readonly string[]>();
  const place = (owner: string, written: readonly Message[]): void => {
    const placed = written.map(({ key: wanted, body }) => {
      // An event may be named as another one's older version is keyed.
      let key = wanted;
      for (let count = 2; messages.has(key); count += 1)
        key = `${wanted}-${count}`;
      messages.set(key, body);
      return key;
    });
    keys.set(owner, placed);
  };
  for (const event of model.events) {
    place(`event ${event.name}`, eventMessages(event, context));
  }
  for (const request of model.requests) {
    place(`request ${request.name}`, requestMessages(request, context));
  }
  return {
    ofEvent: (event) => keys.get(`event ${event}`) ?? [],
    ofRequest: (request) => keys.get(`request ${request}`)?.slice(0, 1) ?? [],
    ofReply: (request) => keys.get(`request ${request}`)?.slice(1) ?? [],
    messages: Object.fromEntries(messages),
    schemas: registry.all(),
  };
}

interface Message {
  readonly key: string;
  readonly body: JsonObject;
}

interface Context {
  readonly model: Model;
  readonly wiring: AsyncApiWiring;
  readonly types: TypeSchemas;
  readonly registry: SchemaRegistry;
  /** Reference to the schema of the envelope. */
  readonly envelope: JsonObject;
  /** Reference to the schema of the headers that every message may have. */
  readonly traceHeaders: JsonObject;
  readonly publishers: ReadonlyMap<string, string>;
  readonly stemOf: (name: string) => string;
}

function eventMessages(event: Event, context: Context): readonly Message[] {
  const key = context.stemOf(event.name);
  const current: EventVersion = {
    version: event.version,
    payload: event.payload,
    deprecated: null,
    origin: event.origin,
  };
  const older = event.versions.toReversed();
  const headers = headersOf(event, context);
  return [current, ...older].map((version) => ({
    key: version === current ? key : `${key}.v${version.version}`,
    body: { ...eventMessage(event, version, context), headers },
  }));
}

function eventMessage(
  event: Event,
  version: EventVersion,
  context: Context,
): JsonObject {
  const { model, wiring, registry, envelope, types } = context;
  const isCurrent = version.version === event.version;
  const content = contentModelOf(event.compatibility.value);
  const payload = shapeSchema(types, version.payload, content);
  const schemaKey = `${context.stemOf(event.name)}.v${version.version}`;
  const data = registry.add(schemaKey, payload, content);
  const added = envelopeOf(model.name, event, version.version);
  return {
    name: event.name,
    title: `${event.name}, version ${version.version}`,
    summary: summaryOf(event, version),
    contentType: envelopeMediaType,
    tags: [event.kind, ...event.tags].map((tag) => ({ name: tag })),
    correlationId: { $ref: '#/components/correlationIds/conversation' },
    payload: {
      allOf: [envelope],
      type: 'object',
      properties: { ...added.properties, data },
      ...(added.required.length > 0 && { required: added.required }),
    },
    ...bindingsOf(
      wiring.messageBindings(event.name, keySchema(event, context)),
    ),
    ...(isCurrent && examplesOf(event, context)),
  };
}

function summaryOf(event: Event, version: EventVersion): string {
  if (version.version !== event.version) {
    const until =
      version.deprecated === null
        ? ''
        : ` Deprecated from ${version.deprecated}.`;
    return `Version ${version.version}, still in logs and queues; version ${event.version} is published.${until}`;
  }
  return event.description ?? summaries[event.kind];
}

const summaries: Readonly<Record<EventKind, string>> = {
  domain: 'A domain event.',
  integration: 'An integration event.',
  command: 'A command: asks one service to act.',
};

function headersOf(event: Event, context: Context): JsonObject {
  if (event.headers === null) return context.traceHeaders;
  const declared = shapeSchema(context.types, event.headers, 'open');
  const key = `${context.stemOf(event.name)}.headers`;
  return {
    allOf: [context.traceHeaders, context.registry.add(key, declared, 'open')],
  };
}

/** Headers that every message may have beside its envelope, and those that the broker needs. */
function transportHeaders({ headers }: AsyncApiWiring): JsonObject {
  return {
    title: 'Transport headers',
    type: 'object',
    properties: {
      traceparent: {
        type: 'string',
        description: 'W3C trace context of the current hop.',
      },
      ...headers,
    },
  };
}

/** A key travels as text: the format of a text field holds, of anything else only that it is text. */
function keySchema(event: Event, context: Context): JsonObject | null {
  if (event.key === null) return null;
  const fields = gatherFacts(context.model).keyFields().get(event.name) ?? [];
  const [first] = fields;
  const format = fields.length === 1 ? (first?.field.format ?? null) : null;
  return {
    type: 'string',
    // Text that encodes bytes has no name among the formats.
    ...(format !== null && format !== 'bytes' && { format }),
    description: keyDescription(event.key),
  };
}

function examplesOf(event: Event, context: Context): JsonObject {
  if (event.examples.length === 0) return {};
  const publisher = context.publishers.get(event.name) ?? 'unknown';
  return {
    examples: event.examples.map(({ value }, index) => ({
      name: `example-${index + 1}`,
      payload: envelopeExample(context.model.name, event, {
        publisher,
        data: value,
      }),
    })),
  };
}

function requestMessages(
  request: RequestReply,
  context: Context,
): readonly Message[] {
  const { wiring, registry, types } = context;
  const stem = context.stemOf(request.name);
  const { correlationHeader } = wiring.replyFrom(request);
  return (['request', 'reply'] as const).map((role) => {
    const key = `${stem}.${role}`;
    const schema = shapeSchema(types, request[role], 'open');
    const message: JsonObject = {
      name: key,
      title: `${request.name}, ${role}`,
      ...(request.description !== null && { summary: request.description }),
      contentType: 'application/json',
      correlationId: {
        description: 'Ties a reply to its request.',
        location: `$message.header#/${correlationHeader}`,
      },
      headers: {
        type: 'object',
        properties: {
          [correlationHeader]: { type: 'string' },
          ...(role === 'request' && replyHeader(request, wiring)),
          traceparent: { type: 'string' },
        },
        required: [correlationHeader],
      },
      payload: registry.add(key, schema, 'open'),
      ...bindingsOf(wiring.messageBindings(key, null)),
    };
    return { key, body: message };
  });
}

function replyHeader(
  request: RequestReply,
  wiring: AsyncApiWiring,
): JsonObject {
  const location = wiring.replyFrom(request).addressLocation;
  const header = location?.split('#/')[1];
  return header === undefined ? {} : { [header]: { type: 'string' } };
}
