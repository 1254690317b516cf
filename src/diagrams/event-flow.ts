// One flowchart per event that matters: from the publisher through its channel to each consumer group, with what happens
// when handling fails.
import { keyName } from '../model/event-key.ts';
import type { Axis, Event, Flow, Subscription } from '../model/model.ts';
import { createDiagramIds } from './diagram-ids.ts';
import type { Diagram, DiagramView } from './diagram.ts';
import { flowchartView, type FlowNode } from './flowchart.ts';
import { nodeLabel, plainLabel } from './label.ts';
import { consumersOf, publishersOf } from './model-index.ts';
import type { PlanContext } from './plan-context.ts';
import { channelNode, failureParts, serviceStyle } from './parts.ts';
import { publisherPart, type Part, type Place } from './publisher-part.ts';
import { say } from './words.ts';

/**
 * Plans one flow per event that matters. An event matters when it leaves the service that publishes it: another service
 * consumes it, the outside does (`public`), or it is a command. What stays inside one service is shown by its CQRS
 * diagram; what nobody consumes has no flow.
 */
export function planEventFlows(context: PlanContext): readonly Diagram[] {
  return context.model.events
    .filter((event) => isFlowing(context, event))
    .map((event) => planEventFlow(context, event));
}

function isFlowing({ index }: PlanContext, event: Event): boolean {
  const consumers = consumersOf(index, event.name);
  if (event.isPublic) return true;
  if (consumers.length === 0) return false;
  if (event.kind === 'command') return true;
  const publishers = publishersOf(index, event.name);
  return consumers.some((consumer) => !publishers.includes(consumer));
}

function planEventFlow(context: PlanContext, event: Event): Diagram {
  const title = say(context.words, 'flow.title', { event: event.name });
  return {
    kind: 'flow',
    subject: event.name,
    name: `flow-${event.name}`,
    template: 'flowchart',
    pointers: [event.origin],
    title,
    view: () => flowView(context, event, title),
  };
}

function flowView(
  context: PlanContext,
  event: Event,
  title: string,
): DiagramView {
  const { index, words } = context;
  const id = createDiagramIds();
  const channel = index.channels.get(event.channel);
  const channelId = id('channel', event.channel);
  const sources = (index.publicationsByEvent.get(event.name) ?? []).map(
    (publication) =>
      publisherPart(context, publication, { id, channelId, event }),
  );
  const targets = (index.subscriptionsByEvent.get(event.name) ?? []).map(
    (subscription) =>
      consumerPart(context, subscription, { id, channelId, event }),
  );
  const parts = [
    ...sources,
    ...targets,
    ...outsidePart(context, event, { id, channelId, event }),
  ];
  return flowchartView({
    title,
    description: say(words, 'flow.description', {
      event: event.name,
      publishers: publishersOf(index, event.name).join(', ') || '-',
      consumers: consumersOf(index, event.name).join(', ') || '-',
    }),
    direction: 'LR',
    groups: parts.flatMap((part) => part.groups),
    nodes: [
      channelNode(context, {
        id: channelId,
        name: event.channel,
        channel: channel ?? null,
        facts: [keyFact(context, event)],
      }),
      ...parts.flatMap((part) => part.nodes),
    ],
    edges: parts.flatMap((part) => part.edges),
  });
}

const keyFact = ({ words }: PlanContext, event: Event): string | null =>
  event.key === null
    ? null
    : say(words, 'channel.key', { key: keyName(event.key) });

function consumerPart(
  context: PlanContext,
  subscription: Subscription,
  { id, channelId, event }: Place,
): Part {
  const { index, words } = context;
  const service = index.services.get(subscription.service) ?? null;
  const handlerId = id('sub', subscription.id);
  const flow = (index.flowsByEvent.get(event.name) ?? []).find(
    (one) => one.subscription === subscription.id,
  );
  const node: FlowNode = {
    id: handlerId,
    shape: 'rounded',
    lines: nodeLabel(
      subscription.service,
      say(words, 'consumer.group', { group: subscription.group }),
      say(words, 'consumer.handler', { handler: subscription.handler.value }),
      say(words, `idempotency.${subscription.idempotency.value}`),
    ),
    style: serviceStyle(service),
  };
  const failures = failureParts(context, { subscription, handlerId, id });
  return {
    groups: [],
    nodes: [node, ...failures.nodes],
    edges: [
      {
        from: channelId,
        to: handlerId,
        kind: 'message',
        lines:
          flow === undefined
            ? []
            : plainLabel(...guaranteeFacts(context, flow)),
      },
      ...failures.edges,
    ],
  };
}

// The guarantee had, and the one meant where they differ: what a reader must not miss.
function guaranteeFacts({ words }: PlanContext, flow: Flow): readonly string[] {
  const { declared, effective, weakenings } = flow;
  const isWeak = (axis: Axis): boolean =>
    weakenings.some((one) => one.axis === axis);
  const told = (meant: string, had: string, ...axes: Axis[]): string =>
    axes.some(isWeak)
      ? say(words, 'flow.weakened', {
          had: say(words, had),
          meant: say(words, meant),
        })
      : say(words, meant);
  return [
    told(
      `delivery.${declared.delivery}`,
      `worth.${effective.mayBeLost ? 'lost' : 'kept'}-${effective.mayBeDoubled ? 'doubled' : 'single'}`,
      'loss',
      'doubling',
    ),
    told(
      `ordering.${declared.ordering}`,
      `ordering.${effective.ordering}`,
      'order',
    ),
  ];
}

function outsidePart(
  { words }: PlanContext,
  event: Event,
  { id, channelId }: Place,
): readonly Part[] {
  if (!event.isPublic) return [];
  const outsideId = id('outside', 'outside');
  return [
    {
      groups: [],
      nodes: [
        {
          id: outsideId,
          shape: 'rounded',
          lines: nodeLabel(
            say(words, 'flow.outside'),
            say(words, 'flow.outsideFact', {
              compatibility: event.compatibility.value,
            }),
          ),
          style: 'external',
        },
      ],
      edges: [{ from: channelId, to: outsideId, kind: 'message', lines: [] }],
    },
  ];
}
