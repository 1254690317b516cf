// The first version of the tests of each saga that is led: its paths, the participants' answers played to it.
import { isSameKey, plainKey } from '../../model/event-key.ts';
import type { Artifact } from '../../core/artifact.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { commandsPath } from './aggregate-commands.ts';
import { filledKey } from './aggregate-plan.ts';
import { aggregatePlans } from './aggregates.ts';
import {
  appFile,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import {
  arrow,
  call,
  literal,
  literalParts,
  memberAccess,
  object,
  objectDoc,
  property,
  text,
  type ObjectDoc,
  type Property,
} from './expressions.ts';
import { hardLine, indent, layOut, type Doc } from './layout.ts';
import { filledFrom, sampleOfShape, type Source } from './sample.ts';
import { sagaPlans, type SagaPlan } from './saga-plan.ts';
import { sagaAppPath, sagaValue } from './sagas.ts';
import { Imports } from './source-file.ts';

/** Emits the test of each saga. */
export function sagaTests(context: CodeContext): readonly Artifact[] {
  return sagaPlans(context).flatMap((plan) => sagaTest(context, plan));
}

function sagaTest(context: CodeContext, plan: SagaPlan): readonly Artifact[] {
  const { saga, service } = plan;
  // An instance is told by one field that the test makes; of several, people have to say which values belong together.
  if (plainKey(saga.correlation) === null) return [];
  const path = `${sagaAppPath(context, plan).slice(0, -3)}.test.ts`;
  const imports = new Imports(path);
  const start = beginning(context, { plan, imports });
  const outcomes = [
    ...new Set(
      saga.steps.flatMap(({ success, failure }) =>
        failure === null ? [success] : [success, failure],
      ),
    ),
  ];
  const answers = outcomes.map((event): Property | null => {
    const data = withIdentity(context, plan, event);
    return data === null
      ? null
      : [property(event), ['(id: string) => (', objectDoc(data), ')']];
  });
  // Without samples of all messages people have to write this test by themselves.
  if (start === null || answers.includes(null) || !isDecided(context, plan))
    return [];
  const headers = answerHeaders(context, outcomes);
  if (headers === null) return [];
  imports.value(generatedPath('system'), 'system');
  imports.value(runtimePath('testing/describe-saga'), 'describeSaga');
  const made = call('describeSaga', [
    object([
      ['system', ''],
      ['service', text(service)],
      ['saga', sagaValue(context, imports, saga.name)],
      ['isNumbered', String(isNumbered(context, plan))],
      ['begin', start.begin],
      ['answers', object(answers.filter((one) => one !== null))],
      ...(headers.properties.length === 0
        ? []
        : [['answerHeaders', headers] as const]),
      ['ends', text(start.ends)],
    ]),
  ]);
  return [
    appFile(context, {
      path,
      about: `The paths of the saga "${saga.name}", the participants' answers played to it.`,
      imports,
      body: [`${layOut([made, ';'])}\n`],
      origins: [saga.origin],
    }),
  ];
}

function isNumbered(context: CodeContext, { saga }: SagaPlan): boolean {
  const { payload } = context.event(saga.starts);
  const correlation = plainKey(saga.correlation);
  const field = payload.fields.find(({ name }) => name === correlation);
  return (
    field?.type.kind === 'primitive' &&
    (field.type.name === 'integer' || field.type.name === 'number')
  );
}

/** A payload whose correlation is the instance's identity. */
function withIdentity(
  context: CodeContext,
  plan: SagaPlan,
  event: string,
  without: string | null = null,
): ObjectDoc | null {
  const sample = sampleOfShape(context, context.event(event).payload);
  if (!isJsonObject(sample)) return null;
  const correlation = plainKey(plan.saga.correlation);
  const identity = isNumbered(context, plan) ? 'Number(id)' : 'id';
  return object(
    Object.entries(sample)
      .filter(([name]) => name !== without)
      .map(([name, value]) => [
        property(name),
        name === correlation ? identity : literalParts(value),
      ]),
  );
}

interface Beginning {
  readonly begin: Doc;
  readonly ends: 'completed' | 'aborted';
}

/** Through the command that emits the starting event, so that the aggregate is there when the saga ends; else by publishing it. */
function beginning(
  context: CodeContext,
  { plan, imports }: { readonly plan: SagaPlan; readonly imports: Imports },
): Beginning | null {
  const { saga, service, completes } = plan;
  for (const owner of aggregatePlans(context)) {
    const { aggregate } = owner;
    const isOwn =
      aggregate.service === service &&
      isSameKey(aggregate.key, saga.correlation);
    const creating = owner.commands.find(
      ({ command, event, inputShape }) =>
        event?.name === saga.starts &&
        command.from.length === 0 &&
        inputShape === null,
    );
    if (!isOwn || creating === undefined) continue;
    const filled = filledKey(owner, context.event(saga.starts));
    const input = withIdentity(context, plan, saga.starts, filled);
    if (input === null) return null;
    const { type } = context.names.aggregate(aggregate.name);
    const path = commandsPath(context, aggregate.name);
    const handler = imports.value(path, `${type}CommandHandler`);
    const reached = creating.command.to ?? owner.statuses[0] ?? '';
    const isAllowed =
      completes.kind !== 'command' ||
      !completes.plan.hasStates ||
      (completes.plan.aggregate.name === owner.aggregate.name &&
        completes.command.command.from.includes(reached));
    return {
      begin: arrow('(unit, id) =>', [
        `new ${handler}(unit).${creating.method}(id, `,
        objectDoc(input),
        ')',
      ]),
      ends: isAllowed ? 'completed' : 'aborted',
    };
  }
  return published(context, plan);
}

/** The beginning of a saga that no command of its own service starts. */
function published(context: CodeContext, plan: SagaPlan): Beginning | null {
  const { saga, completes } = plan;
  const data = withIdentity(context, plan, saga.starts);
  const headers = neededHeaders(context, saga.starts);
  if (data === null || headers === 'unknown') return null;
  const isRefused =
    completes.kind === 'command' &&
    completes.plan.hasStates &&
    completes.command.command.from.length > 0;
  return {
    begin: [
      '(unit, id) => {',
      indent([
        hardLine,
        [
          'unit.publishUntyped(',
          text(saga.starts),
          ', ',
          objectDoc(data),
          ...(headers === null ? [] : [', ', literal(headers)]),
          ');',
        ],
        hardLine,
        'return Promise.resolve();',
      ]),
      hardLine,
      '}',
    ],
    ends: isRefused ? 'aborted' : 'completed',
  };
}

/** The headers that a message needs; null where it needs none. */
function neededHeaders(
  context: CodeContext,
  event: string,
): JsonObject | null | 'unknown' {
  const { headers } = context.event(event);
  if (headers?.fields.some(({ isRequired }) => isRequired) !== true)
    return null;
  const sample = sampleOfShape(context, headers);
  return isJsonObject(sample) ? sample : 'unknown';
}

function answerHeaders(
  context: CodeContext,
  events: readonly string[],
): ObjectDoc | null {
  const made: Property[] = [];
  for (const event of events) {
    const headers = neededHeaders(context, event);
    if (headers === 'unknown') return null;
    if (headers !== null) made.push([property(event), literalParts(headers)]);
  }
  return object(made);
}

/** Tells whether the first version of each decision gives a message that its contract accepts, for the instance that it is made for. */
function isDecided(
  context: CodeContext,
  { saga, completes, aborts }: SagaPlan,
): boolean {
  const started: Source = {
    expression: 'started',
    shape: context.event(saga.starts).payload,
  };
  const sent = saga.steps.flatMap(({ command, compensate }) => [
    command,
    compensate,
  ]);
  const ends = [completes, aborts].flatMap((end) =>
    end.kind === 'publish' ? [end.event] : [],
  );
  return [...sent, ...ends].every((event) => {
    if (event === null) return true;
    const { payload } = context.event(event);
    const filled = filledFrom(context, payload, [started]);
    return (
      filled !== null &&
      isForInstance(filled, plainKey(saga.correlation)) &&
      neededHeaders(context, event) !== 'unknown'
    );
  });
}

/** A sample in the place of the correlation would belong to another instance. */
function isForInstance(
  { properties }: ObjectDoc,
  correlation: string | null,
): boolean {
  if (correlation === null) return true;
  const written = properties.find(([name]) => name === property(correlation));
  return (
    written === undefined || written[1] === memberAccess('started', correlation)
  );
}
