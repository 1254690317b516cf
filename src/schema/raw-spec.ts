// The spec as its author wrote it, once the schema has passed it: short forms and long forms.
// Invariant: mirrors `schemas/event-arch.schema.json`; the cast from a checked value happens in `validate-source.ts` alone.
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Locale } from '../core/locale.ts';

export type RawMap<T> = Readonly<Record<string, T>>;
/** A word, or the word with its justification. */
export type RawChoice =
  string | { readonly choice: string; readonly because?: string };
export type RawList = string | readonly string[];
export type RawFields = RawMap<RawField>;
export type RawField =
  | string
  | {
      readonly type: string;
      readonly pii?: boolean;
      readonly description?: string;
    };

/** JSON Schema in place of fields, alone or with a description. */
export interface RawHeaderSchema {
  readonly schema: JsonObject;
  readonly description?: string;
}

export interface RawSpec {
  readonly eventArch?: 1;
  readonly name?: string;
  readonly description?: string;
  readonly locale?: Locale;
  readonly documentsUrl?: string;
  readonly include?: RawList;
  readonly context?: {
    readonly needs?: readonly string[];
    readonly volume?: string;
    readonly description?: string;
  };
  readonly guarantees?: RawGuarantees;
  readonly broker?: string | RawBroker;
  readonly eventStore?:
    string | { readonly kind: string; readonly because?: string };
  readonly environments?: RawMap<RawEnvironment>;
  readonly services?: RawMap<RawService>;
  readonly types?: RawMap<string | JsonObject>;
  readonly events?: RawMap<RawEvent>;
  readonly channels?: RawMap<RawChannel>;
  readonly publishers?: RawMap<readonly string[] | RawPublisher>;
  readonly consumers?: RawMap<readonly string[] | RawConsumer>;
  readonly requests?: RawMap<RawRequest>;
  readonly aggregates?: RawMap<RawAggregate>;
  readonly projections?: RawMap<RawProjection>;
  readonly queries?: RawMap<RawQuery>;
  readonly sagas?: RawMap<RawSaga>;
}

export interface RawGuarantees {
  readonly delivery?: RawChoice;
  readonly ordering?: RawChoice;
  readonly retention?: RawChoice;
  readonly compatibility?: RawChoice;
}

export interface RawBroker {
  readonly kind: string;
  readonly version?: string;
  readonly options?: JsonObject;
  readonly because?: string;
}

export interface RawEnvironment {
  readonly replication?: number;
  readonly minInSync?: number;
  readonly hosts?: readonly string[];
  readonly because?: string;
}

export interface RawService {
  readonly description?: string;
  readonly owner?: string;
  readonly context?: string;
  readonly database?: string;
  readonly external?: boolean;
}

export interface RawPayload {
  readonly payload?: RawFields;
  readonly schema?: JsonObject | boolean;
}

export interface RawEvent extends RawPayload, RawGuarantees {
  readonly type?: 'domain' | 'integration' | 'command';
  readonly description?: string;
  readonly aggregate?: string;
  readonly key?: RawList;
  readonly once?: 'per-key';
  readonly version?: number;
  readonly tags?: readonly string[];
  readonly volume?: {
    readonly rate: string;
    readonly peak?: string;
    readonly size?: string;
    readonly because?: string;
  };
  readonly versions?: RawMap<RawPayload & { readonly deprecated?: string }>;
  readonly headers?: RawFields | RawHeaderSchema;
  readonly example?: JsonValue;
  readonly examples?: readonly JsonValue[];
  readonly public?: boolean;
  readonly queue?: string;
  readonly because?: string;
}

export interface RawChannel {
  readonly description?: string;
  readonly events?: readonly string[];
  readonly partitions?: number;
  readonly retention?: RawChoice;
  readonly compaction?: boolean;
  readonly because?: string;
}

export interface RawPublisher {
  /** Without it, the service publishes what follows from aggregates and sagas. */
  readonly publishes?: readonly string[];
  readonly outbox?: boolean;
  readonly changesState?: boolean;
  readonly because?: string;
}

export interface RawRetry {
  readonly attempts?: number;
  readonly backoff?: 'fixed' | 'exponential';
  readonly first?: string;
  readonly max?: string;
  readonly mode?: 'blocking' | 'non-blocking';
  readonly because?: string;
}

export interface RawSubscription {
  readonly description?: string;
  readonly handler?: string;
  readonly group?: string;
  readonly instances?: number;
  readonly concurrency?: number;
  readonly processing?: string;
  readonly retry?: RawRetry;
  readonly deadLetter?: boolean;
  readonly idempotency?: 'inbox' | 'natural' | 'none';
  readonly delivery?: RawChoice;
  readonly ordering?: RawChoice;
  readonly because?: string;
}

export interface RawConsumer extends Omit<
  RawSubscription,
  'handler' | 'group'
> {
  readonly subscribes:
    | readonly string[]
    | RawMap<RawSubscription | readonly RawSubscription[] | null>;
}

export interface RawRequest {
  readonly description?: string;
  readonly requester: string;
  readonly responder: string;
  readonly timeout?: string;
  readonly request: RawFields;
  readonly reply: RawFields;
  readonly because?: string;
}

export interface RawAggregate {
  readonly description?: string;
  readonly service: string;
  readonly storage?: 'event-sourced' | 'state';
  readonly snapshotEvery?: number;
  readonly states?: readonly string[];
  readonly commands?: RawMap<RawAggregateCommand>;
  readonly because?: string;
}

export interface RawAggregateCommand {
  readonly description?: string;
  readonly from?: RawList;
  readonly to?: string;
  readonly emits: RawList;
  readonly input?: RawFields;
}

export interface RawProjection {
  readonly description?: string;
  readonly service: string;
  readonly from: RawList;
  readonly key: string;
  readonly fields: RawFields;
  readonly staleness?: string;
  readonly because?: string;
}

export interface RawQuery {
  readonly description?: string;
  readonly projection: string;
  readonly by?: RawList;
  readonly sort?: string;
}

export interface RawSaga {
  readonly description?: string;
  readonly style?: 'orchestration' | 'choreography';
  readonly coordinator?: string;
  readonly starts: string;
  readonly correlation?: RawList;
  readonly timeout?: string;
  readonly steps: readonly RawSagaStep[];
  readonly completes?: string;
  readonly aborts?: string;
  readonly because?: string;
}

export interface RawSagaStep {
  readonly name: string;
  readonly description?: string;
  readonly command?: string;
  readonly on?: string;
  readonly success: string;
  readonly failure?: string;
  readonly compensate?: string;
  readonly undo?: RawChoice;
  readonly timeout?: string;
}
