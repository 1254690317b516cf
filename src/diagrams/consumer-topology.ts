// One flowchart per consuming service: what it takes from which channel, in which group, and where failures go.
import { failureHandling } from '../model/failure-handling.ts';
import type { ConsumerGroup, Subscription } from '../model/model.ts';
import { databaseName } from '../model/product-name.ts';
import { createDiagramIds, type DiagramIds } from './diagram-ids.ts';
import type { Diagram, DiagramView } from './diagram.ts';
import { flowchartView, type FlowEdge, type FlowNode } from './flowchart.ts';
import { firstFew, nodeLabel } from './label.ts';
import { gather, publishersOf } from './model-index.ts';
import { channelNode, failureParts, serviceStyle } from './parts.ts';
import type { PlanContext } from './plan-context.ts';
import { say, sayCount } from './words.ts';

/** Plans a topology for each service that consumes anything. */
export function planConsumerTopologies(
  context: PlanContext,
): readonly Diagram[] {
  return [...context.index.groupsByService].map(([service, groups]) =>
    planConsumerTopology(context, service, groups),
  );
}

interface Part {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

function planConsumerTopology(
  context: PlanContext,
  service: string,
  groups: readonly ConsumerGroup[],
): Diagram {
  const title = say(context.words, 'topology.title', { service });
  return {
    kind: 'consumer',
    subject: service,
    name: `consumer-${service}`,
    template: 'flowchart',
    pointers: groups.map((group) => group.origin),
    title,
    view: () => topologyView(context, { service, groups, title }),
  };
}

function topologyView(
  context: PlanContext,
  {
    service,
    groups,
    title,
  }: {
    readonly service: string;
    readonly groups: readonly ConsumerGroup[];
    readonly title: string;
  },
): DiagramView {
  const { index, words } = context;
  const id = createDiagramIds();
  const channels = [...new Set(groups.flatMap((group) => group.channels))];
  const handling = groups.flatMap((group) => groupParts(context, group, id));
  const sources = sourcePart(context, groups, id);
  return flowchartView({
    title,
    description: say(words, 'topology.description', {
      service,
      groups: sayCount(words, 'count.groups', groups.length),
      channels: sayCount(words, 'count.channels', channels.length),
    }),
    direction: 'LR',
    groups: [],
    nodes: [
      ...sources.nodes,
      ...channels.map((name) =>
        channelNode(context, {
          id: id('channel', name),
          name,
          channel: index.channels.get(name) ?? null,
          facts: [],
        }),
      ),
      ...handling.flatMap((part) => part.nodes),
    ],
    edges: [...sources.edges, ...handling.flatMap((part) => part.edges)],
  });
}

// Who feeds each channel, as far as this service listens to it.
function sourcePart(
  { index }: PlanContext,
  groups: readonly ConsumerGroup[],
  id: DiagramIds,
): Part {
  const events = [...new Set(groups.flatMap((group) => group.events))];
  const pairs = events.flatMap((event) => {
    const channel = index.events.get(event)?.channel;
    return channel === undefined
      ? []
      : publishersOf(index, event).map((service) => ({ service, channel }));
  });
  const services = [...new Set(pairs.map((pair) => pair.service))];
  const edges = pairs.map(({ service, channel }): FlowEdge => ({
    from: id('pub', service),
    to: id('channel', channel),
    kind: 'message',
    lines: [],
  }));
  return {
    nodes: services.map((service) => ({
      id: id('pub', service),
      shape: 'rounded',
      lines: nodeLabel(service),
      style: serviceStyle(index.services.get(service) ?? null),
    })),
    edges: [
      ...new Map(
        edges.map((edge) => [`${edge.from} ${edge.to}`, edge]),
      ).values(),
    ],
  };
}

// Subscriptions of one group that fail alike share a box, so that each way of failing is drawn once.
function groupParts(
  context: PlanContext,
  group: ConsumerGroup,
  id: DiagramIds,
): readonly Part[] {
  const subscriptions = group.subscriptions.flatMap(
    (name) => context.index.subscriptions.get(name) ?? [],
  );
  const alike = gather(subscriptions, (subscription) => [
    JSON.stringify([
      failureHandling(subscription),
      subscription.idempotency.value,
    ]),
  ]);
  return [...alike.values()].map((members) =>
    handlerPart(context, { group, members, id }),
  );
}

function handlerPart(
  context: PlanContext,
  given: {
    readonly group: ConsumerGroup;
    readonly members: readonly Subscription[];
    readonly id: DiagramIds;
  },
): Part {
  const { index, words } = context;
  const { group, members, id } = given;
  const [first] = members;
  if (first === undefined) return { nodes: [], edges: [] };
  const handlerId = id('sub', first.id);
  const inboxId = id('inbox', first.id);
  const hasInbox = first.idempotency.value === 'inbox';
  const service = index.services.get(group.service) ?? null;
  const failures = failureParts(context, {
    subscription: first,
    handlerId,
    id,
  });
  const channels = new Set(
    members.flatMap((member) =>
      member.events.flatMap((event) => index.events.get(event)?.channel ?? []),
    ),
  );
  const inbox: FlowNode = {
    id: inboxId,
    shape: 'cyl',
    lines: nodeLabel(say(words, 'topology.inbox'), databaseName(service)),
    style: 'store',
  };
  return {
    nodes: [
      {
        id: handlerId,
        shape: 'rounded',
        lines: handlerLabel(context, group, members),
        style: serviceStyle(service),
      },
      ...(hasInbox ? [inbox] : []),
      ...failures.nodes,
    ],
    edges: [
      ...[...channels].map((channel): FlowEdge => ({
        from: id('channel', channel),
        to: handlerId,
        kind: 'message',
        lines: [],
      })),
      ...(hasInbox
        ? [{ from: handlerId, to: inboxId, kind: 'call' as const, lines: [] }]
        : []),
      ...failures.edges,
    ],
  };
}

function handlerLabel(
  { words }: PlanContext,
  group: ConsumerGroup,
  members: readonly Subscription[],
): FlowNode['lines'] {
  const more = (count: number): string => say(words, 'more', { count });
  return nodeLabel(
    group.name,
    say(words, 'topology.copies', {
      instances: group.instances.value,
      concurrency: group.concurrency.value,
    }),
    ...firstFew(
      members.map((member) =>
        say(words, 'topology.handles', {
          pattern: member.pattern,
          handler: member.handler.value,
        }),
      ),
      8,
      more,
    ),
  );
}
