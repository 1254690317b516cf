// "Infrastructure": broker, event store, environments, and the channels and groups with their settings.
import type { Fact } from '../../brokers/description.ts';
import { formatDuration } from '../../core/units.ts';
import type {
  ConsumerGroup,
  Environment,
  Subscription,
} from '../../model/model.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { parkedIn, retryOf } from './handling.ts';
import { storeName } from './patterns-section.ts';
import { codes, joinRich, say, series, word, type Words } from './say.ts';

export interface InfrastructureView {
  readonly broker: string;
  readonly store: RichText;
  readonly channelWord: string;
  readonly groupWord: string;
  readonly partitionWord: string;
  readonly environments: readonly {
    readonly name: string;
    readonly replication: number;
    /** Copies that have to be in reach for work to go on. */
    readonly needed: number;
    readonly hosts: RichText;
    readonly survives: RichText;
  }[];
  readonly channels: readonly {
    readonly name: string;
    readonly kind: string;
    readonly events: RichText;
    readonly facts: readonly RichText[];
  }[];
  /** Heads of the columns that the broker adds to each table. */
  readonly channelHeads: readonly string[];
  readonly groupHeads: readonly string[];
  readonly requestHeads: readonly string[];
  readonly groups: readonly {
    readonly name: RichText;
    readonly service: string;
    readonly channels: RichText;
    readonly lanes: RichText;
    readonly retry: RichText;
    readonly deadLetters: RichText;
    readonly facts: readonly RichText[];
  }[];
  readonly requests: readonly {
    readonly name: string;
    readonly hop: RichText;
    readonly facts: readonly RichText[];
  }[];
}

/** Builds the tables of infrastructure. */
export function infrastructureSection(
  context: DocumentContext,
): InfrastructureView {
  const { model, broker, names, words, brokerWords, described } = context;
  const heads = (columns: { readonly heads: readonly string[] }) =>
    columns.heads.map((head) => word(brokerWords, head));
  return {
    broker: `${broker.title} ${model.broker.version.value}`,
    store: hasSourced(context)
      ? say(words, `store.${model.eventStore.value}`, {
          store: storeName(context),
        })
      : say(words, 'store.none'),
    channelWord: word(brokerWords, 'channel'),
    groupWord: word(brokerWords, 'group'),
    partitionWord: word(brokerWords, 'partitions'),
    channelHeads: heads(described.channels),
    groupHeads: heads(described.groups),
    requestHeads: heads(described.requests),
    environments: model.environments.map((environment) => ({
      name: environment.name,
      replication: environment.replication.value,
      needed: described.copiesNeeded(environment),
      hosts: codes(environment.hosts),
      survives: say(brokerWords, survivesKey(environment), {
        replication: environment.replication.value,
        needed: described.copiesNeeded(environment),
        lost: lostUnnoticed(context, environment),
      }),
    })),
    channels: model.channels.map((channel) => ({
      name: names.channel(channel),
      kind: word(words, `channel.${channel.kind}`),
      events: codes(channel.events),
      facts: factCells(brokerWords, described.channels.cells(channel)),
    })),
    groups: model.groups.map((group) => groupRow(context, group)),
    requests: model.requests.map((request) => ({
      name: request.name,
      hop: say(words, 'request.hop', {
        requester: request.requester,
        responder: request.responder,
      }),
      facts: factCells(brokerWords, described.requests.cells(request)),
    })),
  };
}

function survivesKey(environment: Environment): string {
  return environment.replication.value > 1 ? 'survives' : 'survives.none';
}

/** Counts the nodes that an environment may lose while everything goes on. */
export function lostUnnoticed(
  { described }: DocumentContext,
  environment: Environment,
): number {
  return Math.max(
    0,
    environment.replication.value - described.copiesNeeded(environment),
  );
}

/** Tells whether any aggregate is event-sourced. */
export function hasSourced({ model }: DocumentContext): boolean {
  return model.aggregates.some((one) => one.storage.value === 'event-sourced');
}

function groupRow(
  context: DocumentContext,
  group: ConsumerGroup,
): InfrastructureView['groups'][number] {
  const { names, index, words, brokerWords, described } = context;
  const subscriptions = group.subscriptions.flatMap(
    (id) => index.subscriptions.get(id) ?? [],
  );
  const parked = [
    ...new Set(subscriptions.flatMap((one) => parkedIn(context, one))),
  ];
  return {
    name: series(names.positions(group)),
    service: group.service,
    channels: codes(group.channels),
    lanes: say(words, 'group.lanes', {
      instances: group.instances.value,
      concurrency: group.concurrency.value,
    }),
    retry: retriesText(context, subscriptions),
    deadLetters:
      parked.length > 0 ? codes(parked) : say(words, 'group.no-dead-letter'),
    facts: factCells(brokerWords, described.groups.cells(group)),
  };
}

/** Says the broker's facts, cell by cell. */
function factCells(
  brokerWords: Words,
  cells: readonly (readonly Fact[])[],
): readonly RichText[] {
  return cells.map((facts) => factsText(brokerWords, facts));
}

/** Says facts of the broker, one after the other. */
export function factsText(
  brokerWords: Words,
  facts: readonly Fact[],
): RichText {
  return joinRich(
    facts.map(({ key, parameters }) => say(brokerWords, key, parameters)),
    word(brokerWords, 'separator'),
  );
}

/** Says the retry settings of subscriptions, equal ones once. */
export function retriesText(
  context: DocumentContext,
  subscriptions: readonly Subscription[],
): RichText {
  const { model, words } = context;
  const said = new Map<string, RichText>();
  for (const subscription of subscriptions) {
    const retry = retryOf(context, subscription);
    said.set(
      JSON.stringify(retry),
      retry === null
        ? say(words, 'retry.none')
        : say(words, `retry.${retry.mode}.${retry.backoff}`, {
            attempts: retry.attempts,
            first: formatDuration(retry.firstMs, model.locale),
            max: formatDuration(retry.maxMs, model.locale),
          }),
    );
  }
  return joinRich([...said.values()], word(context.words, 'separator'));
}
