// GUIDE.md: how to work with this system, with the names that its broker knows.
import { keyName } from '../../model/event-key.ts';
import { formatDuration } from '../../core/units.ts';
import type { ConsumerGroup, Subscription } from '../../model/model.ts';
import type { RichText } from '../../render/rich-text.ts';
import { commandLine, commandLines, hasReplay } from './guide-commands.ts';
import { rebuildText, replayRefused } from './guide-rebuilds.ts';
import type { DocumentContext } from './document-context.ts';
import { parkedIn, retryOf } from './handling.ts';
import { plainMode } from './practices-section.ts';
import { symptomRows, type SymptomRow } from './symptoms.ts';
import { retriesText } from './infrastructure-section.ts';
import { codes, joinRich, plain, say, sayKept, series, word } from './say.ts';

export interface GuideView {
  readonly publishers: readonly {
    readonly event: string;
    readonly service: string;
    readonly channel: string;
    readonly key: string;
    readonly how: RichText;
  }[];
  /** Whether some key has several fields. */
  readonly hasJoinedKeys: boolean;
  readonly hasOutbox: boolean;
  readonly groups: readonly GroupView[];
  readonly hasInbox: boolean;
  readonly modes: readonly {
    readonly mode: string;
    readonly events: RichText;
    readonly allowed: RichText;
    readonly order: RichText;
  }[];
  /** Events that are replayed, whose old versions are read whatever the mode; empty when there are none. */
  readonly replayed: RichText;
  readonly older: readonly RichText[];
  readonly rebuilds: readonly RichText[];
  readonly sagas: readonly RichText[];
  readonly owners: readonly {
    readonly owner: string;
    readonly services: RichText;
  }[];
  readonly hosts: readonly {
    readonly environment: string;
    readonly hosts: RichText;
  }[];
  readonly publishing: RichText;
  readonly subscribing: RichText;
  readonly replaying: RichText;
  readonly replayNote: RichText;
  /** How the generated code replays; empty where it has nothing to. */
  readonly replayTask: RichText;
  /** Read models for which a replay comes too late; empty when there are none. */
  readonly replayRefused: RichText;
  readonly variable: RichText;
  readonly groupWord: string;
  readonly channelWord: string;
  /** Shell functions and variables that the commands use. */
  readonly setUp: string;
  readonly commands: string;
  readonly symptoms: readonly SymptomRow[];
}

interface GroupView {
  readonly name: string;
  readonly positions: RichText;
  readonly service: string;
  readonly events: RichText;
  readonly rules: RichText;
  readonly retry: RichText;
  readonly deadLetters: RichText;
  readonly waiting: RichText;
  /** As whom the generated code replays; empty where it does not. */
  readonly replayLogin: RichText;
  /** Shell commands: position, what is parked, putting it back. */
  readonly commands: string;
}

/** Builds the view of the guide. */
export function guide(context: DocumentContext): GuideView {
  const { model, words, brokerWords, kept } = context;
  return {
    publishers: publisherRows(context),
    hasJoinedKeys: context.model.events.some(
      ({ key }) => (key?.length ?? 0) > 1,
    ),
    hasOutbox: model.publications.some((one) => one.hasOutbox.value),
    groups: model.groups.map((group) => groupView(context, group)),
    hasInbox: model.subscriptions.some(
      (one) => one.idempotency.value === 'inbox',
    ),
    modes: modeRows(context),
    replayed: replayedText(context),
    older: model.events.flatMap((event) =>
      event.versions.map((version) =>
        say(words, 'guide.older', {
          event: event.name,
          version: version.version,
          current: event.version,
          until:
            version.deprecated === null
              ? plain('')
              : say(words, 'events.version.deprecated', {
                  date: version.deprecated,
                }),
        }),
      ),
    ),
    rebuilds: model.projections.map((one) => rebuildText(context, one)),
    sagas: model.sagas.map((saga) =>
      say(words, `guide.saga.${saga.style}`, {
        saga: saga.name,
        correlation: keyName(saga.correlation),
        timeout: formatDuration(saga.timeoutMs.value, model.locale),
        coordinator: saga.coordinator ?? '',
        starts: saga.starts,
      }),
    ),
    owners: ownerRows(context),
    hosts: model.environments
      .filter(({ hosts }) => hosts.length > 0)
      .map(({ name, hosts }) => ({ environment: name, hosts: codes(hosts) })),
    publishing: say(brokerWords, 'publishing'),
    subscribing: sayKept(brokerWords, 'subscribing', { kept }),
    replaying: sayKept(brokerWords, 'replaying', { kept }),
    replayNote: say(brokerWords, 'replay-note'),
    replayTask: model.groups.some((group) => hasReplay(context, group))
      ? say(words, 'guide.replay-task')
      : plain(''),
    replayRefused: replayRefused(context),
    variable: say(brokerWords, 'variable'),
    groupWord: word(brokerWords, 'group'),
    channelWord: word(brokerWords, 'channel'),
    setUp: commandLine(context, 'command.setup', {}),
    commands: commandLine(context, 'command.first-look', {}),
    symptoms: symptomRows(context),
  };
}

