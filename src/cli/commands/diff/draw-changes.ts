// A picture of what changed: the events that changed with those who publish and consume them, in Mermaid.
import { byCodeUnit } from '../../../core/artifact.ts';
import type { Model } from '../../../model/model.ts';
import { mermaidLabel } from '../../../render/escape-mermaid.ts';
import type { ChangeReport } from './change-report.ts';

type Fate = 'added' | 'removed' | 'changed' | 'same';

interface Node {
  readonly key: string;
  readonly kind: 'service' | 'event';
  readonly label: string;
  readonly fate: Fate;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly fate: Fate;
}

/** More than this is no picture any more. */
const maxEvents = 24;

/** Draws the changed part of a design; null when no event, and none of its ends, changed. */
export function drawChanges(report: ChangeReport): string | null {
  const { edges, touched } = links(report);
  const shownEvents = [...touched].toSorted(byCodeUnit).slice(0, maxEvents);
  if (shownEvents.length === 0) return null;
  const shown = new Set(shownEvents.map(eventKey));
  const drawn = edges.filter(
    ({ from, to }) => shown.has(from) || shown.has(to),
  );
  const nodes = nodesOf(report, { drawn, events: shownEvents });
  const ids = new Map(nodes.map(({ key }, index) => [key, `n${index}`]));
  const left = touched.size - shownEvents.length;
  return [
    'flowchart LR',
    ...nodes.map((node) => nodeLine(node, ids)),
    ...(left > 0 ? [`  more[${mermaidLabel(`and ${left} more events`)}]`] : []),
    ...drawn.map(({ from, to, fate }) => {
      const arrow = {
        added: '==>',
        removed: '-.->',
        changed: '-->',
        same: '-->',
      };
      return `  ${ids.get(from) ?? ''} ${arrow[fate]} ${ids.get(to) ?? ''}`;
    }),
    '  classDef added fill:#dafbe1,stroke:#1a7f37,color:#0b3d1a,stroke-width:2px',
    '  classDef removed fill:#ffebe9,stroke:#cf222e,color:#5c0f14,stroke-width:2px,stroke-dasharray:5 4',
    '  classDef changed fill:#fff8c5,stroke:#9a6700,color:#4d3300,stroke-width:2px',
    '  classDef same fill:#f6f8fa,stroke:#8c959f,color:#24292f',
    ...(['added', 'removed', 'changed', 'same'] as const).flatMap((fate) =>
      classLine(nodes, { fate, ids }),
    ),
    ...(['added', 'removed'] as const).flatMap((fate) => linkLine(drawn, fate)),
    '',
  ].join('\n');
}

function nodeLine(
  { key, kind, label, fate }: Node,
  ids: ReadonlyMap<string, string>,
): string {
  const text = mermaidLabel(fate === 'same' ? label : `${label} (${fate})`);
  const id = ids.get(key) ?? '';
  return kind === 'service' ? `  ${id}[${text}]` : `  ${id}([${text}])`;
}

function classLine(
  nodes: readonly Node[],
  {
    fate,
    ids,
  }: { readonly fate: Fate; readonly ids: ReadonlyMap<string, string> },
): readonly string[] {
  const worn = nodes
    .filter((node) => node.fate === fate)
    .map(({ key }) => ids.get(key) ?? '');
  return worn.length === 0 ? [] : [`  class ${worn.join(',')} ${fate}`];
}

function linkLine(
  edges: readonly Edge[],
  fate: 'added' | 'removed',
): readonly string[] {
  const at = edges.flatMap((edge, index) =>
    edge.fate === fate ? [index] : [],
  );
  const colour = fate === 'added' ? '#1a7f37' : '#cf222e';
  return at.length === 0
    ? []
    : [`  linkStyle ${at.join(',')} stroke:${colour},stroke-width:2px`];
}

const eventKey = (name: string): string => `event ${name}`;
const serviceKey = (name: string): string => `service ${name}`;

/** The links of both designs, and the events that have changed or gained or lost one. */
function links({ before, after, changes, renames }: ChangeReport): {
  readonly edges: readonly Edge[];
  readonly touched: ReadonlySet<string>;
} {
  const had = before === null ? new Set<string>() : linkTexts(before, renames);
  const has = linkTexts(after, null);
  const edges = [...new Set([...has, ...had])].map((text): Edge => {
    const [from = '', to = ''] = JSON.parse(text) as readonly string[];
    const isBoth = had.has(text) && has.has(text);
    const fate = isBoth ? 'same' : has.has(text) ? 'added' : 'removed';
    return { from, to, fate };
  });
  const ends = edges
    .filter(({ fate }) => fate !== 'same')
    .flatMap(({ from, to }) => [from, to]);
  const subjects = changes
    .filter(({ subject }) => subject.kind === 'event')
    .map(({ subject }) => eventKey(subject.name));
  const touched = [...ends, ...subjects]
    .filter((key) => key.startsWith('event '))
    .map((key) => key.slice('event '.length));
  return { edges, touched: new Set(touched) };
}

function linkTexts(
  model: Model,
  renames: ChangeReport['renames'] | null,
): ReadonlySet<string> {
  const event = (name: string): string =>
    eventKey(renames?.events.get(name) ?? name);
  const service = (name: string): string =>
    serviceKey(renames?.services.get(name) ?? name);
  return new Set([
    ...model.publications.map((one) =>
      JSON.stringify([service(one.service), event(one.event)]),
    ),
    ...model.subscriptions.flatMap((one) =>
      one.events.map((name) =>
        JSON.stringify([event(name), service(one.service)]),
      ),
    ),
  ]);
}

function nodesOf(
  { before, after, changes, renames }: ChangeReport,
  {
    drawn,
    events,
  }: { readonly drawn: readonly Edge[]; readonly events: readonly string[] },
): readonly Node[] {
  const changed = new Set(
    changes.map(({ subject }) => `${subject.kind} ${subject.name}`),
  );
  const oldNames = new Map(
    [...renames.events].map(([old, now]) => [now, old] as const),
  );
  const names = (
    model: Model | null,
    of: 'events' | 'services',
  ): ReadonlySet<string> =>
    new Set(model?.[of].map(({ name }) => renames[of].get(name) ?? name));
  const [oldEvents, newEvents] = [
    names(before, 'events'),
    new Set(after.events.map(({ name }) => name)),
  ];
  const [oldServices, newServices] = [
    names(before, 'services'),
    new Set(after.services.map(({ name }) => name)),
  ];
  const fateOf = (key: string, isOld: boolean, isNew: boolean): Fate => {
    if (!isOld) return 'added';
    if (!isNew) return 'removed';
    return changed.has(key) ? 'changed' : 'same';
  };
  const services = [...new Set(drawn.flatMap(({ from, to }) => [from, to]))]
    .filter((key) => key.startsWith('service '))
    .map((key) => key.slice('service '.length))
    .toSorted(byCodeUnit);
  return [
    ...services.map((name): Node => ({
      key: serviceKey(name),
      kind: 'service',
      label: name,
      // A service is told by its links; only its coming and going is its own.
      fate: plain(fateOf('', oldServices.has(name), newServices.has(name))),
    })),
    ...events.map((name): Node => {
      const old = oldNames.get(name);
      return {
        key: eventKey(name),
        kind: 'event',
        label: old === undefined ? name : `${old} → ${name}`,
        fate: fateOf(eventKey(name), oldEvents.has(name), newEvents.has(name)),
      };
    }),
  ];
}

const plain = (fate: Fate): Fate => (fate === 'changed' ? 'same' : fate);
