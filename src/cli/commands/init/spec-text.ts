// Answers to the text of a spec, with comments for the person who goes on from there.
import {
  commentedYaml,
  type Commented,
  type CommentedEntry,
  type CommentedMap,
} from '../../../render/commented-yaml.ts';
import type { JsonValue } from '../../../core/json.ts';
import type { Answers, EventAnswer } from './answers.ts';
import {
  brokerChoices,
  compatibilities,
  deliveries,
  meaningOf,
  orderings,
  valuesOf,
} from './choices.ts';
import { channelsNode } from './channels-node.ts';
import { consumersNode, publishersNode } from './participants-node.ts';
import {
  aggregatesNode,
  projectionsNode,
  queriesNode,
  sagasNode,
} from './patterns-node.ts';

/** Writes the spec. `schema`: what its first line tells editors to check it by; null leaves the line out. */
export function specText(answers: Answers, schema: string | null): string {
  const header = [
    ...(schema === null
      ? []
      : [`yaml-language-server: $schema=${encodeURI(schema)}`]),
    'Written by event-arch init; it is yours to edit. "event-arch validate" checks it, "event-arch generate" designs from it.',
  ];
  const sections: readonly CommentedEntry[] = [
    property('eventArch', 1),
    property('name', answers.name),
    ...(answers.description === null
      ? []
      : [property('description', answers.description)]),
    property('locale', answers.locale, 'language of the documents: en or fr'),
    ...contextSection(answers),
    section('guarantees', guarantees(answers), [
      'Defaults for every flow. An event or a subscription may say otherwise, and each choice may say why:',
      'delivery: { choice: at-least-once, because: Consumers are idempotent }',
    ]),
    section(
      'broker',
      node({
        kind: [answers.broker, meaningOf(brokerChoices(), answers.broker)],
      }),
      [
        `One of ${valuesOf(brokerChoices()).join(', ')}; "version" and "options" may follow.`,
      ],
    ),
    section('events', eventsNode(answers), [
      'What happens, in the past tense, and commands. "field?" is optional. Types: string integer number boolean uuid date',
      'date-time email uri bytes any, list<T>, map<T>, a | b | c, or a name under "types".',
    ]),
    section('channels', channelsNode(answers), [
      'Events of one thing share a channel, so that their order to each other holds.',
    ]),
    section('publishers', publishersNode(answers), ['Who publishes what.']),
    section('consumers', consumersNode(answers), [
      'Who handles what, and how: also handler, instances, concurrency, processing, retry, deadLetter.',
    ]),
    section('aggregates', aggregatesNode(answers), [
      'Consistency boundaries. "states" and "commands" make a state machine of one:',
      'states: [pending, paid], commands: { pay: { from: pending, emits: order.paid, to: paid } }',
    ]),
    section('projections', projectionsNode(answers), [
      'Read models, kept up to date from events.',
    ]),
    section('queries', queriesNode(answers), ['What the read models answer.']),
    section('sagas', sagasNode(answers), [
      'Processes over several services, with what undoes each step.',
    ]),
  ].filter(
    ({ node: inner }) => inner.kind !== 'map' || inner.entries.length > 0,
  );
  return commentedYaml({ kind: 'map', entries: sections }, header).replace(
    /^eventArch/m,
    'eventArch',
  );
}

const property = (
  key: string,
  value: JsonValue,
  comment: string | null = null,
): CommentedEntry => ({
  key,
  node: { kind: 'value', value, comment },
  above: [],
  hasBlankLineBefore: false,
  isCommentedOut: false,
});

const section = (
  key: string,
  inner: Commented,
  above: readonly string[],
): CommentedEntry => ({
  key,
  node: inner,
  above,
  hasBlankLineBefore: true,
  isCommentedOut: false,
});

