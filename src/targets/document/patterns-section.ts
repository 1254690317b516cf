// "Patterns Applied": the checklist of the template, ticked from the spec, each with where it is used.
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { parkedIn } from './handling.ts';
import {
  joinRich,
  say,
  sayCount,
  sayNames,
  word,
  type Parameters,
} from './say.ts';

export interface PatternRow {
  readonly isUsed: boolean;
  readonly name: RichText;
  readonly where: RichText;
}

/** Builds the checklist: the template's four first, then the others that carry this kind of system. */
export function patternsSection(
  context: DocumentContext,
): readonly PatternRow[] {
  const { model } = context;
  const sourced = model.aggregates.filter(
    (one) => one.storage.value === 'event-sourced',
  );
  const outboxed = servicesOf(
    model.publications.filter((one) => one.hasOutbox.value),
  );
  const bare = servicesOf(
    model.publications.filter((one) => !one.hasOutbox.value),
  );
  const dead = model.subscriptions.filter(
    (one) => parkedIn(context, one).length > 0,
  );
  const row = (
    name: string,
    uses: number,
    parameters: Parameters,
  ): PatternRow => patternRow(context, name, { uses, parameters });
  const commands = model.events.filter((one) => one.kind === 'command');
  return [
    {
      ...row('event-sourcing', sourced.length, {
        aggregates: sourced.map((one) => one.name),
        services: servicesOf(sourced),
        store: storeName(context),
      }),
      ...(sourced.length === 0 &&
        model.aggregates.length > 0 && { where: stateWhere(context) }),
    },
    row('cqrs', model.projections.length, {
      projections: model.projections.map((one) => one.name),
      services: servicesOf(model.projections),
    }),
    {
      ...row('saga', model.sagas.length, {
        sagas: model.sagas.map((one) => one.name),
      }),
      ...(model.sagas.length > 0 && { where: sagasWhere(context) }),
    },
    withRest(context, row('outbox', outboxed.length, { services: outboxed }), {
      key: 'pattern.outbox.rest',
      services: bare,
    }),
    idempotentRow(context),
    row('dead-letter', dead.length, {
      count: dead.length,
      all: model.subscriptions.length,
    }),
    row('point-to-point', commands.length, {
      commands: commands.map((one) => one.name),
    }),
    row('request-reply', model.requests.length, {
      requests: model.requests.map((one) => one.name),
    }),
  ];
}

function idempotentRow(context: DocumentContext): PatternRow {
  const { model, words } = context;
  const inbox = servicesOf(
    model.subscriptions.filter((one) => one.idempotency.value === 'inbox'),
  );
  const natural = servicesOf(
    model.subscriptions.filter((one) => one.idempotency.value === 'natural'),
  );
  const unguarded = servicesOf(
    model.subscriptions.filter((one) => one.idempotency.value === 'none'),
  );
  const row = patternRow(context, 'idempotent-consumer', {
    uses: inbox.length + natural.length,
    parameters: {},
  });
  if (!row.isUsed) return row;
  const where = joinRich(
    [
      inbox.length === 0
        ? []
        : say(words, 'pattern.inbox', { services: inbox }),
      natural.length === 0
        ? []
        : say(words, 'pattern.natural', { services: natural }),
    ],
    word(words, 'separator'),
  );
  return withRest(
    context,
    { ...row, where },
    { key: 'pattern.idempotent-consumer.rest', services: unguarded },
  );
}

/** Gives the printed name of where event-sourced aggregates live. */
export function storeName({ model, broker }: DocumentContext): string {
  switch (model.eventStore.value) {
    case 'postgresql':
      return 'PostgreSQL';
    case 'kurrentdb':
      return 'KurrentDB';
    case 'broker':
      return broker.title;
    default:
      return model.eventStore.value satisfies never;
  }
}

function patternRow(
  { words }: DocumentContext,
  name: string,
  options: { readonly uses: number; readonly parameters: Parameters },
): PatternRow {
  const isUsed = options.uses > 0;
  const key = `pattern.${name}.${isUsed ? 'used' : 'unused'}`;
  return {
    isUsed,
    name: say(words, `pattern.${name}`),
    where: !isUsed
      ? say(words, key)
      : Object.hasOwn(words, `${key}.other`)
        ? sayCount(words, key, {
            count: options.uses,
            parameters: options.parameters,
          })
        : say(words, key, options.parameters),
  };
}

function stateWhere({ model, words }: DocumentContext): RichText {
  return sayNames(words, 'pattern.event-sourcing.state', {
    names: model.aggregates.map((one) => one.name),
    as: 'aggregates',
  });
}

function sagasWhere({ model, words }: DocumentContext): RichText {
  return joinRich(
    model.sagas.map((saga) =>
      saga.coordinator === null
        ? say(words, 'pattern.saga.choreography', {
            saga: saga.name,
            starts: saga.starts,
          })
        : say(words, 'pattern.saga.orchestration', {
            saga: saga.name,
            coordinator: saga.coordinator,
          }),
    ),
    word(words, 'separator'),
  );
}

function withRest(
  { words }: DocumentContext,
  row: PatternRow,
  rest: { readonly key: string; readonly services: readonly string[] },
): PatternRow {
  if (!row.isUsed || rest.services.length === 0) return row;
  return {
    ...row,
    where: joinRich(
      [row.where, say(words, rest.key, { services: rest.services })],
      word(words, 'separator'),
    ),
  };
}

/** Lists the services of publications or subscriptions, each once. */
export const servicesOf = (
  items: readonly { readonly service: string }[],
): readonly string[] => [...new Set(items.map((item) => item.service))];
