// The target `event-schemas`: a JSON Schema file for each payload, its envelope, and each request and reply.
import { artifactPath } from '../../core/artifact.ts';
import type { Artifact } from '../../core/artifact.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Pointer } from '../../core/pointer.ts';
import { contentModelOf } from '../../model/content-model.ts';
import {
  envelopeExample,
  envelopeOf,
  envelopeSchema,
} from '../../model/envelope.ts';
import { shapeSchema, typeSchemas } from '../../model/json-schema.ts';
import type { TypeSchemas } from '../../model/json-schema.ts';
import type {
  Event,
  EventVersion,
  Model,
  RequestReply,
} from '../../model/model.ts';
import {
  envelopeFile,
  schemaFiles,
  schemaFolder,
} from '../../model/schema-files.ts';
import type { SchemaFiles } from '../../model/schema-files.ts';
import { stringifyJson } from '../../render/stringify.ts';
import type { Target } from '../target.ts';

const name = 'event-schemas';
const dialect = 'https://json-schema.org/draft/2020-12/schema';

export const eventSchemas: Target = {
  name,
  summary: 'JSON Schema of every payload, envelope, request and reply',
  appliesTo: () => true,
  *emit(model) {
    const context: Context = {
      model,
      types: typeSchemas(model.types),
      files: schemaFiles(model),
      publishers: new Map(
        model.publications.map((each) => [each.event, each.service]),
      ),
    };
    yield schemaArtifact(envelopeFile, envelopeSchema, ['/events']);
    for (const event of model.events) yield* eventArtifacts(event, context);
    for (const each of model.requests) yield* requestArtifacts(each, context);
  },
};

interface Context {
  readonly model: Model;
  readonly types: TypeSchemas;
  readonly files: SchemaFiles;
  /** A service that publishes each event; the last one where several do. */
  readonly publishers: ReadonlyMap<string, string>;
}

function eventArtifacts(event: Event, context: Context): readonly Artifact[] {
  const current: EventVersion = {
    version: event.version,
    payload: event.payload,
    deprecated: null,
    origin: event.origin,
  };
  const versions = [current, ...event.versions].flatMap((version) => {
    const { payload, envelope } = context.files;
    const origins = [version.origin];
    return [
      schemaArtifact(
        payload(event.name, version.version),
        payloadSchema(event, version, context),
        origins,
      ),
      schemaArtifact(
        envelope(event.name, version.version),
        enclosingSchema(event, version, context),
        origins,
      ),
    ];
  });
  return [...versions, ...headersArtifacts(event, context)];
}

function headersArtifacts(event: Event, context: Context): readonly Artifact[] {
  const { headers } = event;
  if (headers === null) return [];
  const schema: JsonObject = {
    title: `${event.name}, transport headers beside the envelope`,
    ...shapeSchema(context.types, headers, 'open'),
  };
  const file = context.files.headers(event.name);
  return [schemaArtifact(file, schema, [headers.origin])];
}

function payloadSchema(
  event: Event,
  version: EventVersion,
  context: Context,
): JsonObject {
  const content = contentModelOf(event.compatibility.value);
  const { description, ...schema } = shapeSchema(
    context.types,
    version.payload,
    content,
  );
  const since =
    version.deprecated === null
      ? null
      : `Deprecated from ${version.deprecated}; the current version is ${event.version}.`;
  const texts = [event.description ?? description, since].filter(
    (text) => typeof text === 'string',
  );
  const isCurrent = version.version === event.version;
  return {
    title: `${event.name}, version ${version.version}`,
    ...(texts.length > 0 && { description: texts.join(' ') }),
    ...(since !== null && { deprecated: true }),
    ...schema,
    ...(isCurrent &&
      event.examples.length > 0 && {
        examples: event.examples.map(({ value }) => value),
      }),
  };
}

function enclosingSchema(
  event: Event,
  version: EventVersion,
  context: Context,
): JsonObject {
  const { model, files, publishers } = context;
  const added = envelopeOf(model.name, event, version.version);
  const publisher = publishers.get(event.name) ?? 'unknown';
  const isCurrent = version.version === event.version;
  return {
    title: `${event.name}, version ${version.version}, in its envelope`,
    $ref: envelopeFile,
    properties: {
      ...added.properties,
      data: { $ref: files.payload(event.name, version.version) },
    },
    ...(added.required.length > 0 && { required: added.required }),
    ...(isCurrent &&
      event.examples.length > 0 && {
        examples: event.examples.map(({ value }) =>
          envelopeExample(model.name, event, { publisher, data: value }),
        ),
      }),
  };
}

function requestArtifacts(
  request: RequestReply,
  context: Context,
): readonly Artifact[] {
  const { types, files } = context;
  // Requester and responder are deployed on their own, so either may know fields that the other does not: open.
  const schema = (role: 'request' | 'reply'): JsonObject => ({
    title: `${request.name}, ${role}`,
    ...(request.description !== null && { description: request.description }),
    ...shapeSchema(types, request[role], 'open'),
  });
  return [
    schemaArtifact(files.request(request.name), schema('request'), [
      request.request.origin,
    ]),
    schemaArtifact(files.reply(request.name), schema('reply'), [
      request.reply.origin,
    ]),
  ];
}

/** The `$id` is the file's own name: references between the files hold wherever the folder is published. */
function schemaArtifact(
  file: string,
  schema: JsonObject,
  pointers: readonly Pointer[],
): Artifact {
  const { $id: _id, $schema: _dialect, $comment: _comment, ...body } = schema;
  return {
    path: artifactPath(schemaFolder, file),
    content: stringifyJson({
      $comment: `Generated by event-arch (${name}). Do not edit: change the spec and generate again.`,
      $schema: dialect,
      $id: file,
      ...body,
    }),
    policy: 'overwrite',
    isExecutable: false,
    origin: { target: name, pointers },
  };
}