function publisherRows({
  model,
  index,
  names,
  words,
}: DocumentContext): GuideView['publishers'] {
  return model.publications.map((one) => {
    const event = index.events.get(one.event);
    const channel = index.channels.get(event?.channel ?? '');
    return {
      event: one.event,
      service: one.service,
      channel: channel === undefined ? '' : names.channel(channel),
      key: event === undefined || event.key === null ? '' : keyName(event.key),
      how: say(words, one.hasOutbox.value ? 'guide.outbox' : 'guide.direct'),
    };
  });
}

function groupView(context: DocumentContext, group: ConsumerGroup): GroupView {
  const { names, index } = context;
  const subscriptions = group.subscriptions.flatMap(
    (id) => index.subscriptions.get(id) ?? [],
  );
  return {
    name: group.name,
    positions: series(names.positions(group)),
    service: group.service,
    events: codes(group.events),
    rules: rulesText(context, group, subscriptions),
    retry: retriesText(context, subscriptions),
    deadLetters: codes([
      ...new Set(subscriptions.flatMap((one) => parkedIn(context, one))),
    ]),
    waiting: codes(
      subscriptions.every((one) => retryOf(context, one) === null)
        ? []
        : names.waiting(group),
    ),
    replayLogin: hasReplay(context, group)
      ? say(context.words, 'guide.replay-login', {
          user: names.user(group.service),
        })
      : plain(''),
    commands: commandLines(context, group),
  };
}

function rulesText(
  { words }: DocumentContext,
  group: ConsumerGroup,
  subscriptions: readonly Subscription[],
): RichText {
  const kinds = [...new Set(subscriptions.map((one) => one.idempotency.value))];
  return joinRich([
    say(words, `guide.order.${group.ordering.value}`),
    ...kinds.map((kind) => say(words, `guide.idempotency.${kind}`)),
  ]);
}

function modeRows({ model, words }: DocumentContext): GuideView['modes'] {
  const modes = [
    ...new Set(model.events.map((event) => event.compatibility.value)),
  ];
  return modes.map((mode) => ({
    mode,
    events: codes(
      model.events
        .filter((event) => event.compatibility.value === mode)
        .map((event) => event.name),
    ),
    allowed: joinRich([
      say(words, `guide.allowed.${plainMode(mode)}`),
      mode.endsWith('-transitive') ? say(words, 'guide.transitive') : plain(''),
    ]),
    order: say(words, `guide.first.${plainMode(mode)}`),
  }));
}

function replayedText({ model, words }: DocumentContext): RichText {
  const sourced = new Set(
    model.aggregates
      .filter(({ storage }) => storage.value === 'event-sourced')
      .map(({ name }) => name),
  );
  const events = model.events
    .filter(({ aggregate }) => aggregate !== null && sourced.has(aggregate))
    .map(({ name }) => name);
  return events.length === 0
    ? plain('')
    : say(words, 'guide.replayed', { events });
}

function ownerRows({ model, words }: DocumentContext): GuideView['owners'] {
  const owners = [...new Set(model.services.map((service) => service.owner))];
  return owners.map((owner) => ({
    owner: owner ?? word(words, 'guide.no-owner'),
    services: codes(
      model.services
        .filter((service) => service.owner === owner)
        .map((service) => service.name),
    ),
  }));
}
