// What can be wrong with a spec's references and meaning.
import { defineDiagnostics } from '../core/catalogue.ts';

export const resolveDiagnostics = defineDiagnostics('resolve', {
  'unknown-event': {
    severity: 'error',
    message: '{where} names the event "{name}", which is not defined',
    hint: '{advice}',
    why: 'A participant tied to an event that does not exist would publish or wait for nothing.',
  },
  'unknown-type': {
    severity: 'error',
    message:
      '{where} has the type "{name}", which is neither built in nor defined under "types"',
    hint: '{advice}',
    why: 'Every payload compiles to JSON Schema, which needs each type that it names.',
  },
  'bad-type': {
    severity: 'error',
    message: '{where} has the type "{text}", which cannot be read: {reason}',
    hint: '{advice}',
    why: 'The shorthand is a closed little language, so that a slip is seen here and not in a consumer.',
  },
  'recursive-type': {
    severity: 'error',
    message: 'the type "{name}" is made of itself: {path}',
    hint: 'Make one field of the circle optional, nullable or a list.',
    why: 'No finite payload could ever satisfy such a type.',
  },
  'near-service': {
    severity: 'warning',
    message:
      '{where} names the service "{name}", which is not among "services"',
    hint: 'Did you mean "{near}"? If not, describe "{name}" under "services".',
    why: 'A mistyped service name makes a new service: its events would reach a participant that nobody runs.',
  },
  'unknown-state': {
    severity: 'error',
    message:
      'command "{command}" of aggregate "{aggregate}" names the state "{name}", which is not one of its states',
    hint: '{advice}',
    why: 'The state machine is generated from the states listed.',
  },
  'unreachable-state': {
    severity: 'error',
    message:
      'no command of aggregate "{aggregate}" leads to its state "{name}"',
    hint: 'Add a command with "to: {name}" that starts from a reachable state, or remove the state.',
    why: 'A state that nothing leads to is dead design, or the sign of a missing command.',
  },
  'unknown-projection': {
    severity: 'error',
    message:
      'query "{query}" reads the projection "{name}", which is not defined',
    hint: '{advice}',
    why: 'A query is answered from a read model.',
  },
  'unknown-field': {
    severity: 'error',
    message: '{where} names the field "{name}", which {owner} does not have',
    hint: '{advice}',
    why: 'Keys, correlations, queries and sorting read a field, so the field has to be there.',
  },
  'key-not-in-payload': {
    severity: 'error',
    message: 'the key "{key}" of {owner} is not a field of its payload',
    hint: '{advice}',
    why: 'The broker orders and partitions by the key, which is read from the payload.',
  },
  'key-optional': {
    severity: 'error',
    message: 'the key "{key}" of {owner} is an optional field',
    hint: '{advice}',
    why: 'A message without a key goes to any partition, so the order of its aggregate is lost; a row without one cannot be found.',
  },
  'key-may-be-null': {
    severity: 'error',
    message: 'the key "{key}" of {owner} may be null',
    hint: 'Take null away from the type of {what}, or key by a field that every message has.',
    why: 'Null is no text: a message whose key is null goes to any partition, so the order of what it is about is lost.',
  },
  'key-without-text': {
    severity: 'error',
    message: '{what} is {kind}, which has no one text',
    hint: '{advice}',
    why: 'Partitions, queues and rows are found by the text of the key. What has no one text gives one thing several keys, or several things one.',
  },
  'key-needed': {
    severity: 'error',
    message: 'event "{event}" is to be ordered {ordering}, but has no key',
    hint: 'Add "key: <field>" to the event, or "ordering: none" where its order does not matter.',
    why: 'Order per key needs a key: it decides the partition or queue in which order holds.',
  },
  'command-unhandled': {
    severity: 'error',
    message: 'nobody handles the command "{command}"',
    hint: 'Subscribe exactly one service to "{command}" under "consumers".',
    why: 'A command asks one consumer to act; without it the message waits in its queue for ever.',
  },
  'command-shared': {
    severity: 'error',
    message:
      'the command "{command}" is handled by {count} subscriptions: {who}',
    hint: 'Leave one consumer, or make it an event (type: integration) when several may react.',
    why: 'A command travels point-to-point. With several consumers it is not known which one acts.',
  },
  'command-on-aggregate': {
    severity: 'error',
    message:
      'the command "{command}" names the aggregate "{aggregate}", but commands are not part of an aggregate\'s history',
    hint: 'Remove "aggregate" from the command; it travels through its own queue.',
    why: 'An aggregate is rebuilt from its events. A command is a request that may be refused.',
  },
  'queue-of-event': {
    severity: 'error',
    message: 'event "{event}" has a "queue", which only commands have',
    hint: 'Make it "type: command", or group it with "channels".',
    why: 'A queue is point-to-point; events are published to every subscriber.',
  },
  'unknown-aggregate': {
    severity: 'error',
    message:
      'event "{event}" belongs to the aggregate "{name}", which is not under "aggregates"',
    hint: 'Did you mean "{near}"?',
    why: 'Events of one aggregate share a channel. A mistyped aggregate breaks the order that the channel keeps.',
  },
  'event-in-two-channels': {
    severity: 'error',
    message: 'event "{event}" is in the channels "{first}" and "{second}"',
    hint: 'Leave it in one of them.',
    why: 'An event has one channel; published to two, its order and its position would mean nothing.',
  },
  'channel-name-taken': {
    severity: 'error',
    message: '"{name}" would name the channels of {first} and of {second}',
    hint: 'Give one of them another name, under "channels" or with "queue".',
    why: 'Two channels of one name are one topic or exchange on the broker.',
  },
  'queue-over-groups': {
    severity: 'error',
    message:
      'the commands of queue "{queue}" are handled in several groups: {groups}',
    hint: 'Let one service handle all commands of queue "{queue}" without "group", or give each command a queue of its own.',
    why: 'Each message of a queue goes to one consumer. Consumers of two kinds would take the commands of each other.',
  },
  'channel-empty': {
    severity: 'error',
    message: 'the channel "{name}" carries no event',
    hint: '{advice}',
    why: 'The settings of a channel that carries nothing have no effect, so the design does not say what it seems to say.',
  },
  'publishes-nothing': {
    severity: 'error',
    message: 'publisher "{service}" publishes no event',
    hint: '{advice}',
    why: 'The settings of a publisher that publishes nothing have no effect, so the design does not say what it seems to say.',
  },
  'command-in-channel': {
    severity: 'error',
    message:
      'the channel "{channel}" groups the command "{command}" with other events',
    hint: 'Leave the command out: it has a queue of its own.',
    why: 'A command is point-to-point. In a shared channel every subscriber would receive it.',
  },
  'pattern-without-match': {
    severity: 'error',
    message: 'the pattern "{pattern}" of {who} matches no event',
    hint: '{advice}',
    why: 'A subscription that matches nothing receives nothing. "*" stands for exactly one word, "#" for any number.',
  },
  'repeated-subscription': {
    severity: 'error',
    message:
      'service "{service}" subscribes twice to "{pattern}" in the group "{group}"',
    hint: 'Give each subscription its own "group", or merge the two.',
    why: 'Two subscriptions that share a position cannot both receive the message.',
  },
  'group-of-two-services': {
    severity: 'error',
    message:
      'the group "{group}" is used by the services "{first}" and "{second}"',
    hint: 'Give each service its own group.',
    why: 'Members of one group share the messages among them, so each service would miss a part.',
  },
  'group-with-two-deliveries': {
    severity: 'error',
    message: 'the group "{group}" mixes {deliveries} delivery',
    hint: 'Give the subscriptions with a delivery of their own a "group" of their own.',
    why: 'A group has one position, committed before or after handling; it cannot be both.',
  },
  'exactly-once-unavailable': {
    severity: 'error',
    message: '"exactly-once" cannot be had for {where}: {reason}',
    hint: 'Use "delivery: at-least-once" with "idempotency: inbox" (or natural), which has the same effect.',
    why: 'Exactly-once delivery exists only from consuming to producing inside one Kafka cluster, in a transaction. Effects outside it can be repeated by a crash.',
  },
  'example-refused': {
    severity: 'error',
    message: 'the example of {where} is refused by its payload: {reason}',
    hint: '{advice}',
    why: 'Examples are published with the schema and used in tests; a wrong one misleads every reader.',
  },
  'example-unchecked': {
    severity: 'info',
    message:
      'the example of {where} is not checked: whether "{pattern}" is found in it cannot be told in bounded time',
    hint: 'Write the expression without references backwards such as "\\1", or with smaller counts, or shorten the example.',
    why: 'An expression of which some texts take for ever is not run. One with references backwards, or of many states for a long text, is left out, and with it the example.',
  },
  'schema-not-found': {
    severity: 'error',
    message: '"{ref}" in {where} {reason}',
    hint: '{advice}',
    why: 'A payload whose schema cannot be read cannot be checked, published or compiled.',
  },
  'schema-invalid': {
    severity: 'error',
    message: 'the schema of {where} is not valid JSON Schema: {reason}',
    hint: 'Correct it at {place}; the dialect is draft 2020-12.',
    why: 'The schema is published and compiled into validators, where it would fail at run time.',
  },
  'schema-draft': {
    severity: 'error',
    message: '{where} cannot be read: {reason} (at {place})',
    hint: '{advice}',
    why: 'The drafts of JSON Schema give some words different meanings, and a guess would accept what the author refuses.',
  },
  'schema-keyword-ignored': {
    severity: 'warning',
    message: '{where} says something without meaning: {reason} (at {place})',
    hint: '{advice}',
    why: 'A validator passes over such words without a sound, so payloads are accepted that the author meant to refuse.',
  },
  'payload-and-schema': {
    severity: 'error',
    message: '{where} has both "payload" and "schema"',
    hint: 'Keep one of the two.',
    why: 'Both say what the payload is, and they could say different things.',
  },
  'once-without-key': {
    severity: 'error',
    message: 'event "{event}" is published once per key, but has no key',
    hint: 'Add "key: <field>" to event "{event}", or leave "once" out.',
    why: '"once: per-key" says that no two messages have the same key.',
  },
  'aggregate-changes-state': {
    severity: 'error',
    message:
      'publisher "{service}" changes no state, but "{event}" tells a change of aggregate "{aggregate}"',
    hint: 'Leave "changesState" out, or take "aggregate: {aggregate}" from event "{event}".',
    why: 'An event of an aggregate is published because the state of the aggregate changed. Both are committed together or one of them can be missing.',
  },
  'version-not-older': {
    severity: 'error',
    message:
      'version {older} of event "{event}" is listed as older, but the current version is {current}',
    hint: 'Raise "version" above {older}, or remove the entry.',
    why: '"versions" keeps the payloads that came before the current one.',
  },
  'saga-outcome-unpublished': {
    severity: 'error',
    message:
      'step "{step}" of saga "{saga}" waits for "{event}", which nobody publishes',
    hint: '{advice}',
    why: 'The saga would wait until its timeout, every time.',
  },
  'saga-start-unpublished': {
    severity: 'error',
    message: 'saga "{saga}" starts on "{event}", which nobody publishes',
    hint: 'Add "{event}" to what a service publishes, or start the saga on another event.',
    why: 'A saga that nothing starts never runs.',
  },
  'saga-needs-coordinator': {
    severity: 'error',
    message: 'saga "{saga}" is orchestrated, but has no "coordinator"',
    hint: 'Name the service that runs it with "coordinator:", or write "style: choreography".',
    why: 'An orchestrated saga is a state machine that one service keeps.',
  },
  'saga-undo-contradicted': {
    severity: 'error',
    message:
      'step "{step}" of saga "{saga}" has "undo: none" and is compensated by "{compensate}"',
    hint: 'Keep "undo: none" when there is nothing to undo, else "compensate: {compensate}".',
    why: 'The two say the opposite: that nothing is left to undo, and what undoes it.',
  },
  'saga-step-incomplete': {
    severity: 'error',
    message:
      'step "{step}" of saga "{saga}" lacks "{property}", which {style} needs',
    hint: '{advice}',
    why: 'Orchestration sends a command in each step; in a choreography each step reacts to an event.',
  },
  'not-a-command': {
    severity: 'error',
    message: '{where} sends "{event}", which is not a command',
    hint: '{advice}',
    why: 'Orchestration asks one participant to act. An event tells what happened and expects nothing.',
  },
  'is-a-command': {
    severity: 'error',
    message: '{where} waits for "{event}", which is a command',
    hint: 'Name the event that tells the outcome.',
    why: 'A command asks for something; an outcome is an event.',
  },
  'correlation-missing': {
    severity: 'error',
    message:
      'saga "{saga}" correlates by "{field}", which is no required field of the payload of {events}',
    hint: '{advice}',
    why: 'A message without the correlation field cannot be given to the saga instance it belongs to.',
  },
  'saga-needs-correlation': {
    severity: 'error',
    message:
      'saga "{saga}" has no "correlation", and its starting event "{event}" has no key to take for it',
    hint: 'Name the field that all its messages have with "correlation:", or give the event a key.',
    why: 'Without a field that ties its messages together, no answer can be given to the saga instance that waits for it.',
  },
  'retry-bounds': {
    severity: 'error',
    message:
      'the retry of {where} starts with {first}, which is more than its maximum {max}',
    hint: 'Raise "max", or lower "first".',
    why: 'The first delay is bounded by the longest one.',
  },
  'replication-bounds': {
    severity: 'error',
    message:
      'environment "{environment}" wants {minInSync} copies in sync, but keeps only {replication}',
    hint: 'Lower "minInSync" to at most {replication}, or raise "replication".',
    why: 'No write could ever be confirmed.',
  },
  'snapshot-without-events': {
    severity: 'warning',
    message:
      'aggregate "{aggregate}" takes snapshots, but its storage is "state"',
    hint: 'Set "storage: event-sourced", or remove "snapshotEvery".',
    why: 'A snapshot shortens the replay of events. Stored state is never replayed.',
  },
  'aggregate-without-events': {
    severity: 'error',
    message:
      'command "{command}" of aggregate "{aggregate}" emits "{event}", which belongs to {owner}',
    hint: 'Add "aggregate: {aggregate}" to event "{event}".',
    why: 'An aggregate is rebuilt from its own events, so what its commands emit has to be among them.',
  },
  'repeated-event': {
    severity: 'warning',
    message: '{where} names the event "{event}" twice',
    hint: 'Remove one of the two.',
    why: 'A repeated entry has no meaning of its own, so one of the two is probably a slip.',
  },
} as const);
