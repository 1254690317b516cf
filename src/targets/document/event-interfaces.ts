// The TypeScript interfaces of the document: the envelope once, the shared types, one interface per event.
import { type EventKey } from '../../model/event-key.ts';
import { pascalCase } from '../../core/text.ts';
import type { Event, Model } from '../../model/model.ts';
import {
  tsComment,
  tsIdentifier,
  tsProperty,
  tsString,
} from '../../render/escape-typescript.ts';
import { word, type Words } from './say.ts';
import { shapeMembers, type TypeNames } from './typescript-type.ts';

export interface EventInterface {
  readonly event: Event;
  readonly name: string;
  readonly code: string;
}

export interface Interfaces {
  readonly envelope: string;
  /** Empty when the spec has no types. */
  readonly types: string;
  readonly events: readonly EventInterface[];
}

const envelopeName = 'EventEnvelope';

/** Writes the interfaces of a model; together they are one TypeScript module. */
export function eventInterfaces(model: Model, words: Words): Interfaces {
  const taken = new Set([envelopeName, 'Record']);
  const typeNames = new Map(
    model.types.map((type) => [
      type.name,
      claim(taken, tsIdentifier(pascalCase(type.name))),
    ]),
  );
  const names: TypeNames = (name) => typeNames.get(name) ?? 'unknown';
  return {
    envelope: envelopeCode(words),
    types: model.types
      .map((type) =>
        block(
          [type.description],
          `interface ${names(type.name)} {`,
          shapeMembers(type.shape, names, 1),
        ),
      )
      .join('\n\n'),
    events: model.events.map((event) => {
      const name = claim(taken, interfaceName(event));
      return { event, name, code: eventCode(event, name, names) };
    }),
  };
}

/** Names the interface of an event as its kind does: `OrderCreatedEvent`, `OrderShippedIntegrationEvent`, `ShipOrderCommand`. */
export function interfaceName(event: Event): string {
  const base = (prefix: string): string =>
    tsIdentifier(
      pascalCase(
        event.name.startsWith(`${prefix}.`)
          ? event.name.slice(prefix.length + 1)
          : event.name,
      ),
    );
  switch (event.kind) {
    case 'domain':
      return `${base('domain')}Event`;
    case 'integration':
      return `${base('integration')}IntegrationEvent`;
    case 'command':
      return `${base('command')}Command`;
    default:
      return event.kind satisfies never;
  }
}

function claim(taken: Set<string>, wanted: string): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`;
  taken.add(name);
  return name;
}

function envelopeCode(words: Words): string {
  const note = (key: string): string => ` // ${word(words, `envelope.${key}`)}`;
  return [
    `interface ${envelopeName} {`,
    `  specversion: '1.0';${note('specversion')}`,
    `  id: string;${note('id')}`,
    `  source: string;${note('source')}`,
    `  type: string;${note('type')}`,
    `  time: string;${note('time')}`,
    `  dataschema: string;${note('dataschema')}`,
    `  correlationid: string;${note('correlationid')}`,
    `  causationid?: string;${note('causationid')}`,
    `  subject?: string;${note('subject')}`,
    `  partitionkey?: string;${note('partitionkey')}`,
    `  aggregateversion?: number;${note('aggregateversion')}`,
    `  traceparent?: string;${note('traceparent')}`,
    `  data: unknown;${note('data')}`,
    '}',
  ].join('\n');
}

function eventCode(event: Event, name: string, names: TypeNames): string {
  return block(
    [event.description],
    `interface ${name} extends ${envelopeName} {`,
    [
      `  type: ${tsString(event.name)};`,
      // Order per key rests on the partition key: an event with a key always carries it.
      ...(event.key === null
        ? []
        : [`  partitionkey: string; // ${tsComment(readFrom(event.key))}`]),
      '  data: {',
      ...shapeMembers(event.payload, names, 2),
      '  };',
    ],
  );
}

/** `data.user.id`; of several each, in their order. */
function readFrom(key: EventKey): string {
  return key
    .map((path) => ['data', ...path.map(tsProperty)].join('.'))
    .join(', ');
}

function block(
  comments: readonly (string | null)[],
  head: string,
  members: readonly string[],
): string {
  const notes = comments
    .filter((comment) => comment !== null && comment.trim() !== '')
    .map((comment) => `/** ${tsComment(comment)} */`);
  return [...notes, head, ...members, '}'].join('\n');
}
