// RabbitMQ's own account of a design: exchanges, logs for replay, queues with their limits; read from what the lowering makes.
import type { Locale } from '../../core/locale.ts';
import { formatDuration, formatNumber } from '../../core/units.ts';
import type {
  Channel,
  ConsumerGroup,
  Model,
  RequestReply,
} from '../../model/model.ts';
import { fact, type Description, type Fact } from '../description.ts';
import { firstToRefuse, fullQueue } from './full-queues.ts';
import { planGroup } from './group-plan.ts';
import { eventsWithoutQueue, lowerChannel } from './lower-channel.ts';
import { lowerGroup } from './lower-group.ts';
import { requestPart } from './lower-shared.ts';
import {
  lowerWith,
  type LoweringContext,
  type Part,
} from './lowering-context.ts';
import { slotsOf } from './slots.ts';
import type { Queue } from './topology.ts';

type Cells = readonly (readonly Fact[])[];

/** Describes what a model comes to on RabbitMQ; what it tells does not differ between environments. */
export function describeRabbitmq(model: Model): Description {
  const [environment] = model.environments;
  // Invariant of the model: there is at least one environment.
  if (environment === undefined) throw new Error('a model has an environment');
  const context = lowerWith(model, environment);
  return {
    channels: {
      heads: ['head.type', 'head.log', 'head.unrouted'],
      cells: (channel) => channelCells(channel, context),
    },
    groups: {
      heads: ['head.queue-type', 'head.active', 'head.waits'],
      cells: (group) => groupCells(group, context),
    },
    requests: {
      heads: [
        'head.questions',
        'head.answers',
        'head.queue-type',
        'head.waits',
      ],
      cells: (request) => requestCells(request, context),
    },
    history: (channel) => logOf(lowerChannel(channel, context))?.name ?? null,
    retention: (channel) => channel.retention.value,
    bound: firstToRefuse(model, context),
    away: (group) => fullQueue(planGroup(group, context), model.locale),
    dropped: (channel) => eventsWithoutQueue(channel, context),
    keeps: (channel) => keptFacts(channel, context),
    // A quorum queue goes on while most of its members are there.
    copiesNeeded: ({ replication }) => Math.floor(replication.value / 2) + 1,
    unreplicated: model.groups.flatMap((group) =>
      lowerGroup(planGroup(group, context), context)
        .queues.filter(({ type }) => type === 'classic')
        .map(({ name }) => name),
    ),
    commandParameters: {
      vhost: context.options.vhost,
      vhostInUrl: encodeURIComponent(context.options.vhost),
    },
  };
}

function channelCells(channel: Channel, context: LoweringContext): Cells {
  const part = lowerChannel(channel, context);
  const log = logOf(part);
  const alternate = part.policies
    .map(({ definition }) => definition['alternate-exchange'])
    .find((name) => typeof name === 'string');
  return [
    part.exchanges.map(({ type }) => fact(`exchange.${type}`)),
    [log === undefined ? fact('log.none') : logFact(log, part)],
    [
      ...(alternate === undefined
        ? droppedFacts(channel, context)
        : [fact('unrouted.kept', { exchange: alternate })]),
    ],
  ];
}

/** Says of which events nothing is kept here, and of which readers outside may have bound a queue. */
function droppedFacts(
  channel: Channel,
  context: LoweringContext,
): readonly Fact[] {
  const dropped = eventsWithoutQueue(channel, context);
  const isPublic = (name: string): boolean =>
    context.events.get(name)?.isPublic ?? false;
  const told = (key: string, events: readonly string[]): readonly Fact[] =>
    events.length === 0 ? [] : [fact(key, { events })];
  return [
    ...told(
      'unrouted.none',
      dropped.filter((name) => !isPublic(name)),
    ),
    ...told('unrouted.outside', dropped.filter(isPublic)),
  ];
}

const logOf = ({ queues }: Part): Queue | undefined =>
  queues.find(({ role }) => role === 'log');

function keptFacts(
  channel: Channel,
  context: LoweringContext,
): readonly Fact[] {
  const part = lowerChannel(channel, context);
  const log = logOf(part);
  const { value } = channel.retention;
  const { locale } = context.model;
  return [
    value === 'forever'
      ? fact('kept.waiting.forever')
      : fact('kept.waiting', { duration: formatDuration(value, locale) }),
    ...(log === undefined ? [] : [logFact(log, part)]),
  ];
}

function logFact({ name }: Queue, { policies }: Part): Fact {
  const age = setting(policies, name, 'max-age');
  return typeof age === 'string'
    ? fact('log.for', { stream: name, age })
    : fact('log.forever', { stream: name });
}

function groupCells(group: ConsumerGroup, context: LoweringContext): Cells {
  const plan = planGroup(group, context);
  const part = lowerGroup(plan, context);
  const work = part.queues.filter(
    ({ role }) => role === 'work' || role === 'lane',
  );
  const [first] = work;
  // Every group has a queue.
  if (first === undefined) return [[], [], []];
  const lanes = part.exchanges.find(({ type }) => type === 'headers');
  const isSingle = first.arguments['x-single-active-consumer'] === true;
  return [
    [fact(`queue.${first.type}`)],
    [
      lanes === undefined
        ? fact(isSingle ? 'active.single' : 'active.all')
        : fact('active.lanes', {
            lanes: work.length,
            exchange: lanes.name,
            slots: slotsOf(context.model).value,
          }),
    ],
    waitsCell(part, first.name, context.model.locale),
  ];
}

function requestCells(request: RequestReply, context: LoweringContext): Cells {
  const part = requestPart(request, context);
  const [exchange] = part.exchanges;
  const [queue] = part.queues;
  if (exchange === undefined || queue === undefined) return [[], [], [], []];
  return [
    [
      fact('request.questions', {
        exchange: exchange.name,
        queue: queue.name,
      }),
    ],
    [fact('request.answers')],
    [fact(`queue.${queue.type}`)],
    waitsCell(part, queue.name, context.model.locale),
  ];
}

function waitsCell(
  { policies }: Part,
  queue: string,
  locale: Locale,
): readonly Fact[] {
  const ttl = setting(policies, queue, 'message-ttl');
  const length = setting(policies, queue, 'max-length');
  const overflow = setting(policies, queue, 'overflow');
  return [
    typeof ttl === 'number'
      ? fact('waits.for', { duration: formatDuration(ttl, locale) })
      : fact('waits.forever'),
    ...(typeof length === 'number' && typeof overflow === 'string'
      ? [fact(`limit.${overflow}`, { length: formatNumber(length, locale) })]
      : []),
  ];
}

const setting = (
  policies: Part['policies'],
  queue: string,
  key: string,
): unknown =>
  policies.find(({ targets }) => targets.includes(queue))?.definition[key];
