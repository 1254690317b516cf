// Payloads and shared types as class diagrams, a few classes each.
import type { Event, SharedType } from '../model/model.ts';
import {
  typeText,
  withoutNull,
  type Field,
  type FieldType,
  type Shape,
} from '../model/payload.ts';
import { createDiagramIds, type DiagramIds } from './diagram-ids.ts';
import { diagramHead, type Diagram, type DiagramView } from './diagram.ts';
import { wornStyles, type Style, type WornStyles } from './styles.ts';
import { firstFew, plainLabel, visibleText } from './label.ts';
import { gather } from './model-index.ts';
import type { PlanContext } from './plan-context.ts';
import { say, sayCount } from './words.ts';

/** Classes of events in one picture; the types that they use come on top. */
const eventsPerPicture = 8;
const fieldsPerClass = 24;

/**
 * Plans the class diagrams, at most eight events a picture, those that share a channel together. Events that use shared
 * types come first, with those types; flat ones follow in pictures of their own, so that no line runs behind a box.
 */
export function planPayloadClasses(context: PlanContext): readonly Diagram[] {
  const { model } = context;
  const types = new Map(model.types.map((type) => [type.name, type]));
  const ordered = [
    ...gather(model.events, (event) => [event.channel]).values(),
  ].flat();
  const isTyped = (event: Event): boolean =>
    typesUsedBy([event], types).length > 0;
  const pictures = [
    ...chunksOf(ordered.filter(isTyped)),
    ...chunksOf(ordered.filter((event) => !isTyped(event))),
  ];
  return pictures.map((events, at) =>
    planPicture(context, {
      events,
      types,
      part: pictures.length === 1 ? null : at + 1,
    }),
  );
}

// Parts of near equal size, so that none is left with a single class.
function chunksOf(events: readonly Event[]): readonly (readonly Event[])[] {
  const parts = Math.ceil(events.length / eventsPerPicture);
  const size = Math.ceil(events.length / parts);
  return Array.from({ length: parts }, (_, at) =>
    events.slice(at * size, (at + 1) * size),
  );
}

interface Picture {
  readonly events: readonly Event[];
  readonly types: ReadonlyMap<string, SharedType>;
  readonly part: number | null;
}

function planPicture(context: PlanContext, picture: Picture): Diagram {
  const { words } = context;
  const { events, part } = picture;
  const title =
    part === null
      ? say(words, 'payloads.title')
      : say(words, 'payloads.part', { part });
  return {
    kind: 'payloads',
    subject: null,
    name: part === null ? 'payloads' : `payloads-${part}`,
    template: 'class',
    pointers: events.map((event) => event.origin),
    title,
    view: () => pictureView(context, picture, title),
  };
}

function pictureView(
  context: PlanContext,
  { events, types }: Picture,
  title: string,
): DiagramView & {
  readonly classes: readonly ClassView[];
  readonly worn: WornStyles;
  readonly relations: readonly object[];
} {
  const { words } = context;
  const id = createDiagramIds();
  const used = typesUsedBy(events, types);
  const classes = classesOf(context, { events, used, id });
  return {
    ...diagramHead(
      title,
      say(
        words,
        used.length === 0
          ? 'payloads.description.alone'
          : 'payloads.description',
        {
          events: sayCount(words, 'count.events', events.length),
          types: sayCount(words, 'count.types', used.length),
        },
      ),
    ),
    classes,
    worn: wornStyles(classes.map(({ style }) => style)),
    relations: [
      ...events.flatMap((event) =>
        relationsOf(event.payload, id('event', event.name), {
          id,
          used,
        }),
      ),
      ...used.flatMap((type) =>
        relationsOf(type.shape, id('type', type.name), { id, used }),
      ),
    ],
  };
}

/** A box of the picture; its other members are for the template. */
interface ClassView {
  readonly style: Style;
}

const styleOf = (event: Event): Style =>
  event.kind === 'command' ? 'command' : 'event';

function classesOf(
  context: PlanContext,
  given: {
    readonly events: readonly Event[];
    readonly used: readonly SharedType[];
    readonly id: DiagramIds;
  },
): readonly ClassView[] {
  const { words } = context;
  const { events, used, id } = given;
  return [
    ...events.map((event) => ({
      id: id('event', event.name),
      lines: plainLabel(`${event.name} v${event.version}`),
      stereotype: say(words, `kind.${event.kind}`),
      style: styleOf(event),
      ...membersOf(context, event.payload),
    })),
    ...used.map((type) => ({
      id: id('type', type.name),
      lines: plainLabel(type.name),
      stereotype: say(words, 'kind.type'),
      style: 'guard' as const,
      ...membersOf(context, type.shape),
    })),
  ];
}

function typesUsedBy(
  events: readonly Event[],
  types: ReadonlyMap<string, SharedType>,
): readonly SharedType[] {
  const found = new Map<string, SharedType>();
  const visit = (shape: Shape): void => {
    for (const field of shape.fields) {
      for (const name of namesIn(field.type)) {
        const type = types.get(name);
        if (type === undefined || found.has(name)) continue;
        found.set(name, type);
        visit(type.shape);
      }
    }
  };
  for (const event of events) visit(event.payload);
  return [...found.values()];
}

function namesIn(type: FieldType): readonly string[] {
  switch (type.kind) {
    case 'named':
      return [type.name];
    case 'list':
    case 'map':
    case 'nullable':
      return namesIn(type.of);
    case 'union':
      return type.of.flatMap(namesIn);
    case 'primitive':
    case 'enum':
    case 'schema':
      return [];
    default:
      return type satisfies never;
  }
}

interface Member {
  readonly text: string;
}

function membersOf(
  { words }: PlanContext,
  shape: Shape,
): { readonly members: readonly Member[] } {
  const members = firstFew(
    shape.fields.map((field) => `${fieldName(field)} ${shownType(field.type)}`),
    fieldsPerClass,
    (count) => say(words, 'more', { count }),
  );
  return { members: members.map((text) => ({ text })) };
}

const fieldName = (field: Field): string =>
  `${field.name}${field.isRequired ? '' : '?'}:`;

function shownType(type: FieldType): string {
  switch (type.kind) {
    case 'enum':
      return firstFew(type.values, 4, () => '…').join(' | ');
    case 'list':
    case 'map':
      return `${type.kind}<${shownType(type.of)}>`;
    case 'nullable':
      return `${shownType(type.of)} | null`;
    default:
      return typeText(type);
  }
}

interface Relation {
  readonly from: string;
  readonly to: string;
  readonly count: string;
  readonly field: string;
}

function relationsOf(
  shape: Shape,
  from: string,
  {
    id,
    used,
  }: { readonly id: DiagramIds; readonly used: readonly SharedType[] },
): readonly Relation[] {
  const drawn = new Set(used.map((type) => type.name));
  return shape.fields.flatMap((field) =>
    namesIn(field.type)
      .filter((name) => drawn.has(name))
      .map((name) => ({
        from,
        to: id('type', name),
        count: countOf(field),
        field: visibleText(field.name),
      })),
  );
}

/** What of a union is another type takes the place of this one, so none of them needs to be there. */
function countOf({ type, isRequired }: Field): string {
  const { kind } = withoutNull(type);
  if (kind === 'list' || kind === 'map') return '0..n';
  return isRequired && kind === type.kind && kind !== 'union' ? '1' : '0..1';
}
