// "Aggregates", "Read Models", "Sagas" and "Request/Reply": how the parts of the system behave.
import { keyName } from '../../model/event-key.ts';
import { formatDuration } from '../../core/units.ts';
import type {
  Aggregate,
  Projection,
  Saga,
  SagaStep,
} from '../../model/model.ts';
import { databaseName } from '../../model/product-name.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { storeName } from './patterns-section.ts';
import { compensationText } from './saga-undoing.ts';
import { codes, joinRich, plain, say } from './say.ts';
import { fieldType } from './typescript-type.ts';

export interface BehaviourView {
  readonly aggregates: readonly AggregateView[];
  readonly projections: readonly ProjectionView[];
  readonly sagas: readonly SagaView[];
  readonly requests: readonly {
    readonly name: string;
    readonly requester: string;
    readonly responder: string;
    readonly timeout: string;
    readonly request: RichText;
    readonly reply: RichText;
  }[];
}

interface AggregateView {
  readonly name: string;
  readonly about: string;
  readonly facts: RichText;
  readonly commands: readonly {
    readonly name: string;
    readonly from: RichText;
    readonly to: RichText;
    readonly emits: RichText;
  }[];
}

interface ProjectionView {
  readonly name: string;
  readonly about: string;
  readonly facts: RichText;
  readonly fields: RichText;
  readonly queries: readonly RichText[];
}

interface SagaView {
  readonly name: string;
  readonly about: string;
  readonly facts: RichText;
  readonly steps: readonly {
    readonly number: number;
    readonly name: string;
    readonly participant: RichText;
    readonly trigger: RichText;
    readonly success: string;
    readonly failure: RichText;
    readonly timeout: RichText;
  }[];
  readonly ends: RichText;
  readonly compensation: RichText;
}

/** Builds what the document says of aggregates, read models, sagas and requests; empty lists have no section. */
export function behaviourSections(context: DocumentContext): BehaviourView {
  const { model } = context;
  return {
    aggregates: model.aggregates.map((one) => aggregateView(context, one)),
    projections: model.projections.map((one) => projectionView(context, one)),
    sagas: model.sagas.map((one) => sagaView(context, one)),
    requests: model.requests.map((request) => ({
      name: request.name,
      requester: request.requester,
      responder: request.responder,
      timeout: formatDuration(request.timeoutMs.value, model.locale),
      request: fieldsText(request.request),
      reply: fieldsText(request.reply),
    })),
  };
}

function aggregateView(
  context: DocumentContext,
  aggregate: Aggregate,
): AggregateView {
  const { words } = context;
  const { storage, snapshotEvery, states, key } = aggregate;
  return {
    name: aggregate.name,
    about: aggregate.description ?? '',
    facts: joinRich([
      say(words, `aggregate.${storage.value}`, {
        service: aggregate.service,
        store: storeName(context),
      }),
      key === null ? [] : say(words, 'aggregate.key', { key: keyName(key) }),
      snapshotEvery === null
        ? []
        : say(words, 'aggregate.snapshot', { count: snapshotEvery.value }),
      states[0] === undefined
        ? []
        : say(words, 'aggregate.states', { states, initial: states[0] }),
    ]),
    commands: aggregate.commands.map((command) => ({
      name: command.name,
      from:
        command.from.length === 0
          ? say(words, 'aggregate.from-nothing')
          : codes(command.from),
      to: command.to === null ? [] : codes([command.to]),
      emits: codes(command.emits),
    })),
  };
}

function projectionView(
  { model, words, index }: DocumentContext,
  projection: Projection,
): ProjectionView {
  const { stalenessMs } = projection;
  const database = databaseName(index.services.get(projection.service));
  return {
    name: projection.name,
    about: projection.description ?? '',
    facts: joinRich([
      say(words, 'projection.facts', {
        service: projection.service,
        events: projection.from,
        key: projection.key,
        group: projection.group,
      }),
      database === null ? [] : say(words, 'projection.database', { database }),
      stalenessMs === null
        ? say(words, 'projection.no-staleness')
        : say(words, 'projection.staleness', {
            staleness: formatDuration(stalenessMs.value, model.locale),
          }),
    ]),
    fields: fieldsText(projection.shape),
    queries: model.queries
      .filter((query) => query.projection === projection.name)
      .map((query) =>
        joinRich([
          say(words, 'query.by', { query: query.name, fields: query.by }),
          query.sort === null
            ? []
            : say(
                words,
                query.sort.isDescending
                  ? 'query.descending'
                  : 'query.ascending',
                { field: query.sort.field },
              ),
          plain(query.description ?? ''),
        ]),
      ),
  };
}

function sagaView(context: DocumentContext, saga: Saga): SagaView {
  const { words, model } = context;
  const parameters = {
    coordinator: saga.coordinator ?? '',
    starts: saga.starts,
    correlation: keyName(saga.correlation),
    timeout: formatDuration(saga.timeoutMs.value, model.locale),
    group: saga.group ?? '',
  };
  return {
    name: saga.name,
    about: saga.description ?? '',
    facts: say(words, `saga.${saga.style}`, parameters),
    steps: saga.steps.map((step, index) => stepRow(context, step, index + 1)),
    ends: joinRich([
      saga.completes === null
        ? []
        : say(words, 'saga.completes', { event: saga.completes }),
      saga.aborts === null
        ? []
        : say(words, 'saga.aborts', { event: saga.aborts }),
    ]),
    compensation: compensationText(context, saga),
  };
}

function stepRow(
  { words, model }: DocumentContext,
  step: SagaStep,
  number: number,
): SagaView['steps'][number] {
  const trigger = step.command ?? step.on;
  return {
    number,
    name: step.name,
    participant: step.participant === null ? [] : codes([step.participant]),
    trigger: trigger === null ? [] : codes([trigger]),
    success: step.success,
    failure:
      step.failure === null
        ? say(words, 'saga.no-failure')
        : codes([step.failure]),
    timeout:
      step.timeoutMs === null
        ? []
        : plain(formatDuration(step.timeoutMs.value, model.locale)),
  };
}

const fieldsText = (shape: Projection['shape']): RichText =>
  codes(
    shape.fields.map(
      (field) =>
        `${field.name}${field.isRequired ? '' : '?'}: ${fieldType(field.type, (name) => name)}`,
    ),
  );
