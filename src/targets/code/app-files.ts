// The first version of what people write: handlers, answers, decisions, folds, upcasters. Written once, then theirs.
import type { Artifact } from '../../core/artifact.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Event, RequestReply, Service } from '../../model/model.ts';
import type { Shape } from '../../model/payload.ts';
import {
  appFile,
  appPath,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import {
  objectDoc,
  signature,
  text,
  usesVariable,
  type ObjectDoc,
} from './expressions.ts';
import {
  handlerAppPath,
  handlerPlans,
  handlerTypesPath,
  type HandlerPlan,
} from './handlers.ts';
import { hardLine, indent, join, layOut, type Doc } from './layout.ts';
import { requestPath } from './requests.ts';
import { isInherited } from './sample-values.ts';
import { accepts, filledFrom, notWritten } from './sample.ts';
import type { CodeName } from './name-kinds.ts';
import { Imports } from './source-file.ts';

/** Emits the files of one service that people own: a file for each handler and each answer. */
export function emitServiceApp(
  context: CodeContext,
  service: Service,
): readonly Artifact[] {
  return [
    ...handlerPlans(context, service.name).map((plan) =>
      handlerFile(context, service, plan),
    ),
    ...context.model.requests
      .filter(({ responder }) => responder === service.name)
      .map((request) => answerFile(context, service, request)),
  ];
}

function handlerFile(
  context: CodeContext,
  service: Service,
  plan: HandlerPlan,
): Artifact {
  const { name, events, patterns, isNatural } = plan;
  const path = handlerAppPath(context, service.name, name);
  const imports = new Imports(path);
  imports.type(handlerTypesPath(context, service.name), name.type);
  const outcome = outcomeOf(context, service.name, events);
  const told = patterns.map((pattern) => `"${pattern}"`).join(', ');
  const remark = isNatural
    ? ' Natural idempotency: handling the same message twice must be harmless.'
    : '';
  const body =
    outcome === null
      ? handlerBody(name, 'logger', [
          "logger.info('a message was handled', { id: message.id });",
        ])
      : handlerBody(name, 'publish', [
          '// A first version: it always succeeds.',
          [
            'publish(',
            text(outcome.event),
            ', ',
            objectDoc(outcome.data),
            ');',
          ],
        ]);
  return appFile(context, {
    path,
    about: `Handles ${told}.${remark}`,
    imports,
    body,
    origins: [service.origin],
  });
}

/** Names too long for one line put the function on lines of its own. */
function handlerBody(
  name: CodeName,
  used: string,
  statements: readonly Doc[],
): readonly string[] {
  const head = `export const ${name.value}: ${name.type} =`;
  const body = (end: string): Doc => [
    indent([hardLine, join(hardLine, statements)]),
    hardLine,
    end,
  ];
  const isUsed = /\bmessage\./.test(layOut(statements));
  const params = [isUsed ? 'message' : '_message', `{ ${used} }`];
  const made: Doc =
    `${head} async (`.length > 80
      ? [
          head,
          indent([
            hardLine,
            `async (${params.join(', ')}) => {`,
            ...[body('};')],
          ]),
        ]
      : [`${head} async `, signature(params, ' => {'), body('};')];
  return [`${layOut(made)}\n`];
}

/** A statement two spaces deep. */
function statement(doc: Doc): string {
  return layOut({ kind: 'indent', body: ['  ', doc] });
}

interface Outcome {
  readonly event: string;
  readonly data: ObjectDoc;
}

/** The success of the saga step that this message asks for, filled from the message. */
function outcomeOf(
  context: CodeContext,
  service: string,
  events: readonly string[],
): Outcome | null {
  const [event] = events;
  if (events.length !== 1 || event === undefined) return null;
  const steps = context.model.sagas.flatMap((saga) => saga.steps);
  const step = steps.find(
    ({ command, on }) => command === event || on === event,
  );
  if (step === undefined) return null;
  const isPublished = gatherFacts(context.model)
    .publicationsByEvent()
    .get(step.success)
    ?.some((one) => one.service === service);
  if (isPublished !== true) return null;
  const success = context.event(step.success);
  if (success.headers?.fields.some(({ isRequired }) => isRequired) === true)
    return null;
  const data = filledFrom(context, success.payload, [
    { expression: 'message.data', shape: context.event(event).payload },
  ]);
  return data === null ? null : { event: step.success, data };
}

function answerFile(
  context: CodeContext,
  service: Service,
  request: RequestReply,
): Artifact {
  const { type, file } = context.names.request(request.name);
  const folder = context.names.service(service.name).file;
  const path = appPath(folder, `answer-${file}`);
  const imports = new Imports(path);
  imports.type(requestPath(context, request.name), `${type}Reply`);
  imports.type(requestPath(context, request.name), `${type}Request`);
  const reply = filledFrom(context, request.reply, [
    { expression: 'request', shape: request.request },
  ]);
  const isUsed =
    reply !== null && usesVariable(layOut(objectDoc(reply)), 'request');
  const head = layOut([
    `export async function answer${type}`,
    signature(
      [`${isUsed ? 'request' : '_request'}: ${type}Request`],
      `: Promise<${type}Reply> {`,
    ),
  ]);
  const act =
    reply === null
      ? `  ${useError(imports, request.name)}`
      : statement(['return ', objectDoc(reply), ';']);
  return appFile(context, {
    path,
    about: `Answers "${request.name}".`,
    imports,
    body: [
      `/** Answers one request; throwing tells the requester that it failed. */\n${head}\n${act}\n}\n`,
    ],
    origins: [request.origin],
  });
}

/** Imports the error that says so, and writes the statement. */
export function useError(imports: Imports, what: string): string {
  imports.value(runtimePath('consume/errors'), 'PermanentError');
  return notWritten(what);
}

/** Emits the upcasters that people write; none when no event has an older version. */
export function emitUpcasters(context: CodeContext): readonly Artifact[] {
  const events = context.model.events.filter(
    ({ versions }) => versions.length > 0,
  );
  if (events.length === 0) return [];
  const path = appPath('upcasters');
  const imports = new Imports(path);
  imports.type(generatedPath('upcasters'), 'PayloadUpcasters');
  const entries = events.map((event) => {
    const steps = stepsOf(event).map(({ from, older, newer }) => {
      const body = isReadableAs(older, newer)
        ? '(data) => data'
        : `() => {\n      ${useError(imports, `${event.name} version ${from} to the next`)}\n    }`;
      return `    ${from}: ${body},\n`;
    });
    const name = /^[A-Za-z_]\w*$/.test(event.name)
      ? event.name
      : text(event.name);
    return `  ${name}: {\n${steps.join('')}  },\n`;
  });
  return [
    appFile(context, {
      path,
      about: 'How payloads of old versions become payloads of the next one.',
      imports,
      body: [
        `export const payloadUpcasters: PayloadUpcasters = {\n${entries.join('')}};\n`,
      ],
      origins: events.map(({ origin }) => origin),
    }),
  ];
}

/** Lists the steps from each older version of an event to the next one. */
export function stepsOf(event: Event): readonly {
  readonly from: number;
  readonly to: number;
  readonly older: Shape;
  readonly newer: Shape;
}[] {
  const all = [...event.versions, event];
  return event.versions.flatMap((version, index) => {
    const next = all[index + 1];
    return next === undefined
      ? []
      : [
          {
            from: version.version,
            to: next.version,
            older: version.payload,
            newer: next.payload,
          },
        ];
  });
}

/** Tells whether each value of the older shape is one of the newer, field by field. */
function isReadableAs(older: Shape, newer: Shape): boolean {
  if (older.schema !== null || newer.schema !== null) return false;
  return newer.fields.every((field) => {
    const before = older.fields.find(({ name }) => name === field.name);
    // Every object inherits a member of such a name, of a type that the field does not have.
    if (before === undefined)
      return !field.isRequired && !isInherited(field.name);
    return (
      accepts(field.type, before.type) &&
      (before.isRequired || !field.isRequired)
    );
  });
}
