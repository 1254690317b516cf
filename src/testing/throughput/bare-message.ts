// The message that a bare client sends: the same envelope as the generated code's, made by hand and checked by nobody.
import { randomUUID } from 'node:crypto';
import type { OrderData } from './side.ts';

/** A message ready for a client. */
export interface BareMessage {
  readonly id: string;
  readonly key: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

export const eventType = 'order.created';
export const contentType = 'application/cloudevents+json';

/** Writes the envelope. */
export function bareMessage(data: OrderData): BareMessage {
  const id = randomUUID();
  const [traceId, spanId] = [randomUUID(), randomUUID()].map((one) =>
    one.replaceAll('-', ''),
  );
  const traceparent = `00-${traceId ?? ''}-${spanId?.slice(16) ?? ''}-00`;
  return {
    id,
    key: data.orderId,
    headers: { traceparent },
    body: JSON.stringify({
      specversion: '1.0',
      id,
      source: '/orders',
      type: eventType,
      time: new Date().toISOString(),
      subject: data.orderId,
      datacontenttype: 'application/json',
      dataschema: 'urn:event-arch:throughput:order.created:v1',
      partitionkey: data.orderId,
      correlationid: randomUUID(),
      traceparent,
      data,
    }),
  };
}

/** What a bare consumer reads of an envelope. */
export interface ReadEnvelope {
  readonly id: string;
  readonly source: string;
  readonly data: OrderData;
}

/** Reads an envelope, and believes it. */
export const readEnvelope = (body: string): ReadEnvelope =>
  JSON.parse(body) as ReadEnvelope;
