// Pieces that several flowcharts share: a channel, a service, and what happens when a handler fails.
import { formatDuration } from '../core/units.ts';
import { failureHandling } from '../model/failure-handling.ts';
import type { Channel, Service, Subscription } from '../model/model.ts';
import type { DiagramIds } from './diagram-ids.ts';
import type { FlowEdge, FlowGroup, FlowNode } from './flowchart.ts';
import type { Style } from './styles.ts';
import { firstFew, nodeLabel, pipeLabel, plainLabel } from './label.ts';
import type { PlanContext } from './plan-context.ts';
import { say, sayCount } from './words.ts';

/** The style of a service's node. */
export function serviceStyle(service: Service | null): Style {
  return service?.isExternal === true ? 'external' : 'service';
}

/** Makes a channel's node: a pipe, with what it is on any broker and the facts given. */
export function channelNode(
  { words }: PlanContext,
  given: {
    readonly id: string;
    readonly name: string;
    readonly channel: Channel | null;
    readonly facts: readonly (string | null)[];
  },
): FlowNode {
  const kind = given.channel?.kind ?? 'event';
  const isQueue = kind === 'command';
  const partitions = given.channel?.partitions?.value ?? null;
  return {
    id: given.id,
    shape: 'h-cyl',
    lines: nodeLabel(
      given.name,
      say(words, isQueue ? 'channel.queue' : 'channel.topic'),
      partitions === null
        ? null
        : sayCount(words, 'channel.partitions', partitions),
      ...given.facts,
    ),
    style: isQueue ? 'command' : 'channel',
  };
}

/**
 * Draws what happens when a handler fails: the retry (blocking: in place, later messages wait; non-blocking: through a
 * retry queue) and what follows the last attempt (dead letter, or the loss of the message).
 */
export function failureParts(
  context: PlanContext,
  given: {
    readonly subscription: Subscription;
    readonly handlerId: string;
    readonly id: DiagramIds;
  },
): {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
} {
  const { words } = context;
  const { subscription, handlerId, id } = given;
  const retryId = id('retry', subscription.id);
  const lastId = id('last', subscription.id);
  const { retry, hasDeadLetter } = failureHandling(subscription);
  const last: FlowNode = {
    id: lastId,
    shape: hasDeadLetter ? 'h-cyl' : 'stadium',
    lines: hasDeadLetter
      ? nodeLabel(say(words, 'dead.queue'), say(words, 'dead.fact'))
      : nodeLabel(say(words, 'dead.none'), say(words, 'dead.noneFact')),
    style: 'failure',
  };
  const { attempts } = retry;
  if (attempts <= 1) {
    return {
      nodes: [last],
      edges: [failure(handlerId, lastId, say(words, 'retry.fails'))],
    };
  }
  return {
    nodes: [retryNode(context, subscription, retryId), last],
    edges: [
      failure(handlerId, retryId, say(words, 'retry.fails')),
      failure(retryId, handlerId, say(words, 'retry.again')),
      failure(retryId, lastId, say(words, 'dead.after', { attempts })),
    ],
  };
}

function retryNode(
  context: PlanContext,
  subscription: Subscription,
  id: string,
): FlowNode {
  const { words } = context;
  const isBlocking = subscription.retry.value.mode === 'blocking';
  return {
    id,
    shape: isBlocking ? 'fr-rect' : 'h-cyl',
    lines: nodeLabel(
      say(words, isBlocking ? 'retry.inPlace' : 'retry.queue'),
      retryWaits(context, subscription),
      say(words, isBlocking ? 'retry.keepsOrder' : 'retry.losesOrder'),
    ),
    style: 'retry',
  };
}

function failure(
  from: string,
  to: string,
  ...texts: readonly string[]
): FlowEdge {
  return { from, to, kind: 'failure', lines: plainLabel(...texts) };
}

/** Writes a retry's waits: `1s to 1m, doubling` or `every 5s`. */
export function retryWaits(
  { words, model: { locale } }: PlanContext,
  { retry }: Subscription,
): string {
  const { firstMs, maxMs, backoff } = retry.value;
  return backoff === 'fixed'
    ? say(words, 'retry.fixed', { first: formatDuration(firstMs, locale) })
    : say(words, 'retry.exponential', {
        first: formatDuration(firstMs, locale),
        max: formatDuration(maxMs, locale),
      });
}

/** Makes the broker's frame with a pipe for each channel, naming the events it carries. */
export function brokerGroup(
  context: PlanContext,
  channels: readonly Channel[],
  id: DiagramIds,
): FlowGroup {
  const { model, words } = context;
  const more = (count: number): string => say(words, 'more', { count });
  return {
    id: id('broker', 'broker'),
    lines: plainLabel(`${model.broker.title} ${model.broker.version.value}`),
    style: 'broker',
    nodes: channels.map((channel) => ({
      id: id('channel', channel.name),
      shape: 'h-cyl',
      lines: pipeLabel(
        channel.name,
        ...firstFew(
          channel.events.filter((event) => event !== channel.name),
          6,
          more,
        ),
      ),
      style: channel.kind === 'command' ? 'command' : 'channel',
    })),
  };
}
