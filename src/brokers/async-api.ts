// What AsyncAPI needs to know of a broker: how it is reached, and where messages are sent to and received from.
// A broker describes its own topology here, so that the AsyncAPI target knows none.
import type { JsonObject } from '../core/json.ts';
import type {
  ConsumerGroup,
  Event,
  Publication,
  RequestReply,
} from '../model/model.ts';

/** One place that messages are sent to or received from: a topic, a routing key, a queue. */
export interface AsyncApiChannel {
  /** Its key in the document; one channel has one key, and two channels have two. */
  readonly key: string;
  /** Null when it is known only at run time, as a reply queue. */
  readonly address: string | null;
  readonly description: string;
  /** Parameters of the address by name; empty for most. */
  readonly parameters: JsonObject;
  readonly bindings: JsonObject;
}

export interface AsyncApiReply {
  readonly channel: AsyncApiChannel;
  /** Runtime expression for where the request says its reply goes; null when the reply channel has a fixed address. */
  readonly addressLocation: string | null;
  /** Header that ties a reply to its request. */
  readonly correlationHeader: string;
}

/** Everything that is said of a broker in an AsyncAPI document; made once per model. */
export interface AsyncApiWiring {
  /** Of AsyncAPI's list: `kafka`, `kafka-secure`, `amqp`. */
  readonly protocol: string;
  readonly protocolVersion: string;
  /** Path of the server's address, such as the virtual host; null without one. */
  readonly pathname: string | null;
  /** How clients prove who they are. Never a secret. */
  readonly security: JsonObject;
  /** Schemas of the headers that every event carries for the broker's sake, by name. */
  readonly headers: JsonObject;
  readonly sendTo: (event: Event) => AsyncApiChannel;
  readonly receiveFrom: (group: ConsumerGroup) => readonly {
    readonly channel: AsyncApiChannel;
    readonly events: readonly string[];
  }[];
  readonly requestTo: (request: RequestReply) => AsyncApiChannel;
  readonly replyFrom: (request: RequestReply) => AsyncApiReply;
  readonly sendBindings: (publication: Publication) => JsonObject;
  readonly receiveBindings: (group: ConsumerGroup) => JsonObject;
  readonly answerBindings: (request: RequestReply) => JsonObject;
  /** `key` is the schema of the message's key as text; null for a message without one. */
  readonly messageBindings: (
    name: string,
    key: JsonObject | null,
  ) => JsonObject;
}
