// What Kafka refuses, or takes and then does not do.
import { defineDiagnostics } from '../../core/catalogue.ts';
import type { Catalogue } from '../../core/catalogue.ts';

const entries = {
  'kafka-unknown-version': {
    severity: 'error',
    message: 'Kafka {version} is not one of the versions {known}',
    hint: 'Set broker.version to the newest of them that is not newer than your cluster.',
    why: 'The version decides what is generated. For a version outside the list the tool would guess.',
  },
  'kafka-name-too-long': {
    severity: 'error',
    message: 'topic "{name}" has {length} characters and Kafka takes {limit}',
    hint: 'Shorten the name of the event, channel or group that it is made of.',
    why: 'Kafka refuses longer topic names. Retry and dead-letter topics carry the names of their channel and group.',
  },
  'kafka-name-collision': {
    severity: 'error',
    message: 'topics "{first}" and "{second}" are one name in {place}',
    hint: 'Use one separator in names, "." or "_" or "-", and rename one of the two.',
    why: 'Kafka writes "." as "_" in metric names and refuses a topic that collides; Kubernetes names know no "_". Two topics of one name would also share their messages.',
  },
  'kafka-user-collision': {
    severity: 'error',
    message: '"{first}" and "{second}" share {place}',
    hint: 'Rename one of the two, or choose another operatorPrincipal or exporterPrincipal.',
    why: 'Each service logs in as a user of its own with a password of its own. Users who share either share their rights.',
  },
  'kafka-reserved-header': {
    severity: 'error',
    message: 'event "{event}" declares the header "{header}", {use}',
    hint: 'Name the header otherwise, or leave it out.',
    why: 'Every publisher sets content-type, by which readers know the CloudEvents envelope; others are set when a message is retried. A header of such a name would be overwritten.',
  },
  'kafka-min-in-sync-all': {
    severity: 'warning',
    message:
      'environment "{environment}" needs all {replication} copies in sync for every write',
    hint: 'Set minInSync to one less than replication.',
    why: 'The first broker that fails or restarts stops all publishing.',
  },
  'kafka-min-in-sync-one': {
    severity: 'warning',
    message:
      'environment "{environment}" confirms writes that only one of {replication} copies has',
    hint: 'Set minInSync to 2 or more.',
    why: 'The in-sync set may shrink to the leader. A write that it alone confirmed is lost with it, although acks=all was asked for.',
  },
  'kafka-compaction-without-key': {
    severity: 'error',
    message: 'channel "{channel}" is compacted but event "{event}" has no key',
    hint: 'Give the event a key, or turn compaction off.',
    why: 'Kafka refuses a message without a key on a compacted topic.',
  },
  'kafka-compacted-store': {
    severity: 'error',
    message:
      'channel "{channel}" is the event store of aggregate "{aggregate}" and is compacted',
    hint: 'Turn compaction off for this channel.',
    why: 'Compaction keeps the last event of each key and destroys the history from which the aggregate is rebuilt.',
  },
  'kafka-too-many-partitions': {
    severity: 'error',
    message:
      'channel "{channel}" asks for {partitions} partitions, and at most {most} are given: {formula}',
    hint: 'Correct the rates and sizes of its events, "processing" or the instances of its consumers, set "partitions" of the channel to at most {most}, or spread its events over several channels.',
    why: 'Each partition costs files, memory and replication traffic on every broker that keeps a copy, and time at each failover. Ten thousand for one topic are more than most clusters carry in all.',
  },
  'kafka-idle-consumers': {
    severity: 'warning',
    message:
      'group "{group}" runs {consumers} consumers on {partitions} partitions of "{channel}"',
    hint: 'Raise the partitions, or run fewer instances.',
    why: 'At most one consumer of a group reads a partition; the others do nothing.',
  },
  'kafka-group-protocol': {
    severity: 'error',
    message: 'groupProtocol "consumer" is not to be had with {what}',
    hint: '{alternative}',
    why: 'KIP-848 is ready for use from Kafka 4.0, and its client side is in @platformatic/kafka and the Java client but not in kafkajs.',
  },
  'kafka-mixed-retry-delays': {
    severity: 'warning',
    message:
      'group "{group}" retries with different delays on one topic; all wait for the longest ({delay})',
    hint: 'Give these subscriptions the same retry, or groups of their own.',
    why: 'A retry topic is read in order: a message that waits for long holds up those behind it.',
  },
} as const;

/** Diagnostics of Kafka, `broker/kafka-*`. */
export const kafkaDiagnostics: Catalogue<typeof entries> = defineDiagnostics(
  'broker',
  entries,
);
