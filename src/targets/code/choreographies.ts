// The derived file of each service that takes steps in choreographed sagas: its steps, and the types of what people decide.
import type { Artifact } from '../../core/artifact.ts';
import type { Saga, SagaStep, Service } from '../../model/model.ts';
import { commandsPath } from './aggregate-commands.ts';
import { aggregatePath } from './aggregates.ts';
import {
  appPath,
  generatedFile,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import { keyDoc, list, number, text } from './expressions.ts';
import { indent, layOut } from './layout.ts';
import { dataType } from './messages.ts';
import { endOf, type EndPlan } from './saga-plan.ts';
import { Imports } from './source-file.ts';
import { genericDoc } from './type-layout.ts';

/** A step that a service notes because it may have to be undone or may take too long. */
export interface NotedStep {
  readonly saga: Saga;
  readonly name: string;
  readonly begins: string;
  readonly succeeds: readonly string[];
  readonly fails: readonly string[];
  readonly timeoutMs: number | null;
  readonly expire: Decision | null;
  readonly undoneBy: readonly string[];
  readonly undo: Decision | null;
}

/** What people decide: the input of a command or the payload of an event. */
export interface Decision {
  readonly member: string;
  readonly end: Exclude<EndPlan, { readonly kind: 'none' }>;
}

/** Tells whether a service has a part in a choreographed saga that must be noted. */
export function hasChoreography(
  context: CodeContext,
  service: string,
): boolean {
  return notedSteps(context, service).length > 0;
}

/** Lists the steps that a service notes. */
export function notedSteps(
  context: CodeContext,
  service: string,
): readonly NotedStep[] {
  return context.model.sagas
    .filter(({ style }) => style === 'choreography')
    .flatMap((saga) => [
      ...saga.steps.flatMap((step, index) =>
        step.participant === service
          ? noteStep(context, { saga, step, index, service })
          : [],
      ),
      ...noteWhole(context, saga, service),
    ]);
}

interface Found {
  readonly saga: Saga;
  readonly step: SagaStep;
  readonly index: number;
  readonly service: string;
}

function noteStep(context: CodeContext, found: Found): readonly NotedStep[] {
  const { saga, step, index, service } = found;
  const next = saga.steps[index + 1];
  const stem = title(saga.name) + title(step.name);
  const expire =
    step.timeoutMs === null
      ? null
      : decision(context, {
          saga,
          service,
          event: step.failure,
          member: `expire${stem}`,
        });
  const undo = decision(context, {
    saga,
    service,
    event: step.compensate,
    member: `undo${stem}`,
  });
  if (expire === null && undo === null) return [];
  return [
    {
      saga,
      name: step.name,
      begins: step.on ?? saga.starts,
      succeeds: [step.success],
      fails: step.failure === null ? [] : [step.failure],
      timeoutMs: expire === null ? null : (step.timeoutMs?.value ?? null),
      expire,
      undoneBy:
        undo === null
          ? []
          : [next?.failure ?? null, next?.compensate ?? null].filter(
              (event) => event !== null,
            ),
      undo,
    },
  ];
}

/** The service that starts a saga watches over the time of the whole, where it can end it. */
function noteWhole(
  context: CodeContext,
  saga: Saga,
  service: string,
): readonly NotedStep[] {
  const isStarter = context.model.publications.some(
    (one) => one.service === service && one.event === saga.starts,
  );
  const expire = isStarter
    ? decision(context, {
        saga,
        service,
        event: saga.aborts,
        member: `abort${title(saga.name)}`,
      })
    : null;
  if (expire === null) return [];
  return [
    {
      saga,
      name: 'the whole saga',
      begins: saga.starts,
      succeeds: saga.completes === null ? [] : [saga.completes],
      fails: saga.aborts === null ? [] : [saga.aborts],
      timeoutMs: saga.timeoutMs.value,
      expire,
      undoneBy: [],
      undo: null,
    },
  ];
}

function decision(
  context: CodeContext,
  of: {
    readonly saga: Saga;
    readonly service: string;
    readonly event: string | null;
    readonly member: string;
  },
): Decision | null {
  const end = endOf(
    context,
    { service: of.service, correlation: of.saga.correlation },
    of.event,
  );
  return end.kind === 'none' ? null : { member: of.member, end };
}

const title = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** Imports the steps of a service. */
export function choreographyValue(
  context: CodeContext,
  imports: Imports,
  service: string,
): string {
  const { value } = context.names.service(service);
  return imports.value(choreographyPath(context, service), `${value}Steps`);
}

function choreographyPath(context: CodeContext, service: string): string {
  return generatedPath('sagas', `${context.names.service(service).file}-steps`);
}

/** Gives the path of the file in which people write what a service's steps decide. */
export function choreographyAppPath(
  context: CodeContext,
  service: string,
): string {
  return appPath(context.names.service(service).file, 'saga-steps');
}

/** Emits the steps of one service; none when it notes none. */
export function emitChoreography(
  context: CodeContext,
  service: Service,
): readonly Artifact[] {
  const steps = notedSteps(context, service.name);
  if (steps.length === 0) return [];
  const path = choreographyPath(context, service.name);
  const imports = new Imports(path);
  const { type, value } = context.names.service(service.name);
  imports.type(runtimePath('saga/choreography'), 'Choreography');
  imports.value(runtimePath('saga/choreography'), 'choreographyStep');
  const decisions = imports.value(
    choreographyAppPath(context, service.name),
    `${value}StepDecisions`,
  );
  const members = steps.flatMap((step) =>
    decisionMembers(context, step, imports),
  );
  const made = steps.map((step) =>
    stepText(context, { step, imports, decisions }),
  );
  return [
    generatedFile(context, {
      path,
      about: `What ${service.name} notes, undoes and ends of sagas that nobody coordinates. The payloads are decided in ${choreographyAppPath(context, service.name)}.`,
      imports,
      body: [
        `/** What people decide: the payload of each event, or the input of the command that emits it. */\nexport interface ${type}StepDecisions {\n${members.join('')}}\n`,
        `export const ${value}Steps: Choreography = [\n${made.join('')}];\n`,
      ],
      origins: [service.origin],
    }),
  ];
}

/** Names the payload types that a step knows: of what began it, and of its success. */
export function stepTypes(
  context: CodeContext,
  step: NotedStep,
  imports: Imports,
): readonly [begun: string, done: string] {
  const begun = dataType(context, imports, step.begins);
  const [success] = step.succeeds;
  const done =
    step.undo === null || success === undefined
      ? 'unknown'
      : dataType(context, imports, success);
  return [begun, done];
}

function decisionMembers(
  context: CodeContext,
  step: NotedStep,
  imports: Imports,
): readonly string[] {
  const [begun, done] = stepTypes(context, step, imports);
  const member = (
    made: Decision | null,
    params: readonly string[],
  ): string[] => {
    if (made === null) return [];
    const result = resultType(context, made, imports);
    const flat = `  readonly ${made.member}: (${params.join(', ')}) => ${result};\n`;
    const broken = `  readonly ${made.member}: (\n${params.map((one) => `    ${one},\n`).join('')}  ) => ${result};\n`;
    return [
      `  /** For \`${made.end.event}\`. */\n`,
      flat.length <= 81 ? flat : broken,
    ];
  };
  return [
    ...member(step.expire, [`begun: ${begun}`]),
    ...member(step.undo, [`begun: ${begun}`, `done: ${done}`]),
  ];
}

function resultType(
  context: CodeContext,
  { end }: Decision,
  imports: Imports,
): string {
  if (end.kind === 'publish') return dataType(context, imports, end.event);
  const path = aggregatePath(context, end.plan.aggregate.name);
  return imports.type(path, end.command.input);
}

interface StepPart {
  readonly step: NotedStep;
  readonly imports: Imports;
  readonly decisions: string;
}

function stepText(context: CodeContext, part: StepPart): string {
  const { step, imports } = part;
  const { saga } = step;
  const types = stepTypes(context, step, imports);
  const head = layOut(
    indent(['  ', genericDoc('choreographyStep', types), '({']),
  );
  const events = (name: string, values: readonly string[]): string =>
    layOut(indent(indent([`    ${name}: `, list(values.map(text)), ','])));
  const lines = [
    `    saga: ${text(saga.name)},`,
    `    step: ${text(step.name)},`,
    layOut(
      indent(indent(['    correlation: ', keyDoc(saga.correlation), ','])),
    ),
    `    begins: ${text(step.begins)},`,
    events('succeeds', step.succeeds),
    events('fails', step.fails),
    `    timeoutMs: ${step.timeoutMs === null ? 'null' : number(step.timeoutMs)},`,
    act(context, part, {
      name: 'expire',
      made: step.expire,
      args: ['begun'],
      params: ['begun'],
    }),
    events('undoneBy', step.undoneBy),
    act(context, part, {
      name: 'undo',
      made: step.undo,
      args: ['begun', 'done'],
      params: ['{ begun, done }'],
    }),
  ];
  return `${head}\n${lines.join('\n')}\n  }),\n`;
}

function act(
  context: CodeContext,
  { imports, decisions }: StepPart,
  of: {
    readonly name: string;
    readonly made: Decision | null;
    readonly args: readonly string[];
    readonly params: readonly string[];
  },
): string {
  const { made } = of;
  if (made === null) return `    ${of.name}: null,`;
  const decided = `${decisions}.${made.member}`;
  const flat = `      const decided = ${decided}(${of.args.join(', ')});`;
  const broken = `      const decided = ${decided}(\n${of.args.map((one) => `        ${one},\n`).join('')}      );`;
  const decide = flat.length <= 80 ? flat : broken;
  const { end } = made;
  if (end.kind === 'publish')
    return (
      `    ${of.name}: (unit, _id, ${of.params.join(', ')}) => {\n${decide}\n` +
      `      unit.publishUntyped(${text(end.event)}, decided);\n` +
      '      return Promise.resolve();\n    },'
    );
  const { type } = context.names.aggregate(end.plan.aggregate.name);
  const handler = imports.value(
    commandsPath(context, end.plan.aggregate.name),
    `${type}CommandHandler`,
  );
  return (
    `    ${of.name}: async (unit, id, ${of.params.join(', ')}) => {\n${decide}\n` +
    `      await new ${handler}(unit).${end.command.method}(id, decided);\n    },`
  );
}
