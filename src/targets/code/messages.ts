// The files of the messages: payload types, envelope, contract with its schemas, and the catalogue of them all.
import { isSameKey } from '../../model/event-key.ts';
import type { Artifact } from '../../core/artifact.ts';
import { dataSchemaUri } from '../../model/envelope.ts';
import { shapeSchema } from '../../model/json-schema.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Event, Model } from '../../model/model.ts';
import {
  shapeDeclaration,
  generatedFile,
  generatedPath,
  payloadSchema,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import {
  literal,
  keyDoc,
  list,
  object,
  openObject,
  text,
  type ObjectDoc,
} from './expressions.ts';
import { layOut } from './layout.ts';
import { Imports } from './source-file.ts';
import { genericDoc, layOutDeclaration } from './type-layout.ts';

const kindWords = {
  domain: 'Domain event',
  integration: 'Integration event',
  command: 'Command',
} as const;

/** Emits a file for each message, one for its schemas, and the catalogue. */
export function* emitMessages(context: CodeContext): Generator<Artifact> {
  for (const event of context.model.events) {
    yield messageFile(context, event);
    yield schemaFile(context, event);
  }
  yield catalogueFile(context);
}

/** Gives the path of the file that declares a message. */
export function messagePath(context: CodeContext, event: string): string {
  return generatedPath('messages', context.names.message(event).file);
}

/** Imports the type of a message. */
export function messageType(
  context: CodeContext,
  imports: Imports,
  event: string,
): string {
  const { type } = context.names.message(event);
  return imports.type(messagePath(context, event), type);
}

/** Imports the type of a message's payload. */
export function dataType(
  context: CodeContext,
  imports: Imports,
  event: string,
): string {
  const { type } = context.names.message(event);
  return imports.type(messagePath(context, event), `${type}Data`);
}

/** Names the payload type of an older version. */
export function versionedData(type: string, version: number): string {
  return `${type}V${version}Data`;
}

function messageFile(context: CodeContext, event: Event): Artifact {
  const path = messagePath(context, event.name);
  const imports = new Imports(path);
  const { type } = context.names.message(event.name);
  const older = event.versions.map((version) =>
    shapeDeclaration(context, version.payload, {
      identifier: versionedData(type, version.version),
      description: `Payload of \`${event.name}\`, version ${version.version}: still in logs and queues, upcast when read.`,
      imports,
    }),
  );
  const current = shapeDeclaration(context, event.payload, {
    identifier: `${type}Data`,
    description: `Payload of \`${event.name}\`, version ${event.version}.`,
    imports,
  });
  const headers =
    event.headers === null
      ? []
      : [
          shapeDeclaration(context, event.headers, {
            identifier: `${type}Headers`,
            description: `Headers of \`${event.name}\`, beside those of the envelope.`,
            imports,
          }),
        ];
  return generatedFile(context, {
    path,
    about: `${kindWords[event.kind]} "${event.name}".`,
    imports,
    body: [
      ...older,
      current,
      ...headers,
      envelopeType(event, type, imports),
      contract(context, event, imports),
    ],
    origins: [event.origin],
  });
}

function envelopeType(event: Event, type: string, imports: Imports): string {
  const envelope = imports.type(runtimePath('messaging/envelope'), 'Envelope');
  const title = `${kindWords[event.kind]} \`${event.name}\`.`;
  const comment = docComment(
    event.description === null ? title : `${title} ${event.description}`,
  );
  const args = [text(event.name), `${type}Data`];
  if (event.headers !== null) args.push(`${type}Headers`);
  return `${comment}${layOut([`export type ${type} = `, genericDoc(envelope, args), ';'])}\n`;
}

function docComment(told: string): string {
  const lines = told
    .replaceAll('*/', '*\\/')
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029]/);
  return lines.length === 1
    ? `/** ${lines[0]} */\n`
    : `/**\n${lines.map((one) => ` * ${one.trim()}`.trimEnd()).join('\n')}\n */\n`;
}

function contract(
  context: CodeContext,
  event: Event,
  imports: Imports,
): string {
  const { value, file } = context.names.message(event.name);
  const channels = imports.value(generatedPath('channels'), 'channels');
  imports.type(runtimePath('messaging/contract'), 'MessageContract');
  const schemas = generatedPath('schemas', file);
  const versions = [...event.versions, event].map(({ version }): ObjectDoc => {
    const name = imports.value(schemas, `${value}V${version}Schema`);
    return object([
      ['version', String(version)],
      [
        'dataschema',
        text(dataSchemaUri(context.model.name, event.name, version)),
      ],
      ['schema', name],
    ]);
  });
  const headers =
    event.headers === null
      ? "{ type: 'object' }"
      : imports.value(schemas, `${value}HeadersSchema`);
  const made = openObject(
    object([
      ['type', text(event.name)],
      ['kind', text(event.kind)],
      ['versions', list(versions)],
      ['headers', headers],
      ['key', event.key === null ? 'null' : keyDoc(event.key)],
      ...(isIdentified(context.model, event)
        ? ([['isIdentified', 'true']] as const)
        : []),
      ['address', `${channels}[${text(event.channel)}]`],
      ['hasConsumers', String(hasConsumers(context.model, event.name))],
    ]),
  );
  return `${layOut([`export const ${value}Contract: MessageContract = `, made, ';'])}\n`;
}

