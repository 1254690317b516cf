// The envelope that every event travels in: CloudEvents 1.0 in structured JSON, with extensions for order, causality and tracing.
// Source: CloudEvents 1.0.2, its JSON format, and its extensions Partitioning and Distributed Tracing.
import type { JsonObject, JsonValue } from '../core/json.ts';
import { kebabCase } from '../core/text.ts';
import { keyDescription, keyText } from './event-key.ts';
import type { Event } from './model.ts';

/** Media type of the envelope as a message's body. */
export const envelopeMediaType = 'application/cloudevents+json';

/**
 * Names one version of an event's payload, as the envelope's `dataschema`. CloudEvents asks for an absolute URI there;
 * a URN needs no host, stays when schemas move, and is what a consumer chooses the reader of an older version by.
 */
export function dataSchemaUri(
  system: string,
  event: string,
  version: number,
): string {
  const parts = [kebabCase(system), event, `v${version}`];
  return `urn:event-arch:${parts.map(encodeURIComponent).join(':')}`;
}

/** W3C Trace Context, version 00; all-zero ids are invalid there. */
const traceparent =
  '^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$';

const text = (description: string): JsonObject => ({
  type: 'string',
  minLength: 1,
  description,
});

/** The attributes that every event has, as JSON Schema. Open: CloudEvents lets others be added on the way. */
export const envelopeSchema: JsonObject = {
  title: 'CloudEvents 1.0 envelope',
  type: 'object',
  properties: {
    specversion: { const: '1.0', description: 'Version of CloudEvents.' },
    id: text(
      'Unique within its source: source and id together tell duplicates.',
    ),
    source: {
      ...text('The service that published it, as a URI reference.'),
      format: 'uri-reference',
    },
    type: text('Name of the event.'),
    time: {
      type: 'string',
      format: 'date-time',
      description: 'When it happened, RFC 3339.',
    },
    subject: text(
      'What it is about: the identity of the aggregate, or the key.',
    ),
    datacontenttype: {
      const: 'application/json',
      description: 'Media type of data.',
    },
    dataschema: {
      ...text('Names the version of the payload.'),
      format: 'uri',
    },
    partitionkey: text('Events with the same one are handled in order.'),
    aggregateversion: {
      type: 'integer',
      minimum: 1,
      description: 'Version of the aggregate after this event.',
    },
    correlationid: text('The same for all messages of one conversation.'),
    causationid: text('The id of the message that caused this one.'),
    traceparent: {
      type: 'string',
      pattern: traceparent,
      description: 'W3C trace context in which it was created.',
    },
    data: { description: 'The payload.' },
  },
  required: [
    'specversion',
    'id',
    'source',
    'type',
    'time',
    'dataschema',
    'correlationid',
    'data',
  ],
};

/** What one version of an event adds to the envelope's schema; `data` is the schema of its payload. */
export function envelopeOf(
  system: string,
  event: Event,
  version: number,
): { readonly properties: JsonObject; readonly required: readonly string[] } {
  const keyed =
    event.key === null
      ? null
      : { partitionkey: { description: keyDescription(event.key) } };
  return {
    properties: {
      type: { const: event.name },
      dataschema: { const: dataSchemaUri(system, event.name, version) },
      ...keyed,
    },
    required: keyed === null ? [] : ['partitionkey'],
  };
}

/** Puts an example payload into an envelope, with made-up values that are the same in every run. */
export function envelopeExample(
  system: string,
  event: Event,
  options: { readonly publisher: string; readonly data: JsonValue },
): JsonObject {
  const { publisher, data } = options;
  const key = event.key === null ? null : keyText(event.key, data);
  return {
    specversion: '1.0',
    id: '6f2f1d7e-7c55-4a0b-9d53-0c3a5d0f2b11',
    source: `/${encodeURIComponent(publisher)}`,
    type: event.name,
    time: '2026-01-15T09:30:00Z',
    ...(key !== null && { subject: key }),
    datacontenttype: 'application/json',
    dataschema: dataSchemaUri(system, event.name, event.version),
    ...(key !== null && { partitionkey: key }),
    correlationid: '0e9b5a52-1f0c-4c7e-8a55-3f1b7f0a9c01',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    data,
  };
}
