// "Failure Modes": for each hop, what can fail, what then happens by this design, and what is left to people.
import { gather } from '../../core/gather.ts';
import { formatDuration } from '../../core/units.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Environment, Publication } from '../../model/model.ts';
import { isDualWrite } from '../../model/worth.ts';
import type { DocumentContext } from './document-context.ts';
import { groupFailures, type FailureRow } from './group-failures.ts';
import { lostUnnoticed } from './infrastructure-section.ts';
import { overdueText } from './saga-undoing.ts';
import { codes, joinRich, plain, say, sayNames } from './say.ts';

/** Builds the table of failure modes: publishers, broker, consumers, sagas, read models, requests. */
export function failuresSection(
  context: DocumentContext,
): readonly FailureRow[] {
  return [
    ...publisherRows(context),
    brokerRow(context),
    ...context.model.groups.flatMap((group) => groupFailures(context, group)),
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
    const row = (
      kind: PublishingKind,
      failure: string,
    ): readonly FailureRow[] => {
      const events = published
        .filter((one) => publishingKind(one) === kind)
        .map((one) => one.event);
      if (events.length === 0) return [];
      return [
        {
          hop: codes([service.name]),
          failure: say(words, failure),
          effect: sayNames(words, `failure.publisher.${kind}`, {
            names: events,
            as: 'events',
          }),
        },
      ];
    };
    return [
      ...row('outbox', 'failure.publisher.crash'),
      ...row('bare', 'failure.publisher.crash'),
      ...row('stateless', 'failure.publisher.sending'),
    ];
  });
}

type PublishingKind = 'outbox' | 'bare' | 'stateless';

function publishingKind(one: Publication): PublishingKind {
  if (one.hasOutbox.value) return 'outbox';
  return isDualWrite(one) ? 'bare' : 'stateless';
}

// Environments with as many copies fail alike and are told together.
function brokerRow(context: DocumentContext): FailureRow {
  const { model, broker, words, brokerWords, described } = context;
  const alike = gather(model.environments, (environment) => [
    `${environment.replication.value}/${described.copiesNeeded(environment)}`,
  ]);
  const told = [...alike.values()].map((environments) => {
    const [environment] = environments;
    return environment === undefined
      ? plain('')
      : say(brokerWords, nodeKey(context, environment), {
          environments: environments.map(({ name }) => name),
          replication: environment.replication.value,
          needed: described.copiesNeeded(environment),
        });
  });
  const isReplicated = model.environments.some(
    ({ replication }) => replication.value > 1,
  );
  return {
    hop: [{ kind: 'text', value: broker.title }],
    failure: say(words, 'failure.broker.node'),
    effect: joinRich([
      ...told,
      isReplicated && described.unreplicated.length > 0
        ? sayNames(brokerWords, 'failure.node.unreplicated', {
            names: described.unreplicated,
            as: 'queues',
          })
        : plain(''),
    ]),
  };
}

function nodeKey(context: DocumentContext, environment: Environment): string {
  if (environment.replication.value <= 1) return 'failure.node.single';
  return lostUnnoticed(context, environment) > 0
    ? 'failure.node.replicated'
    : 'failure.node.stops';
}

function sagaRows(context: DocumentContext): readonly FailureRow[] {
  const { model, words } = context;
  return model.sagas.map((saga) => ({
    hop: codes([saga.name]),
    failure: say(words, 'failure.saga', {
      timeout: formatDuration(saga.timeoutMs.value, model.locale),
    }),
    effect: overdueText(context, saga),
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
            staleness: formatDuration(
              projection.stalenessMs.value,
              model.locale,
            ),
          }),
  }));
}

function requestRows({ model, words }: DocumentContext): readonly FailureRow[] {
  return model.requests.map((request) => ({
    hop: codes([request.name]),
    failure: say(words, 'failure.request', { responder: request.responder }),
    effect: say(words, 'failure.request.timeout', {
      requester: request.requester,
      timeout: formatDuration(request.timeoutMs.value, model.locale),
    }),
  }));
}
