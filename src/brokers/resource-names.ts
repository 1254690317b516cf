// The names that a design has on a broker, for documents and runbooks; each broker makes them as its configuration does.
import type { Channel, ConsumerGroup } from '../model/model.ts';

/** A place where failed messages are parked, and where they are put back. */
export interface ParkedMessages {
  readonly name: string;
  readonly returnsTo: string;
  /** `spread`: put back through what shares messages out by key; `direct`: into the one place that they came from. */
  readonly way: 'direct' | 'spread';
}

export interface ResourceNames {
  /** What carries a channel's events: a topic, an exchange. */
  readonly channel: (channel: Channel) => string;
  /** What keeps a group's position: a consumer group's id, one or several queues. */
  readonly positions: (group: ConsumerGroup) => readonly string[];
  /** What the names of everything that is made for a group begin with. */
  readonly stem: (group: ConsumerGroup) => string;
  /** Where what a group gave up is kept; empty when nothing keeps it. */
  readonly parked: (group: ConsumerGroup) => readonly ParkedMessages[];
  /** Where failed messages of a group wait for their next attempt. */
  readonly waiting: (group: ConsumerGroup) => readonly string[];
  /** The user that a service logs in as. */
  readonly user: (service: string) => string;
  /** Who puts parked messages back: a consumer group, a shovel. */
  readonly replayer: (group: ConsumerGroup) => string;
}
