// "Failure Modes": for each hop, what can fail, what then happens by this design, and what is left to people.
import { formatDuration } from '../../core/units.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Subscription } from '../../model/model.ts';
import { retryDelays } from '../../model/retry-delays.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { codes, joinRich, say } from './say.ts';

export interface FailureRow {
  readonly hop: RichText;
  readonly failure: RichText;
  readonly effect: RichText;
}

/** Builds the table of failure modes: publishers, broker, consumers, sagas, read models, requests. */
export function failuresSection(
  context: DocumentContext,
): readonly FailureRow[] {
  return [
    ...publisherRows(context),
    brokerRow(context),
    ...context.model.groups.flatMap((group) => groupRows(context, group.name)),
    ...sagaRows(context),
    ...projectionRows(context),
    ...requestRows(context),
  ];
}

function publisherRows({
  model,
  words,
}: DocumentContext): readonly FailureRow[] {
  return model.services.flatMap((service) => {
    const published =
      gatherFacts(model).publicationsByService().get(service.name) ?? [];
    const row = (hasOutbox: boolean): readonly FailureRow[] => {
      const events = published
        .filter((one) => one.hasOutbox.value === hasOutbox)
        .map((one) => one.event);
      if (events.length === 0) return [];
      return [
        {
          hop: codes([service.name]),
          failure: say(words, 'failure.publisher.crash'),
          effect: say(
            words,
            hasOutbox ? 'failure.publisher.outbox' : 'failure.publisher.bare',
            { events },
          ),
        },
      ];
    };
    return [...row(true), ...row(false)];
  });
}

function brokerRow({
  model,
  broker,
  words,
  brokerWords,
}: DocumentContext): FailureRow {
  const strongest = model.environments.reduce<
    (typeof model.environments)[number] | null
  >(
    (best, one) =>
      best !== null && best.replication.value >= one.replication.value
        ? best
        : one,
    null,
  );
  const copies = strongest?.replication.value ?? 1;
  return {
    hop: [{ kind: 'text', value: broker.title }],
    failure: say(words, 'failure.broker.node'),
    effect: say(
      brokerWords,
      copies > 1 ? 'failure.node.replicated' : 'failure.node.single',
      {
        environment: strongest?.name ?? '',
        replication: copies,
        minInSync: strongest?.minInSync.value ?? 1,
      },
    ),
  };
}

function groupRows(
  context: DocumentContext,
  name: string,
): readonly FailureRow[] {
  const { index, words } = context;
  const group = index.groups.get(name);
  if (group === undefined) return [];
  const subscriptions = group.subscriptions.flatMap(
    (id) => index.subscriptions.get(id) ?? [],
  );
  return [
    {
      hop: codes([name]),
      failure: say(words, 'failure.handler'),
      effect: handlersText(context, subscriptions),
    },
    {
      hop: codes([name]),
      failure: say(words, 'failure.duplicate'),
      effect: joinRich(
        unique(
          subscriptions.map((one) =>
            say(words, `failure.duplicate.${one.idempotency.value}`),
          ),
        ),
      ),
    },
  ];
}

// Subscriptions of one group that fail alike are told once; where they differ, each says of what it speaks.
function handlersText(
  context: DocumentContext,
  subscriptions: readonly Subscription[],
): RichText {
  const texts = subscriptions.map((one) => handlerText(context, one));
  const distinct = unique(texts);
  if (distinct.length <= 1) return joinRich(distinct);
  return joinRich(
    subscriptions.map((one, index) =>
      say(context.words, 'failure.handler.of', {
        pattern: one.pattern,
        text: texts[index] ?? [],
      }),
    ),
  );
}

function handlerText(
  { words, names, index }: DocumentContext,
  subscription: Subscription,
): RichText {
  const { attempts, mode } = subscription.retry.value;
  const waits = retryDelays(subscription.retry.value);
  const total = formatDuration(waits.reduce((sum, wait) => sum + wait, 0));
  const group = index.groupOf.get(subscription.id);
  const parked = group === undefined ? [] : names.parked(group);
  return joinRich([
    attempts <= 1
      ? say(words, 'failure.handler.no-retry')
      : say(words, `failure.handler.${mode}`, { attempts, total }),
    subscription.hasDeadLetter.value
      ? say(words, 'failure.handler.dead-letter', {
          names: parked.map((place) => place.name),
        })
      : say(words, 'failure.handler.dropped'),
  ]);
}

function sagaRows({ model, words }: DocumentContext): readonly FailureRow[] {
  return model.sagas.map((saga) => ({
    hop: codes([saga.name]),
    failure: say(words, 'failure.saga', {
      timeout: formatDuration(saga.timeoutMs.value),
    }),
    effect: say(
      words,
      saga.aborts === null ? 'failure.saga.stays' : 'failure.saga.aborts',
      { aborts: saga.aborts ?? '' },
    ),
  }));
}

function projectionRows({
  model,
  words,
}: DocumentContext): readonly FailureRow[] {
  return model.projections.map((projection) => ({
    hop: codes([projection.name]),
    failure: say(words, 'failure.projection'),
    effect:
      projection.stalenessMs === null
        ? say(words, 'failure.projection.old')
        : say(words, 'failure.projection.bounded', {
            staleness: formatDuration(projection.stalenessMs.value),
          }),
  }));
}

function requestRows({ model, words }: DocumentContext): readonly FailureRow[] {
  return model.requests.map((request) => ({
    hop: codes([request.name]),
    failure: say(words, 'failure.request', { responder: request.responder }),
    effect: say(words, 'failure.request.timeout', {
      requester: request.requester,
      timeout: formatDuration(request.timeoutMs.value),
    }),
  }));
}

function unique(texts: readonly RichText[]): readonly RichText[] {
  if (texts.length <= 1) return texts;
  return [
    ...new Map(texts.map((text) => [JSON.stringify(text), text])).values(),
  ];
}