/** Tells whether the key of an event is the identity of its aggregate. */
function isIdentified(model: Model, event: Event): boolean {
  const owner = gatherFacts(model)
    .aggregates()
    .get(event.aggregate ?? '');
  return (
    owner !== undefined && owner.key !== null && isSameKey(owner.key, event.key)
  );
}

function hasConsumers(model: Model, event: string): boolean {
  return gatherFacts(model).subscriptionsByEvent().has(event);
}

function schemaFile(context: CodeContext, event: Event): Artifact {
  const { value, file } = context.names.message(event.name);
  const path = generatedPath('schemas', file);
  const imports = new Imports(path);
  const type = imports.type(runtimePath('messaging/contract'), 'JsonSchema');
  const versions = [...event.versions, event].map(({ version, payload }) => {
    const schema = literal(payloadSchema(context, event, payload));
    return `${layOut([`export const ${value}V${version}Schema: ${type} = `, schema, ';'])}\n`;
  });
  const headers =
    event.headers === null
      ? []
      : [
          `${layOut([
            `export const ${value}HeadersSchema: ${imports.type(runtimePath('messaging/contract'), 'HeadersSchema')} = `,
            literal(shapeSchema(context.schemas, event.headers, 'open')),
            ';',
          ])}\n`,
        ];
  return generatedFile(context, {
    path,
    about: `The published JSON Schemas of "${event.name}".`,
    imports,
    body: [...versions, ...headers],
    origins: [event.origin],
  });
}

const unions = [
  { kind: 'domain', name: 'DomainEvent', about: 'Any domain event.' },
  {
    kind: 'integration',
    name: 'IntegrationEvent',
    about: 'Any integration event.',
  },
  { kind: 'command', name: 'CommandMessage', about: 'Any command.' },
] as const;

function catalogueFile(context: CodeContext): Artifact {
  const path = generatedPath('messages', 'catalogue');
  const imports = new Imports(path);
  imports.type(runtimePath('messaging/contract'), 'MessageContract');
  const { events } = context.model;
  const used = unions.filter(({ kind }) =>
    events.some((event) => event.kind === kind),
  );
  const declared = used.map(({ kind, name, about }) => {
    const members = events
      .filter((event) => event.kind === kind)
      .map((event) => messageType(context, imports, event.name));
    return layOutDeclaration(
      `/** ${about} */\nexport type ${name} = ${members.join(' | ')};`,
    );
  });
  const any = layOutDeclaration(
    `/** Any message: a union discriminated by \`type\`. */\nexport type AnyMessage = ${used.map(({ name }) => name).join(' | ') || 'never'};`,
  );
  const contracts = events.map((event) =>
    imports.value(
      messagePath(context, event.name),
      `${context.names.message(event.name).value}Contract`,
    ),
  );
  const table = `${layOut(['export const messageContracts: readonly MessageContract[] = ', list(contracts), ';'])}\n`;
  return generatedFile(context, {
    path,
    about: 'Every message of the system.',
    imports,
    body: [...declared, any, table],
    origins: ['/events'],
  });
}

/** Emits the table of the channels. */
export function emitChannels(context: CodeContext): Artifact {
  const path = generatedPath('channels');
  const imports = new Imports(path);
  const type = imports.type(runtimePath('messaging/bus'), 'Address');
  const table = openObject(
    object(
      context.model.channels.map((channel) => [
        /^[A-Za-z_]\w*$/.test(channel.name) ? channel.name : text(channel.name),
        object([
          ['kind', text(channel.kind === 'command' ? 'queue' : 'topic')],
          ['channel', text(channel.name)],
        ]),
      ]),
    ),
  );
  const declared = `${layOut(['export const channels = ', table])} as const satisfies Readonly<Record<string, ${type}>>;\n`;
  return generatedFile(context, {
    path,
    about:
      'What carries the messages: topics (publish/subscribe) and queues (point-to-point).',
    imports,
    body: [declared],
    origins: ['/channels'],
  });
}

/** Emits the shapes that payloads share; none when the spec has none. */
export function emitTypes(context: CodeContext): readonly Artifact[] {
  const { types } = context.model;
  if (types.length === 0) return [];
  const path = generatedPath('types');
  const body = types.map((type) =>
    shapeDeclaration({ ...context, types: context.ownTypes }, type.shape, {
      identifier: context.ownTypes.get(type.name) ?? type.name,
      description: type.description,
      imports: new Imports(path),
    }),
  );
  return [
    generatedFile(context, {
      path,
      about: 'Shapes shared by payloads.',
      imports: new Imports(path),
      body,
      origins: ['/types'],
    }),
  ];
}
