// Services around the broker in three columns: who publishes, what carries it, who consumes. A service that does both
// stands on both sides, so that every arrow goes one way and none runs through a box.
import { createDiagramIds, type DiagramIds } from './diagram-ids.ts';
import type { Diagram, DiagramView } from './diagram.ts';
import {
  flowchartView,
  type FlowEdge,
  type FlowGroup,
  type FlowNode,
  type Flowchart,
} from './flowchart.ts';
import { firstFew, nodeLabel, pipeLabel, plainLabel } from './label.ts';
import { brokerGroup, serviceStyle } from './parts.ts';
import type { PlanContext } from './plan-context.ts';
import {
  carriersOf,
  foreignContext,
  linksOf,
  type Carrier,
  type Link,
  type Side,
} from './scene-links.ts';
import { partArrows } from './part-arrows.ts';
import { say, sayCount } from './words.ts';

export interface Scene {
  readonly kind: 'overview' | 'context';
  readonly name: string;
  readonly title: string;
  /** The services shown in full; others appear only as their contexts. */
  readonly services: readonly string[];
  readonly subject: string | null;
}

/**
 * Plans one picture of services, channels and the broker. The whole system is framed by context and broker; the picture
 * of one context needs no frames, and what it takes from another context comes through one pipe.
 */
export function planScene(context: PlanContext, scene: Scene): Diagram {
  const { index } = context;
  return {
    kind: scene.kind,
    subject: scene.subject,
    name: scene.name,
    template: 'flowchart',
    pointers: scene.services.map(
      (name) => index.services.get(name)?.origin ?? '',
    ),
    title: scene.title,
    view: () => sceneView(context, scene),
  };
}

function sceneView(context: PlanContext, scene: Scene): DiagramView {
  const { model, words } = context;
  const id = createDiagramIds();
  const shown = new Set(scene.services);
  const links = linksOf(context, shown);
  const cast: Cast = {
    shown,
    links,
    id,
    carriers: carriersOf(context, links, { shown, id }),
  };
  return flowchartView({
    title: scene.title,
    description: say(words, 'overview.description', {
      services: sayCount(words, 'count.services', scene.services.length),
      channels: sayCount(words, 'count.channels', cast.carriers.size),
      broker: model.broker.title,
    }),
    direction: 'LR',
    ...piecesOf(context, cast, scene.kind === 'overview'),
  });
}

type Pieces = Pick<Flowchart, 'rankSpacing' | 'groups' | 'nodes' | 'edges'>;

function piecesOf(context: PlanContext, cast: Cast, isFramed: boolean): Pieces {
  const { model } = context;
  const carriers = [
    ...new Map(
      [...cast.carriers.values()].map((carrier) => [carrier.id, carrier]),
    ).values(),
  ];
  const own = new Set(
    carriers.flatMap((carrier) =>
      carrier.foreign === null ? carrier.channels : [],
    ),
  );
  const broker = brokerGroup(
    context,
    model.channels.filter(({ name }) => own.has(name)),
    cast.id,
  );
  const sides = [
    ...sideGroups(context, { ...cast, side: 'out' }),
    ...sideGroups(context, { ...cast, side: 'in' }),
  ];
  const foreign = [
    ...foreignPipes(context, carriers),
    ...foreignNodes(context, cast),
  ];
  const arrows = channelEdges(context, cast);
  const parted = partArrows(arrows, cast.id);
  return {
    rankSpacing: isFramed ? 110 : 80,
    groups: isFramed ? [...sides, broker] : [],
    nodes: isFramed
      ? foreign
      : [
          ...[...sides, broker].flatMap((group) => group.nodes),
          ...foreign,
          ...parted.nodes,
        ],
    edges: [
      ...(isFramed ? arrows : parted.edges),
      ...requestEdges(context, cast),
    ],
  };
}

