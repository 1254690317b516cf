// What a broker says of a design for people: facts in the broker's own terms, which the documents print in their language.
import type {
  Channel,
  ConsumerGroup,
  Environment,
  RequestReply,
} from '../model/model.ts';
import type { Retention } from '../model/settings.ts';

/** One fact: a key of the broker's words (`templates/document/<broker>/*.words.json`), and what is put into its sentence. */
export interface Fact {
  readonly key: string;
  readonly parameters: Readonly<
    Record<string, string | number | readonly string[]>
  >;
}

/** Columns that a broker adds to a table. */
export interface Columns<T> {
  /** Keys of the broker's words; all brokers' tables begin with columns that need no broker. */
  readonly heads: readonly string[];
  /** Invariant: one cell for each head; a cell's facts are told one after the other. */
  readonly cells: (of: T) => readonly (readonly Fact[])[];
}

/** What can fail, and what then happens. */
export interface Failure {
  readonly failure: Fact;
  readonly effect: Fact;
}

export interface Description {
  readonly channels: Columns<Channel>;
  readonly groups: Columns<ConsumerGroup>;
  readonly requests: Columns<RequestReply>;
  /** Where a channel's events can still be read after they were handled; null when nothing keeps them. */
  readonly history: (channel: Channel) => string | null;
  /** How long a message of a channel is there for a consumer that is away. */
  readonly retention: (channel: Channel) => Retention;
  /** What may end the wait of a message before its retention does; empty where nothing does. */
  readonly bound: readonly Fact[];
  /** What the broker does when the consumers of a group stay away; null where it only waits. */
  readonly away: (group: ConsumerGroup) => Failure | null;
  /** Events of a channel that the broker drops until somebody outside this design has asked for them. */
  readonly dropped: (channel: Channel) => readonly string[];
  /** How long the broker has a message of a channel, handled or not; dead letters aside. */
  readonly keeps: (channel: Channel) => readonly Fact[];
  /** How many copies have to be in reach in an environment for work to go on. */
  readonly copiesNeeded: (environment: Environment) => number;
  /** Queues that have one copy however many the environment has. */
  readonly unreplicated: readonly string[];
  /** What commands for people need beside the names, by placeholder, each one word or shell-safe text before quoting. */
  readonly commandParameters: Readonly<Record<string, string>>;
}

/** Makes a fact. */
export function fact(key: string, parameters: Fact['parameters'] = {}): Fact {
  return { key, parameters };
}
