// What `plan` and `apply` need of a broker: what is wanted there, how to reach it, read it and change it.
import type { HttpFetch } from '../core/http.ts';
import type { JsonValue } from '../core/json.ts';
import type {
  BrokerResource,
  DesiredState,
  LiveResource,
} from '../brokers/resource.ts';
import type { Environment, Model } from '../model/model.ts';
import type { Change, Drift, Stranger } from './diff-resources.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** A variable of the process's environment that a deployer reads. */
export interface Variable {
  readonly name: string;
  readonly meaning: string;
}

/** A user of the design and the variable that holds the password. */
export interface Login {
  readonly user: string;
  readonly variable: string;
}

/** What names a live thing. */
export type Named = Pick<LiveResource, 'kind' | 'name'>;

/** One live broker, or the part of it that a design lives in. */
export interface LiveBroker {
  /** What and where, e.g. `RabbitMQ 3.13.7 at http://localhost:15672, virtual host "shop"`. */
  readonly title: string;
  /** What a person should know before changing anything, one sentence each. */
  readonly notices: readonly string[];
  /** Reads everything that the design could be compared with. Throws: `HostError`. */
  readonly read: () => Promise<readonly LiveResource[]>;
  /** Makes the changes in the order given, and tells each when it is done; doing one twice changes nothing. Throws: `HostError`. */
  readonly make: (
    changes: readonly Change[],
    tell: (change: Change) => void,
  ) => Promise<void>;
  /** Counts the messages that these hold, by `kind/name`; what can hold none is left out. Throws: `HostError`. */
  readonly held: (
    resources: readonly Named[],
  ) => Promise<ReadonlyMap<string, number>>;
  /** Kinds that this login may not look at: they are not compared, and nothing can be applied. */
  readonly unseen: readonly string[];
  /** Removes one thing, with what it holds only where that is wanted. Throws: `HostError`, also when it holds messages. */
  readonly remove: (
    resource: Named,
    how: { readonly withMessages: boolean },
  ) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a design comes to in one environment. */
export interface Deployment {
  readonly state: DesiredState;
  /** What does not hold together, found without a broker; empty for every design that the checks let through. */
  readonly faults: readonly string[];
  readonly logins: readonly Login[];
  /** Drops differences that are only the consequence of another one in the list. */
  readonly refine: (drifts: readonly Drift[]) => readonly Drift[];
}

export interface Deployer {
  /** A registered broker's name. */
  readonly broker: string;
  /** What `--url` takes, e.g. `http://host:15672`, and the variable that stands in for it. */
  readonly address: Variable;
  /** Credentials and what else is read from the process's environment; passwords of users come on top. */
  readonly variables: readonly Variable[];
  /**
   * Where and how `--env one-node` finds the broker of the generated compose project, which holds one copy of everything;
   * null where no such environment is offered.
   */
  readonly oneNode: {
    readonly hosts: readonly string[];
    /** What stands in for variables that are not set. */
    readonly variables: Variables;
  } | null;
  /** Whether a user whose password is not given can be left out, because it may be known otherwise (certificates). */
  readonly canSkipUsers: boolean;
  readonly deploy: (model: Model, environment: Environment) => Deployment;
  /** Connects. Throws: `HostError` with what was tried. */
  readonly connect: (
    place: ConnectionPlace,
    deployment: Deployment,
  ) => Promise<LiveBroker>;
  /** What a change does to those who use the thing now; null when nothing. */
  readonly caution: (change: Change) => string | null;
  /** How to bring about a setting that cannot be changed in place, one imperative sentence. */
  readonly remedy: (
    resource: BrokerResource,
    key: string,
    live: JsonValue,
  ) => string;
  /** What to do about a right of a stranger, one sentence or two. */
  readonly strangerRemedy: (stranger: Stranger) => string;
  /** What to know before something too many is deleted, sentences; null when nothing. */
  readonly farewell: (extra: LiveResource) => string | null;
  /** Which kinds `--delete` takes. */
  readonly removable: readonly string[];
}

/** Authorities that a person named, and a client that trusts them. */
export interface Trust {
  /** PEM texts, the usual authorities first. */
  readonly authorities: readonly string[];
  readonly fetch: HttpFetch;
}

export interface ConnectionPlace {
  /** As given by the person. */
  readonly url: string;
  readonly variables: Variables;
  readonly model: Model;
  /** Null where the usual authorities do. */
  readonly trust: Trust | null;
  /** Loads an optional package; null when it is not installed. */
  readonly loadPeer: (name: string) => Promise<unknown>;
}
