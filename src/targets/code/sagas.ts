// The derived file of each orchestrated saga: its steps, and the types of what people decide.
import type { Artifact } from '../../core/artifact.ts';
import { commandsPath } from './aggregate-commands.ts';
import { aggregatePath } from './aggregates.ts';
import {
  appPath,
  generatedFile,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import {
  keyDoc,
  list,
  number,
  object,
  property,
  text,
  type ObjectDoc,
} from './expressions.ts';
import { layOut } from './layout.ts';
import { dataType } from './messages.ts';
import {
  sagaPlans,
  type EndPlan,
  type SagaPlan,
  type StepPlan,
} from './saga-plan.ts';
import { Imports } from './source-file.ts';

/** Emits each orchestrated saga. */
export function emitSagas(context: CodeContext): readonly Artifact[] {
  return sagaPlans(context).map((plan) => sagaFile(context, plan));
}

/** Gives the path of a saga's derived file. */
export function sagaPath(context: CodeContext, name: string): string {
  return generatedPath('sagas', context.names.saga(name).file);
}

/** Gives the path of the file in which people write a saga's decisions. */
export function sagaAppPath(context: CodeContext, plan: SagaPlan): string {
  const folder = context.names.service(plan.service).file;
  return appPath(folder, `${context.names.saga(plan.saga.name).file}-saga`);
}

function sagaFile(context: CodeContext, plan: SagaPlan): Artifact {
  const { saga } = plan;
  const path = sagaPath(context, saga.name);
  const imports = new Imports(path);
  const { value } = context.names.saga(saga.name);
  const runtime = runtimePath('saga/saga');
  imports.type(runtime, 'Saga');
  if (plan.aborts.kind !== 'none') imports.type(runtime, 'SagaFailure');
  imports.type(runtime, 'SagaHistory');
  imports.value(runtime, 'eraseHistory');
  imports.value(sagaAppPath(context, plan), `${value}Decisions`);
  return generatedFile(context, {
    path,
    about: `The saga "${saga.name}", orchestrated by ${plan.service}. What its commands carry is decided in ${sagaAppPath(context, plan)}.`,
    imports,
    body: [
      history(context, plan, imports),
      decisions(context, plan, imports),
      definition(context, plan, imports),
      `export const ${value}: Saga = eraseHistory(\n  ${value}Saga(${value}Decisions),\n);\n`.replace(
        /eraseHistory\(\n {2}(.*),\n\)/,
        (broken, inner: string) => {
          const flat = `eraseHistory(${inner})`;
          const width = `export const ${value}: Saga = ${flat};`.length;
          return width <= 80 ? flat : broken;
        },
      ),
    ],
    origins: [saga.origin],
  });
}

function history(
  context: CodeContext,
  { saga, steps }: SagaPlan,
  imports: Imports,
): string {
  const { type } = context.names.saga(saga.name);
  const outcomes = steps.map(
    ({ step }) =>
      `    readonly ${property(step.name)}?: ${dataType(context, imports, step.success)};\n`,
  );
  return (
    '/** What the saga knows at a given moment: outcomes appear as their steps succeed. */\n' +
    `export interface ${type}History extends SagaHistory {\n` +
    `  readonly started: ${dataType(context, imports, saga.starts)};\n` +
    `  readonly outcomes: {\n${outcomes.join('')}  };\n}\n`
  );
}

function decisions(
  context: CodeContext,
  plan: SagaPlan,
  imports: Imports,
): string {
  const { type } = context.names.saga(plan.saga.name);
  const member = (name: string, event: string): string =>
    decisionMember(
      name,
      [`history: ${type}History`],
      dataType(context, imports, event),
    );
  const steps = plan.steps.flatMap(({ step, request, compensation }) => [
    ...(step.command === null ? [] : [member(request, step.command)]),
    ...(compensation === null || step.compensate === null
      ? []
      : [member(compensation, step.compensate)]),
  ]);
  const ends = [
    ...endMember(context, { end: plan.completes, name: 'complete', imports }, [
      `history: ${type}History`,
    ]),
    ...endMember(context, { end: plan.aborts, name: 'abort', imports }, [
      `history: ${type}History`,
      'failure: SagaFailure',
    ]),
  ];
  return (
    '/** What people decide: the payload of each command, and how the saga ends. */\n' +
    `export interface ${type}Decisions {\n${[...steps, ...ends].join('')}}\n`
  );
}

/** A function-typed member: broken at its parameters, as Prettier does. */
function decisionMember(
  name: string,
  params: readonly string[],
  result: string,
): string {
  const flat = `  readonly ${name}: (${params.join(', ')}) => ${result};\n`;
  if (flat.length <= 81) return flat;
  return `  readonly ${name}: (\n${params.map((one) => `    ${one},\n`).join('')}  ) => ${result};\n`;
}

interface End {
  readonly end: EndPlan;
  readonly name: string;
  readonly imports: Imports;
}

function endMember(
  context: CodeContext,
  { end, name, imports }: End,
  params: readonly string[],
): readonly string[] {
  switch (end.kind) {
    case 'none':
      return [];
    case 'publish':
      return [
        `  /** Payload of \`${end.event}\`. */\n`,
        decisionMember(name, params, dataType(context, imports, end.event)),
      ];
    case 'command': {
      const path = aggregatePath(context, end.plan.aggregate.name);
      const input = imports.type(path, end.command.input);
      return [
        `  /** Input of the command that emits \`${end.event}\`. */\n`,
        decisionMember(name, params, input),
      ];
    }
    default:
      return end satisfies never;
  }
}

function definition(
  context: CodeContext,
  plan: SagaPlan,
  imports: Imports,
): string {
  const { saga } = plan;
  const { type, value } = context.names.saga(saga.name);
  const facts: readonly (readonly [string, ReturnType<typeof text>])[] = [
    ['name', text(saga.name)],
    ['starts', text(saga.starts)],
    ['correlation', layOut(keyDoc(saga.correlation))],
    ['timeoutMs', number(saga.timeoutMs.value)],
  ];
  const steps = layOut({
    kind: 'indent',
    body: {
      kind: 'indent',
      body: ['    steps: ', list(plan.steps.map(stepObject)), ','],
    },
  });
  const ends = [
    endFunction(context, { end: plan.completes, name: 'complete', imports }, [
      'history',
    ]),
    endFunction(context, { end: plan.aborts, name: 'abort', imports }, [
      'history',
      'failure',
    ]),
  ];
  const head = `export function ${value}Saga(decisions: ${type}Decisions): Saga<${type}History> {`;
  const broken = `export function ${value}Saga(\n  decisions: ${type}Decisions,\n): Saga<${type}History> {`;
  return (
    '/** Builds the saga from its decisions. */\n' +
    `${head.length <= 80 ? head : broken}\n  return {\n` +
    facts.map(([name, fact]) => `    ${name}: ${fact},\n`).join('') +
    `${steps}\n${ends.join('')}  };\n}\n`
  );
}

function stepObject({ step, request, compensation }: StepPlan): ObjectDoc {
  return object([
    ['name', text(step.name)],
    ['command', text(step.command ?? '')],
    ['success', text(step.success)],
    ['failure', step.failure === null ? 'null' : text(step.failure)],
    ['compensate', step.compensate === null ? 'null' : text(step.compensate)],
    [
      'timeoutMs',
      step.timeoutMs === null ? 'null' : number(step.timeoutMs.value),
    ],
    ['request', `decisions.${request}`],
    [
      'compensation',
      compensation === null ? 'null' : `decisions.${compensation}`,
    ],
  ]);
}

function endFunction(
  context: CodeContext,
  { end, name, imports }: End,
  decided: readonly string[],
): string {
  const inner = `decisions.${name}(${decided.join(', ')})`;
  switch (end.kind) {
    case 'none':
      return `    // Nothing is left for the coordinator to do then.\n    ${name}: () => Promise.resolve(),\n`;
    case 'publish':
      return (
        `    ${name}: (unit, _id, ${decided.join(', ')}) => {\n` +
        `      unit.publishUntyped(${text(end.event)}, ${inner});\n` +
        '      return Promise.resolve();\n    },\n'
      );
    case 'command': {
      const { aggregate } = end.plan;
      const path = commandsPath(context, aggregate.name);
      const { type } = context.names.aggregate(aggregate.name);
      const handler = imports.value(path, `${type}CommandHandler`);
      return (
        `    ${name}: async (unit, id, ${decided.join(', ')}) => {\n` +
        `      const input = ${inner};\n` +
        `      await new ${handler}(unit).${end.command.method}(id, input);\n    },\n`
      );
    }
    default:
      return end satisfies never;
  }
}

/** The object of a saga's timers and reactions is its value; its name for services that run it. */
export function sagaValue(
  context: CodeContext,
  imports: Imports,
  name: string,
): string {
  return imports.value(sagaPath(context, name), context.names.saga(name).value);
}
