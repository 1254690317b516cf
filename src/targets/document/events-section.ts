// "Events" and "Event Schemas": who publishes and consumes what, and the shape of each.
import { keyName } from '../../model/event-key.ts';
import type { Event } from '../../model/model.ts';
import { fieldType } from './typescript-type.ts';
import type { RichText } from '../../render/rich-text.ts';
import { pathSegment } from '../../core/artifact.ts';
import type { DocumentContext } from './document-context.ts';
import { eventInterfaces } from './event-interfaces.ts';
import { codes, joinRich, plain, say, word } from './say.ts';

export interface EventsView {
  readonly rows: readonly EventRow[];
  readonly versions: readonly VersionRow[];
}

interface EventRow {
  readonly name: string;
  readonly publishers: RichText;
  readonly consumers: RichText;
  readonly kind: string;
  readonly key: string;
  readonly channel: string;
  readonly version: number;
}

interface VersionRow {
  readonly event: string;
  readonly version: number;
  readonly current: number;
  readonly deprecated: RichText;
}

export interface SchemasView {
  readonly envelope: string;
  readonly types: string;
  readonly events: readonly {
    readonly heading: string;
    readonly about: string;
    readonly code: string;
    readonly facts: RichText;
    readonly file: string;
    readonly fileName: string;
  }[];
}

/** Builds the table of events and that of their older versions. */
export function eventsSection(context: DocumentContext): EventsView {
  const { model, words } = context;
  return {
    rows: model.events.map((event) => eventRow(context, event)),
    versions: model.events.flatMap((event) =>
      event.versions.map((version) => ({
        event: event.name,
        version: version.version,
        current: event.version,
        deprecated:
          version.deprecated === null
            ? say(words, 'events.version.supported')
            : say(words, 'events.version.deprecated', {
                date: version.deprecated,
              }),
      })),
    ),
  };
}

function eventRow(context: DocumentContext, event: Event): EventRow {
  const { index, words } = context;
  const publishers = index.publishersOf.get(event.name) ?? [];
  const consumers = index.consumersOf.get(event.name) ?? [];
  const outside = event.isPublic ? say(words, 'events.outside') : [];
  return {
    name: event.name,
    publishers:
      publishers.length === 0 ? say(words, 'events.nobody') : codes(publishers),
    consumers:
      consumers.length === 0 && !event.isPublic
        ? say(words, 'events.nobody')
        : joinRich([codes(consumers), outside], ', '),
    kind: word(words, `kind.${event.kind}`),
    key: event.key === null ? '' : keyName(event.key),
    channel: event.channel,
    version: event.version,
  };
}

/** Builds the interfaces of all events. */
export function schemasSection(context: DocumentContext): SchemasView {
  const { model, words } = context;
  const interfaces = eventInterfaces(model, words);
  return {
    envelope: interfaces.envelope,
    types: interfaces.types,
    events: interfaces.events.map(({ event, code }) => {
      const fileName = `${pathSegment(event.name)}.v${event.version}.schema.json`;
      return {
        heading: event.name,
        about: event.description ?? '',
        code,
        facts: schemaFacts(context, event),
        file: `events/${fileName}`,
        fileName,
      };
    }),
  };
}

function schemaFacts({ words }: DocumentContext, event: Event): RichText {
  const fields = event.headers?.fields ?? [];
  const headers = fields.map(
    (field) =>
      `${field.name}${field.isRequired ? '' : '?'}: ${fieldType(field.type, (name) => name)}`,
  );
  return joinRich([
    say(words, 'schemas.version', {
      version: event.version,
      mode: event.compatibility.value,
    }),
    event.tags.length === 0
      ? plain('')
      : say(words, 'schemas.tags', { tags: event.tags }),
    headers.length === 0
      ? plain('')
      : say(words, 'schemas.headers', { headers }),
  ]);
}
