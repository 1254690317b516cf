// The derived file of each request/reply pair.
import type { Artifact } from '../../core/artifact.ts';
import { formatDuration } from '../../core/units.ts';
import { shapeSchema } from '../../model/json-schema.ts';
import type { RequestReply } from '../../model/model.ts';
import {
  generatedFile,
  generatedPath,
  runtimePath,
  shapeDeclaration,
  type CodeContext,
} from './code-context.ts';
import {
  literalParts,
  number,
  object,
  openObject,
  signature,
  text,
} from './expressions.ts';
import { indent, layOut, line, group } from './layout.ts';
import { Imports } from './source-file.ts';
import { genericDoc } from './type-layout.ts';

/** Emits a file for each request. */
export function emitRequests(context: CodeContext): readonly Artifact[] {
  return context.model.requests.map((request) => requestFile(context, request));
}

/** Gives the path of a request's derived file. */
export function requestPath(context: CodeContext, name: string): string {
  return generatedPath('requests', context.names.request(name).file);
}

function requestFile(context: CodeContext, request: RequestReply): Artifact {
  const path = requestPath(context, request.name);
  const imports = new Imports(path);
  const { type, value } = context.names.request(request.name);
  const runtime = runtimePath('requests/request-client');
  imports.type(runtimePath('requests/request-bus'), 'RequestBus');
  imports.type(runtime, 'RequestClient');
  imports.type(runtime, 'RequestContract');
  imports.value(runtime, 'requestClient');
  const declared = (['request', 'reply'] as const).map((role) =>
    shapeDeclaration(context, request[role], {
      identifier: `${type}${role === 'request' ? 'Request' : 'Reply'}`,
      description:
        role === 'request'
          ? `What "${request.name}" asks.`
          : 'What is answered.',
      imports,
    }),
  );
  const schema = (role: 'request' | 'reply'): ReturnType<typeof literalParts> =>
    literalParts(shapeSchema(context.schemas, request[role], 'open'));
  const contract = openObject(
    object([
      ['name', text(request.name)],
      ['address', text(request.name)],
      ['timeoutMs', number(request.timeoutMs.value)],
      ['request', schema('request')],
      ['reply', schema('reply')],
    ]),
  );
  const args = [`${type}Request`, `${type}Reply`];
  const head = layOut([
    `export function ${value}`,
    signature(
      ['bus: RequestBus'],
      [': ', genericDoc('RequestClient', args), ' {'],
    ),
  ]);
  const client = layOut(
    indent(
      group([
        '  return requestClient(',
        indent(['bus, ', `${value}Contract`]),
        ');',
        line,
      ]),
    ),
  ).trimEnd();
  return generatedFile(context, {
    path,
    about: `The request "${request.name}": ${request.requester} asks, ${request.responder} answers.`,
    imports,
    body: [
      ...declared,
      `${layOut([`export const ${value}Contract: RequestContract = `, contract, ';'])}\n`,
      `/** Makes the requester's side. Rejects with \`RequestTimeoutError\` after ${formatDuration(request.timeoutMs.value)}. */\n${head}\n${client}\n}\n`,
    ],
    origins: [request.origin],
  });
}