function foreignPipes(
  { words }: PlanContext,
  carriers: readonly Carrier[],
): readonly FlowNode[] {
  const more = (count: number): string => say(words, 'more', { count });
  return carriers.flatMap((carrier) =>
    carrier.foreign === null
      ? []
      : [
          {
            id: carrier.id,
            shape: 'h-cyl' as const,
            lines: pipeLabel(
              say(words, 'context.from', { context: carrier.foreign }),
              ...firstFew(carrier.channels, 6, more),
            ),
            style: 'external' as const,
          },
        ],
  );
}

interface Cast {
  readonly shown: ReadonlySet<string>;
  readonly links: readonly Link[];
  readonly id: DiagramIds;
  /** By channel. */
  readonly carriers: ReadonlyMap<string, Carrier>;
}

// Not drawn: what others do with a channel that comes from another context.
function isDrawn(cast: Cast, link: Link): boolean {
  const isForeign = (cast.carriers.get(link.channel)?.foreign ?? null) !== null;
  return !isForeign || (link.side === 'in' && cast.shown.has(link.service));
}

function sideGroups(
  { model, index, words }: PlanContext,
  { side, shown, links, id }: Cast & { readonly side: Side },
): readonly FlowGroup[] {
  const active = new Set(
    links.filter((link) => link.side === side).map((link) => link.service),
  );
  const idle = new Set(links.map((link) => link.service));
  // Who neither publishes nor consumes stands with the publishers, so that nobody is missing.
  const services = [...shown].flatMap((name) => {
    const service = index.services.get(name);
    const isHere = active.has(name) || (side === 'out' && !idle.has(name));
    return service === undefined || !isHere ? [] : [service];
  });
  const contexts = [...new Set(services.map((service) => service.context))];
  const hasContexts = model.services.some(
    (service) => service.context !== null,
  );
  return contexts.map((name) => ({
    id: id(`ctx_${side}`, name ?? ''),
    lines: plainLabel(
      name ?? say(words, hasContexts ? 'context.none' : 'context.only'),
    ),
    style: 'context',
    nodes: services
      .filter((service) => service.context === name)
      .map((service) => ({
        id: id(side, service.name),
        shape: 'rounded',
        lines: nodeLabel(service.name, service.owner),
        style: serviceStyle(service),
      })),
  }));
}

function endOf(context: PlanContext, link: Link, cast: Cast): string {
  return cast.shown.has(link.service)
    ? cast.id(link.side, link.service)
    : cast.id(`other_${link.side}`, foreignContext(context, link));
}

function foreignNodes(context: PlanContext, cast: Cast): readonly FlowNode[] {
  const nodes = cast.links
    .filter((link) => !cast.shown.has(link.service) && isDrawn(cast, link))
    .map((link): FlowNode => ({
      id: endOf(context, link, cast),
      shape: 'rounded',
      lines: nodeLabel(
        foreignContext(context, link),
        say(context.words, 'context.other'),
      ),
      style: 'external',
    }));
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

function channelEdges(context: PlanContext, cast: Cast): readonly FlowEdge[] {
  const edges = cast.links
    .filter((link) => isDrawn(cast, link))
    .map((link): FlowEdge => {
      const end = endOf(context, link, cast);
      const pipe = cast.carriers.get(link.channel)?.id ?? '';
      const [from, to] = link.side === 'out' ? [end, pipe] : [pipe, end];
      return { from, to, kind: 'message', lines: [] };
    });
  return [
    ...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values(),
  ];
}

// Between the sides on which the two services stand anyway; the arrow tells which of them asks.
function requestEdges(
  { model }: PlanContext,
  { shown, links, id }: Cast,
): readonly FlowEdge[] {
  const stands = (side: Side, service: string): boolean =>
    links.some((link) => link.side === side && link.service === service);
  return model.requests
    .filter(({ requester, responder }) =>
      [requester, responder].every((service) => shown.has(service)),
    )
    .map((request) => ({
      from: id(
        stands('out', request.requester) || !stands('in', request.requester)
          ? 'out'
          : 'in',
        request.requester,
      ),
      to: id(stands('in', request.responder) ? 'in' : 'out', request.responder),
      kind: 'call',
      lines: plainLabel(request.name),
    }));
}
