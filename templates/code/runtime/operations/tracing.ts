// W3C trace context through messages. With an OpenTelemetry SDK installed its spans are used; without one the
// trace identity still travels, so that logs of one conversation can be joined.
import { randomBytes } from 'node:crypto';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  context,
  isSpanContextValid,
  trace,
} from '@opentelemetry/api';

const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const tracerName = 'event-driven';

const drawnAtOnce = 4096;

/** Random identities from bytes drawn in bulk: asking the system for each would be a third of what a message costs. */
class Identities {
  private bytes = Buffer.alloc(0);
  private used = 0;

  /** Returns so many random bytes as hexadecimal digits; no byte is given twice. */
  draw(count: number): string {
    if (this.used + count > this.bytes.length) {
      this.bytes = randomBytes(drawnAtOnce);
      this.used = 0;
    }
    const from = this.used;
    this.used += count;
    return this.bytes.toString('hex', from, this.used);
  }
}

const identities = new Identities();

/** Returns the trace context for a new message: the active span's, else a child of the parent, else a new trace. */
export function traceparentFor(parent: string | null): string {
  const active = trace.getActiveSpan()?.spanContext();
  if (active !== undefined && isSpanContextValid(active)) {
    return `00-${active.traceId}-${active.spanId}-${active.traceFlags.toString(16).padStart(2, '0')}`;
  }
  const [, traceId, , flags] = parent?.match(pattern) ?? [];
  return `00-${traceId ?? identities.draw(16)}-${identities.draw(8)}-${flags ?? '00'}`;
}

/** What a span is about, in the terms of OpenTelemetry's messaging conventions. */
export interface SpanSubject {
  readonly operation: 'process' | 'send';
  readonly destination: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly traceparent: string | null;
}

/** Runs the work inside a span that continues the given trace; a failure is recorded on the span. */
export async function inSpan<T>(
  subject: SpanSubject,
  work: () => Promise<T>,
): Promise<T> {
  const kind =
    subject.operation === 'process' ? SpanKind.CONSUMER : SpanKind.PRODUCER;
  const parent = parentContext(subject.traceparent);
  const span = trace.getTracer(tracerName).startSpan(
    `${subject.operation} ${subject.destination}`,
    {
      kind,
      attributes: {
        'messaging.operation.type': subject.operation,
        'messaging.destination.name': subject.destination,
        ...subject.attributes,
      },
    },
    parent,
  );
  return await context.with(trace.setSpan(parent, span), () =>
    finish(span, work),
  );
}

async function finish<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
    throw error;
  } finally {
    span.end();
  }
}

function parentContext(traceparent: string | null): Context {
  const [, traceId, spanId, flags] = traceparent?.match(pattern) ?? [];
  if (traceId === undefined || spanId === undefined) return context.active();
  const traceFlags = parseInt(flags ?? '00', 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags,
    isRemote: true,
  });
}
