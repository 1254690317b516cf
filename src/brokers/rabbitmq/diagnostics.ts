// What RabbitMQ refuses or cannot give, in words.
import { defineDiagnostics } from '../../core/catalogue.ts';
import type { Catalogue, Entries } from '../../core/catalogue.ts';

const entries = {
  'rabbitmq-version': {
    severity: 'error',
    message: 'RabbitMQ version "{version}" is not known: {known} are',
    hint: 'Set broker.version to one of them, in quotes.',
    why: 'The version decides which policy keys and plugins are generated, and RabbitMQ refuses or ignores those that it does not know.',
  },
  'rabbitmq-version-lacks': {
    severity: 'error',
    message: 'RabbitMQ {version} has no {feature}; it came with {since}',
    hint: '{alternative}',
    why: 'A policy with a key that the version does not know fails the whole import, and the same key as a queue argument is accepted and ignored.',
  },
  'rabbitmq-name-too-long': {
    severity: 'error',
    message: '{kind} "{name}" has {bytes} bytes, and RabbitMQ allows 255',
    hint: 'Shorten "{stem}".',
    why: 'Names of exchanges, queues and routing keys are short strings in AMQP 0-9-1. Queues of retries and dead letters append to the name.',
  },
  'rabbitmq-reserved-name': {
    severity: 'error',
    message:
      '{kind} "{name}" begins with "amq.", which RabbitMQ keeps for itself',
    hint: 'Name it otherwise.',
    why: 'Declaring an exchange or queue whose name begins with "amq." is refused with ACCESS_REFUSED.',
  },
  'rabbitmq-name-taken': {
    severity: 'error',
    message: '{kind} "{name}" would be made twice',
    hint: 'Rename one of the two: the names of channels, groups and requests, and the endings .dlq, .retry, .lane, .lanes and .log, share one space.',
    why: 'Exchanges share one namespace and queues another. RabbitMQ silently keeps the first definition of a name, so that two flows would share one queue.',
  },
  'rabbitmq-no-compaction': {
    severity: 'warning',
    message:
      'channel "{channel}" is compacted, and RabbitMQ streams do not compact',
    hint: 'Keep the last state in a read model or a database, or choose Kafka; the stream keeps every message for the retention.',
    why: 'A stream is trimmed by age and size only, so a rebuild reads every message and an old key may be gone.',
  },
  'rabbitmq-handling-exceeds-timeout': {
    severity: 'error',
    message:
      'handling a message of "{subscription}" takes {processing}, but RabbitMQ takes a delivery back after {timeout}',
    hint: 'Set the broker option consumerTimeout well above {processing}, or let the handler only start the work and publish an event when it is done.',
    why: 'When the consumer timeout passes, the broker closes the channel (from 4.3 on it cancels the consumer) and delivers the message again, so it is handled again and again and never acknowledged.',
  },
  'rabbitmq-hold-exceeds-timeout': {
    severity: 'error',
    message:
      'blocking retry of "{subscription}" holds a message for {delay} and {processing} of handling, but RabbitMQ takes a delivery back after {timeout}',
    hint: 'Lower retry.max, set the broker option consumerTimeout above both together, or use mode: non-blocking.',
    why: 'A blocking retry keeps the message unacknowledged while it waits. When the consumer timeout passes, the broker closes the channel (from 4.3 on it cancels the consumer) and delivers the message again, for as long as its handler takes too long.',
  },
  'rabbitmq-even-replication': {
    severity: 'warning',
    message:
      'environment "{environment}" keeps {count} copies, and a quorum needs a majority',
    hint: 'Use {lower} or {upper} copies.',
    why: 'A quorum queue works while a majority of its members does. An even number costs one more copy and survives no more failures; above seven each write waits for too many.',
  },
  'rabbitmq-key-missing-for-lanes': {
    severity: 'warning',
    message:
      'event "{event}" has no key, so all of it goes to one of the {lanes} lanes of "{group}"',
    hint: 'Give the event a key, or its subscription ordering: none.',
    why: 'A lane is chosen by a checksum of the key. What has no key counts as having the same one, so one lane does all the work and the others none.',
  },
  'rabbitmq-reserved-header': {
    severity: 'error',
    message: 'event "{event}" declares the header "{header}", {use}',
    hint: 'Name the header otherwise.',
    why: 'Every publisher sets partitionkey and partition, and lanes are chosen by them; others are set by RabbitMQ, or when a message is retried. A header of such a name would be overwritten, or bring the message elsewhere.',
  },
  'rabbitmq-too-many-lanes': {
    severity: 'error',
    message:
      'group "{group}" asks for {lanes} lanes ({reason}), and at most {most} are laid out',
    hint: '{remedy}, set the broker option hashPartitions to at most {most}, or take "ordering: none", which needs no lanes.',
    why: 'Each lane is a queue that is replicated on its own, with memory, a log and elections on every node that keeps a copy, and a cluster carries some thousands of them for all of its designs together. Work that needs more at once is for a broker with partitions, or for handlers that take many messages at a time.',
  },
  'rabbitmq-fewer-slots-than-lanes': {
    severity: 'error',
    message:
      'option slots is {slots}, but "{group}" has {lanes} lanes, so {idle} of them would never get a message',
    hint: 'Set slots to {lanes} or more, better to twice as many, or leave it out.',
    why: 'Publishers spread keys over the slots, and each slot belongs to one lane. A lane without a slot is a queue that nothing ever reaches.',
  },
} as const satisfies Entries;

/** The diagnostics of the RabbitMQ checks; stage `broker`. */
export const rabbitmqDiagnostics: Catalogue<typeof entries> = defineDiagnostics(
  'broker',
  entries,
);
