// One flowchart per service that writes or reads models: command, write model, store, channel, projector, read model, query.
import { formatDuration } from '../core/units.ts';
import type { Aggregate, Projection, Query } from '../model/model.ts';
import { databaseName } from '../model/product-name.ts';
import { createDiagramIds, type DiagramIds } from './diagram-ids.ts';
import type { Diagram } from './diagram.ts';
import { flowchartView, type FlowEdge, type FlowNode } from './flowchart.ts';
import { firstFew, nodeLabel, plainLabel } from './label.ts';
import { channelNode, serviceStyle } from './parts.ts';
import type { PlanContext } from './plan-context.ts';
import { say } from './words.ts';

/** Plans a CQRS picture for each service that owns an aggregate or a read model. */
export function planCqrs(context: PlanContext): readonly Diagram[] {
  const { model } = context;
  const services = new Set(
    [...model.aggregates, ...model.projections].map((one) => one.service),
  );
  return [...services].map((service) => planServiceCqrs(context, service));
}

function planServiceCqrs(context: PlanContext, service: string): Diagram {
  const { model, index, words } = context;
  const id = createDiagramIds();
  const aggregates = model.aggregates.filter((one) => one.service === service);
  const projections = model.projections.filter(
    (one) => one.service === service,
  );
  const channels = new Set(
    [
      ...aggregates.flatMap((aggregate) => aggregate.events),
      ...projections.flatMap((projection) => projection.from),
    ].flatMap((event) => index.events.get(event)?.channel ?? []),
  );
  const parts = [
    ...aggregates.map((aggregate) => writeSide(context, aggregate, id)),
    ...projections.map((projection) => readSide(context, projection, id)),
  ];
  const title = say(words, 'cqrs.title', { service });
  return {
    kind: 'cqrs',
    subject: service,
    name: `cqrs-${service}`,
    template: 'flowchart',
    pointers: [...aggregates, ...projections].map((one) => one.origin),
    title,
    view: () =>
      flowchartView({
        title,
        description: say(words, 'cqrs.description', {
          service,
          aggregates: aggregates.length,
          projections: projections.length,
        }),
        direction: 'LR',
        groups: [],
        nodes: [
          ...[...channels].map((name) =>
            channelNode(context, {
              id: id('channel', name),
              name,
              channel: index.channels.get(name) ?? null,
              facts: [],
            }),
          ),
          ...parts.flatMap((part) => part.nodes),
        ],
        edges: parts.flatMap((part) => part.edges),
      }),
  };
}

interface Side {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

const message = (from: string, to: string, text: string | null): FlowEdge => ({
  from,
  to,
  kind: 'message',
  lines: plainLabel(text),
});

function writeSide(
  context: PlanContext,
  aggregate: Aggregate,
  id: DiagramIds,
): Side {
  const { index, words } = context;
  const aggregateId = id('agg', aggregate.name);
  const commandsId = id('cmd', aggregate.name);
  const storeId = id('store', aggregate.name);
  const more = (count: number): string => say(words, 'more', { count });
  const channels = new Set(
    aggregate.events.flatMap((event) => index.events.get(event)?.channel ?? []),
  );
  const commands: FlowNode = {
    id: commandsId,
    shape: 'rounded',
    lines: nodeLabel(
      say(words, 'cqrs.commands'),
      ...firstFew(
        aggregate.commands.map((command) => command.name),
        8,
        more,
      ),
    ),
    style: 'command',
  };
  return {
    nodes: [
      ...(aggregate.commands.length === 0 ? [] : [commands]),
      {
        id: aggregateId,
        shape: 'hex',
        lines: nodeLabel(aggregate.name, say(words, 'cqrs.writeModel')),
        style: serviceStyle(index.services.get(aggregate.service) ?? null),
      },
      {
        id: storeId,
        shape: 'cyl',
        lines: storeLabel(context, aggregate),
        style: 'store',
      },
    ],
    edges: [
      ...(aggregate.commands.length === 0
        ? []
        : [message(commandsId, aggregateId, null)]),
      message(
        aggregateId,
        storeId,
        say(words, `cqrs.writes.${aggregate.storage.value}`),
      ),
      ...[...channels].map((channel) =>
        message(storeId, id('channel', channel), say(words, 'cqrs.publishes')),
      ),
    ],
  };
}

function storeLabel(
  { model, index, words }: PlanContext,
  aggregate: Aggregate,
): FlowNode['lines'] {
  if (aggregate.storage.value === 'state') {
    return nodeLabel(
      say(words, 'cqrs.stateStore'),
      databaseName(index.services.get(aggregate.service)),
    );
  }
  return nodeLabel(
    say(words, 'cqrs.eventStore'),
    model.eventStore.value,
    aggregate.snapshotEvery === null
      ? null
      : say(words, 'cqrs.snapshots', { count: aggregate.snapshotEvery.value }),
  );
}

function readSide(
  context: PlanContext,
  projection: Projection,
  id: DiagramIds,
): Side {
  const { model, index, words } = context;
  const projectorId = id('projector', projection.name);
  const readId = id('read', projection.name);
  const queries = model.queries.filter(
    (query) => query.projection === projection.name,
  );
  const byChannel = new Set(
    projection.from.flatMap((event) => index.events.get(event)?.channel ?? []),
  );
  const more = (count: number): string => say(words, 'more', { count });
  return {
    nodes: [
      {
        id: projectorId,
        shape: 'fr-rect',
        lines: nodeLabel(
          say(words, 'cqrs.projector', { name: projection.name }),
          ...firstFew(projection.from, 6, more),
        ),
        style: 'guard',
      },
      {
        id: readId,
        shape: 'cyl',
        lines: nodeLabel(
          projection.name,
          say(words, 'cqrs.readModel', { key: projection.key }),
          projection.stalenessMs === null
            ? null
            : say(words, 'cqrs.staleness', {
                age: formatDuration(
                  projection.stalenessMs.value,
                  context.model.locale,
                ),
              }),
        ),
        style: 'store',
      },
      ...queries.map((query): FlowNode => queryNode(context, query, id)),
    ],
    edges: [
      ...[...byChannel].map((channel) =>
        message(id('channel', channel), projectorId, null),
      ),
      message(projectorId, readId, say(words, 'cqrs.updates')),
      ...queries.map((query): FlowEdge => ({
        from: readId,
        to: id('query', query.name),
        kind: 'call',
        lines: plainLabel(say(words, 'cqrs.answers')),
      })),
    ],
  };
}

function queryNode(
  { words }: PlanContext,
  query: Query,
  id: DiagramIds,
): FlowNode {
  return {
    id: id('query', query.name),
    shape: 'stadium',
    lines: nodeLabel(
      query.name,
      query.by.length === 0
        ? null
        : say(words, 'cqrs.by', { fields: query.by.join(', ') }),
      query.sort === null
        ? null
        : say(
            words,
            query.sort.isDescending ? 'cqrs.sortedDown' : 'cqrs.sortedUp',
            { field: query.sort.field },
          ),
    ),
    style: 'event',
  };
}
