// Aggregates, read models and sagas of a spec that init writes.
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { camelCase } from '../../../core/text.ts';
import type {
  CommentedEntry,
  CommentedMap,
} from '../../../render/commented-yaml.ts';
import type {
  Answers,
  EventAnswer,
  ProjectionAnswer,
  SagaAnswer,
} from './answers.ts';

type Values = Readonly<Record<string, readonly [JsonValue, string | null]>>;

function named<T extends { readonly name: string }>(
  things: readonly T[],
  values: (thing: T) => Values,
): CommentedMap {
  return {
    kind: 'map',
    entries: things.map((thing) => ({
      ...bare(thing.name),
      node: { kind: 'map', entries: entriesOf(values(thing)) },
    })),
  };
}

const bare = (key: string): CommentedEntry => ({
  key,
  node: { kind: 'value', value: null, comment: null },
  above: [],
  hasBlankLineBefore: false,
  isCommentedOut: false,
});

const entriesOf = (values: Values): readonly CommentedEntry[] =>
  Object.entries(values).map(([key, [value, comment]]) => ({
    ...bare(key),
    node: { kind: 'value', value, comment },
  }));

/** Writes the event-sourced aggregates. */
export function aggregatesNode({ aggregates }: Answers): CommentedMap {
  return named(aggregates, ({ service }) => ({
    service: [service, null],
    storage: [
      'event-sourced',
      'its events are the truth; its state is what they add up to',
    ],
    snapshotEvery: [100, 'events between two snapshots'],
  }));
}

/** Writes the read models: the fields of all their events, optional where one of them lacks it. */
export function projectionsNode({
  projections,
  events,
}: Answers): CommentedMap {
  return named(projections, (projection) => ({
    service: [projection.service, null],
    from: [projection.from, null],
    key: [projection.key, 'one row for each'],
    fields: [columns(projection, events), null],
    staleness: ['2s', 'how old what is read may be'],
  }));
}

function columns(
  { from, key }: ProjectionAnswer,
  events: readonly EventAnswer[],
): JsonObject {
  const read = events.filter(({ name }) => from.includes(name));
  const result: Record<string, string> = {};
  for (const { fields } of read) {
    for (const [field, type] of Object.entries(fields)) {
      const name = field.replace(/\?$/, '');
      const isEverywhere = read.every((event) =>
        Object.hasOwn(event.fields, name),
      );
      const column = isEverywhere || name === key ? name : `${name}?`;
      if (!Object.hasOwn(result, column)) result[column] = type;
    }
  }
  return result;
}

/** Writes one query for each read model, by its key. */
export function queriesNode({ projections }: Answers): CommentedMap {
  const queries = projections.map(({ name, key }) => ({
    name: camelCase(`${name}-by-${key}`),
    projection: name,
    key,
  }));
  return {
    kind: 'map',
    entries: queries.map(({ name, projection, key }) => ({
      ...bare(name),
      node: { kind: 'value', value: { projection, by: key }, comment: null },
    })),
  };
}

/** Writes the sagas. */
export function sagasNode({ sagas }: Answers): CommentedMap {
  return named(sagas, (saga) => ({
    style: [
      'orchestration',
      'the coordinator sends commands and waits for their outcomes',
    ],
    coordinator: [saga.coordinator, null],
    starts: [saga.starts, null],
    timeout: ['1h', 'after which it is given up and undone'],
    steps: [saga.steps.map(stepOf), null],
    ...(saga.completes !== null && {
      completes: [saga.completes, 'tells that all steps succeeded'] as const,
    }),
    ...(saga.aborts !== null && {
      aborts: [saga.aborts, 'tells that it was given up'] as const,
    }),
  }));
}

const stepOf = ({
  name,
  command,
  success,
  failure,
  compensate,
}: SagaAnswer['steps'][number]): JsonObject => ({
  name,
  command,
  success,
  ...(failure !== null && { failure }),
  ...(compensate !== null && { compensate }),
});
