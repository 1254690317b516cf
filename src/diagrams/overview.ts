// The picture of the whole: services by bounded context around the broker, or, where that would be a hairball, a map of
// the contexts and one picture for each.
import { areaLinks, areasOf, fitsOnePicture, type Area } from './areas.ts';
import { createDiagramIds } from './diagram-ids.ts';
import type { Diagram, DiagramView } from './diagram.ts';
import { flowchartView } from './flowchart.ts';
import { firstFew, nodeLabel, plainLabel } from './label.ts';
import type { PlanContext } from './plan-context.ts';
import { planScene } from './scene.ts';
import { say, sayCount } from './words.ts';

/** Plans the overview: one picture where it is legible, else a context map and a picture per bounded context. */
export function planOverview(context: PlanContext): readonly Diagram[] {
  const { model } = context;
  if (fitsOnePicture(model)) {
    return [
      planScene(context, {
        kind: 'overview',
        name: 'overview',
        title: say(context.words, 'overview.title', { name: model.name }),
        services: model.services.map((service) => service.name),
        subject: null,
      }),
    ];
  }
  const areas = areasOf(model);
  return [
    planContextMap(context, areas),
    ...areas.map((area) => planArea(context, area)),
  ];
}

function planArea(context: PlanContext, area: Area): Diagram {
  const title = areaTitle(context, area);
  return planScene(context, {
    kind: 'context',
    name: `context-${area.context ?? 'others'}${area.part === null ? '' : `-${area.part}`}`,
    title: say(context.words, 'context.title', { context: title }),
    services: area.services,
    subject: area.context,
  });
}

function areaTitle({ words }: PlanContext, area: Area): string {
  const name = area.context ?? say(words, 'context.none');
  return area.part === null
    ? name
    : say(words, 'context.part', { context: name, part: area.part });
}

function planContextMap(context: PlanContext, areas: readonly Area[]): Diagram {
  const title = say(context.words, 'map.title', { name: context.model.name });
  return {
    kind: 'overview',
    subject: null,
    name: 'overview',
    template: 'flowchart',
    pointers: [''],
    title,
    view: () => mapView(context, areas, title),
  };
}

function mapView(
  context: PlanContext,
  areas: readonly Area[],
  title: string,
): DiagramView {
  const { model, index, words } = context;
  const id = createDiagramIds();
  const areaId = (at: number): string => id('area', String(at + 1));
  const links = areaLinks(model, index, areas);
  const more = (count: number): string => say(words, 'more', { count });
  return flowchartView({
    title,
    description: say(words, 'map.description', {
      contexts: sayCount(words, 'count.contexts', areas.length),
      services: sayCount(words, 'count.services', model.services.length),
      events: sayCount(words, 'count.events', model.events.length),
      broker: model.broker.title,
    }),
    direction: 'LR',
    groups: [],
    nodes: areas.map((area, at) => ({
      id: areaId(at),
      shape: 'rect',
      lines: nodeLabel(
        areaTitle(context, area),
        ...firstFew(area.services, 8, more),
      ),
      style: 'service',
    })),
    edges: links.map((link) => ({
      from: areaId(link.from),
      to: areaId(link.to),
      kind: 'message',
      lines: plainLabel(...firstFew(link.events, 3, more)),
    })),
  });
}
