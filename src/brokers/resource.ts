// What is to exist on a broker, in terms that every broker shares: a kind, a name, settings with their reasons.
// Knows no broker: `brokers/<name>/` lowers a model to these, `apply/` compares them with what is live.
import type { JsonValue } from '../core/json.ts';
import type { Pointer } from '../core/pointer.ts';

/**
 * What a live broker lets be changed.
 * `in-place`: any value; `grow-only`: a larger number (Kafka's partitions); `fixed`: only by making the resource anew
 * (RabbitMQ's queue arguments); `elsewhere`: it follows from another thing and is changed there, with nothing lost (the
 * policy that a RabbitMQ queue gets, the nodes that a Kafka partition is copied to).
 */
export type Mutability = 'in-place' | 'grow-only' | 'fixed' | 'elsewhere';

/** One setting, the place in the spec that it follows from, and why, in one sentence. */
export interface ResourceSetting {
  readonly value: JsonValue;
  readonly mutability: Mutability;
  readonly origin: Pointer;
  readonly because: string;
}

/** One thing that is to exist. Kind and name together are its identity; a binding's or ACL's name is its whole text. */
export interface BrokerResource {
  /** In the broker's own words: `topic`, `acl`, `quota`, `queue`, `exchange`, `binding`, `policy`. */
  readonly kind: string;
  readonly name: string;
  /** Only what can be read back from the broker; never a secret. Empty for a thing that merely exists. */
  readonly settings: Readonly<Record<string, ResourceSetting>>;
  readonly origin: Pointer;
  readonly because: string;
}

/** One thing that exists, as read from the broker, with settings spelt as in `BrokerResource`. */
export interface LiveResource {
  readonly kind: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, JsonValue>>;
  /** What shows whose it is, where no setting does; never compared. */
  readonly mark?: string | null;
}

/** Everything that one environment of a design wants of a broker. */
export interface DesiredState {
  /** Invariant: kind and name are unique; in the order in which they have to be created. */
  readonly resources: readonly BrokerResource[];
  /** How a live thing that is not wanted stands to this design. */
  readonly claimOf: (resource: LiveResource) => Claim;
}

/** How a live thing that is not wanted stands to a design. */
export type Claim =
  /** In the design's own names, and so drift. */
  | { readonly kind: 'own' }
  /** Its own, harmful while it stays, and gone without any loss. */
  | { readonly kind: 'dangling'; readonly because: string }
  /** A right of others that reaches what is the design's own, named here: drift that only a person can judge. */
  | {
      readonly kind: 'stranger';
      readonly reaches: string;
      /** Whether it may also reach what is not the design's, so that the design cannot take it away. */
      readonly goesFurther: boolean;
    }
  /** A right of one of the design's users on what is not the design's: told, no drift. */
  | { readonly kind: 'shared' }
  | { readonly kind: 'foreign' };
