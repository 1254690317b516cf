// What `init` wants to know, and what it takes when nobody says.
import type { Locale } from '../../../core/locale.ts';
import type {
  Compatibility,
  Delivery,
  EventKind,
  Idempotency,
  Ordering,
} from '../../../model/settings.ts';

export interface EventAnswer {
  readonly name: string;
  readonly kind: EventKind;
  /** Payload shorthand: types by field name, `?` behind the name of an optional one. */
  readonly fields: Readonly<Record<string, string>>;
  readonly key: string | null;
  readonly publisher: string | null;
  readonly consumers: readonly string[];
}

/** An event-sourced aggregate. */
export interface AggregateAnswer {
  readonly name: string;
  readonly service: string;
  readonly events: readonly string[];
}

/** A read model with one query by its key. */
export interface ProjectionAnswer {
  readonly name: string;
  readonly service: string;
  readonly from: readonly string[];
  readonly key: string;
}

export interface StepAnswer {
  readonly name: string;
  readonly command: string;
  readonly success: string;
  readonly failure: string | null;
  readonly compensate: string | null;
}

/** An orchestrated saga. */
export interface SagaAnswer {
  readonly name: string;
  readonly coordinator: string;
  readonly starts: string;
  readonly steps: readonly StepAnswer[];
  /** The events that tell how it ended. */
  readonly completes: string | null;
  readonly aborts: string | null;
}

export interface Answers {
  readonly name: string;
  readonly description: string | null;
  readonly locale: Locale;
  readonly needs: readonly string[];
  /** A rate such as `500/s`. */
  readonly volume: string | null;
  readonly delivery: Delivery;
  readonly ordering: Ordering;
  /** A duration or `forever`. */
  readonly retention: string;
  readonly compatibility: Compatibility;
  readonly broker: string;
  readonly outbox: boolean;
  readonly idempotency: Idempotency;
  readonly events: readonly EventAnswer[];
  readonly aggregates: readonly AggregateAnswer[];
  readonly projections: readonly ProjectionAnswer[];
  readonly sagas: readonly SagaAnswer[];
}

/** Answers without which there is no spec; `--yes` takes the defaults for these too. */
export const needed = ['name', 'broker', 'events'] as const;

/** What is taken for an answer that is not given: the safe choices, and one event to start from. */
export const defaultAnswers: Answers = {
  name: 'My system',
  description: null,
  locale: 'en',
  needs: [],
  volume: null,
  delivery: 'at-least-once',
  ordering: 'per-key',
  retention: '7d',
  compatibility: 'backward',
  broker: 'kafka',
  outbox: true,
  idempotency: 'inbox',
  events: [
    {
      name: 'order.created',
      kind: 'integration',
      fields: { orderId: 'uuid', total: 'number' },
      key: 'orderId',
      publisher: 'order-service',
      consumers: ['notification-service'],
    },
  ],
  aggregates: [],
  projections: [],
  sagas: [],
};

/** Lists the services that events name, in order of first mention. */
export function servicesOf(events: readonly EventAnswer[]): readonly string[] {
  return [
    ...new Set(
      events.flatMap(({ publisher, consumers }) => [
        ...(publisher === null ? [] : [publisher]),
        ...consumers,
      ]),
    ),
  ];
}
