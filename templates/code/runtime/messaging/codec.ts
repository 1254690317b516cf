// Envelope to transport message and back: structured mode of CloudEvents (the envelope is the body),
// with the routing facts and the current hop's trace context repeated as transport headers.
import { InvalidMessageError } from '../consume/errors.js';
import type { Delivery, OutgoingMessage } from './bus.js';
import type { Contracts } from './contracts.js';
import type { Envelope, MessageHeaders } from './envelope.js';

export const envelopeContentType = 'application/cloudevents+json';
const required = [
  'id',
  'source',
  'type',
  'time',
  'dataschema',
  'correlationid',
] as const;

/** Turns an envelope into the message a broker carries. */
export function encode(
  contracts: Contracts,
  envelope: Envelope,
): OutgoingMessage {
  const { headers, ...body } = envelope;
  const contract = contracts.contractOf(envelope.type);
  return {
    id: envelope.id,
    address: contract.address,
    routingKey: envelope.type,
    key: envelope.partitionkey ?? null,
    contentType: envelopeContentType,
    headers: {
      ...toTexts(headers),
      ...(envelope.traceparent !== undefined && {
        traceparent: envelope.traceparent,
      }),
    },
    body: JSON.stringify(body),
    mandatory: contract.hasConsumers,
  };
}

/** Reads a delivery, checks it and brings its payload up to date. Throws `InvalidMessageError`. */
export function decode(contracts: Contracts, delivery: Delivery): Envelope {
  const parsed = parseEnvelope(delivery.body);
  const { traceparent } = delivery.headers;
  const headers = contracts.readHeaders(parsed.type, delivery.headers);
  const { dataschema, data } = contracts.readIncoming(
    parsed.type,
    parsed.dataschema,
    parsed.data,
  );
  // The transport header knows the last hop, the envelope the creation.
  return traceparent === undefined
    ? { ...parsed, headers, dataschema, data }
    : { ...parsed, headers, dataschema, data, traceparent };
}

function toTexts(headers: object): MessageHeaders {
  const given = Object.entries(headers).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

function parseEnvelope(body: string): Omit<Envelope, 'headers'> {
  const parsed = parseObject(body);
  if (parsed['specversion'] !== '1.0')
    throw new InvalidMessageError('not a CloudEvents 1.0 message');
  const missing = required.filter((name) => typeof parsed[name] !== 'string');
  if (missing.length > 0)
    throw new InvalidMessageError(`the envelope lacks ${missing.join(', ')}`);
  // Checked above: every required attribute is there; the payload stays unknown until its schema accepts it.
  return parsed as unknown as Omit<Envelope, 'headers'>;
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null)
      return parsed as Record<string, unknown>;
  } catch (error) {
    throw new InvalidMessageError('the body is not JSON', { cause: error });
  }
  throw new InvalidMessageError('the body is not a JSON object');
}
