// The publishing side of an event's flow.
import type { Event, Publication } from '../model/model.ts';
import { databaseName } from '../model/product-name.ts';
import type { DiagramIds } from './diagram-ids.ts';
import type { FlowEdge, FlowGroup, FlowNode } from './flowchart.ts';
import { nodeLabel, plainLabel, type Line } from './label.ts';
import { serviceStyle } from './parts.ts';
import type { PlanContext } from './plan-context.ts';
import { say } from './words.ts';

/** What one participant adds to the chart. */
export interface Part {
  readonly groups: readonly FlowGroup[];
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

export interface Place {
  readonly id: DiagramIds;
  readonly channelId: string;
  readonly event: Event;
}

/** Draws a publisher: with an outbox, the transaction that fills it and the relay that empties it. */
export function publisherPart(
  context: PlanContext,
  publication: Publication,
  { id, channelId, event }: Place,
): Part {
  const { index, words } = context;
  const service = index.services.get(publication.service) ?? null;
  const serviceId = id('pub', publication.service);
  const hasOutbox = publication.hasOutbox.value;
  const node: FlowNode = {
    id: serviceId,
    shape: 'rounded',
    lines: nodeLabel(
      publication.service,
      say(words, 'flow.publisher'),
      hasOutbox ? null : say(words, 'flow.noOutbox'),
    ),
    style: serviceStyle(service),
  };
  const published = plainLabel(event.name, `v${event.version}`);
  if (!hasOutbox) {
    return {
      groups: [],
      nodes: [node],
      edges: [
        { from: serviceId, to: channelId, kind: 'message', lines: published },
      ],
    };
  }
  return outboxPart(context, publication, { node, published, id, channelId });
}

function outboxPart(
  { index, words }: PlanContext,
  publication: Publication,
  given: {
    readonly node: FlowNode;
    readonly published: readonly Line[];
    readonly id: DiagramIds;
    readonly channelId: string;
  },
): Part {
  const { node, published, id, channelId } = given;
  const service = index.services.get(publication.service) ?? null;
  const outboxId = id('outbox', publication.service);
  const relayId = id('relay', publication.service);
  const outbox: FlowNode = {
    id: outboxId,
    shape: 'cyl',
    lines: nodeLabel(say(words, 'flow.outbox'), databaseName(service)),
    style: 'store',
  };
  const relay: FlowNode = {
    id: relayId,
    shape: 'fr-rect',
    lines: nodeLabel(say(words, 'flow.relay'), say(words, 'flow.relayFact')),
    style: 'guard',
  };
  return {
    groups: [
      {
        id: id('side', publication.service),
        lines: plainLabel(say(words, 'flow.transaction')),
        style: 'context',
        nodes: [node, outbox],
      },
    ],
    nodes: [relay],
    edges: [
      { from: node.id, to: outboxId, kind: 'message', lines: [] },
      { from: outboxId, to: relayId, kind: 'message', lines: [] },
      { from: relayId, to: channelId, kind: 'message', lines: published },
    ],
  };
}