/** Makes a map of values, each with a remark. */
function node(
  values: Readonly<Record<string, readonly [JsonValue, string | null]>>,
): CommentedMap {
  return {
    kind: 'map',
    entries: Object.entries(values).map(([key, [value, comment]]) =>
      property(key, value, comment),
    ),
  };
}

function contextSection({ needs, volume }: Answers): readonly CommentedEntry[] {
  if (needs.length === 0 && volume === null) return [];
  const inner = node({
    ...(needs.length > 0 && { needs: [needs, null] as const }),
    ...(volume !== null && { volume: [volume, 'system-wide target'] as const }),
  });
  return [
    section('context', inner, ['What was asked for; printed in the overview.']),
  ];
}

function guarantees(answers: Answers): CommentedMap {
  const { delivery, ordering, retention, compatibility } = answers;
  return node({
    delivery: [delivery, meaningOf(deliveries, delivery)],
    ordering: [ordering, meaningOf(orderings, ordering)],
    retention: [retention, 'how long messages are kept; also "forever"'],
    compatibility: [compatibility, meaningOf(compatibilities, compatibility)],
  });
}

function eventsNode(answers: Answers): CommentedMap {
  return {
    kind: 'map',
    entries: answers.events.map((event) => ({
      ...property(event.name, null),
      node: eventNode(event, answers),
    })),
  };
}

function eventNode(event: EventAnswer, answers: Answers): CommentedMap {
  const { aggregates, ordering } = answers;
  const aggregate = aggregates.find(({ events }) =>
    events.includes(event.name),
  );
  const isRead = answers.projections.some(({ from }) =>
    from.includes(event.name),
  );
  const isForOthers = isUnheard(event, answers);
  const queue = queueOfUndone(event, answers);
  const isUnordered = event.key === null && ordering === 'per-key';
  const facts = node({
    type: [event.kind, null],
    ...(aggregate !== undefined && {
      aggregate: [aggregate.name, null] as const,
    }),
    ...(event.key !== null && {
      key: [event.key, 'orders and partitions'] as const,
    }),
    ...(queue !== null && {
      queue: [
        queue,
        'with the command that it undoes, which it cannot overtake then',
      ] as const,
    }),
    ...(isForOthers && {
      public: [
        true,
        'nobody in this spec handles it: it is for others',
      ] as const,
    }),
    ...(isRead &&
      answers.retention !== 'forever' && {
        retention: ['forever', 'a read model is rebuilt from it'] as const,
      }),
    ...(isUnordered && {
      ordering: ['none', 'it has no key to be ordered by'] as const,
    }),
  });
  const fields = Object.entries(event.fields).map(([name, type]) =>
    property(name, type),
  );
  const payload: Commented =
    fields.length === 0
      ? { kind: 'value', value: {}, comment: null }
      : { kind: 'map', entries: fields };
  return {
    kind: 'map',
    entries: [
      ...facts.entries,
      { ...property('payload', null), node: payload },
    ],
  };
}

/** The queue of the command that an event undoes in a saga, when the same services handle both; null for others. */
function queueOfUndone(
  { name, consumers }: EventAnswer,
  { sagas, events }: Answers,
): string | null {
  const undone = sagas
    .flatMap(({ steps }) => steps)
    .find(({ compensate }) => compensate === name);
  const command = events.find((one) => one.name === undone?.command);
  return command?.consumers.join() === consumers.join() ? command.name : null;
}

/** Published here, and neither subscribed to nor part of a read model or saga. */
function isUnheard(event: EventAnswer, answers: Answers): boolean {
  const { name, kind, consumers, publisher } = event;
  const heard = [
    ...answers.projections.flatMap(({ from }) => from),
    ...answers.sagas.flatMap(({ starts, steps }) => [
      starts,
      ...steps.flatMap(({ success, failure }) => [success, failure]),
    ]),
  ];
  return (
    kind === 'integration' &&
    publisher !== null &&
    consumers.length === 0 &&
    !heard.includes(name)
  );
}
