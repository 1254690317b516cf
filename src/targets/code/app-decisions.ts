// The first version of what people decide: aggregates and sagas. Written once, then theirs.
import type { Artifact } from '../../core/artifact.ts';
import type { Event, Service } from '../../model/model.ts';
import type { Shape } from '../../model/payload.ts';
import { aggregateAppPath } from './aggregate-commands.ts';
import {
  filledKey,
  keyConversion,
  type AggregatePlan,
  type CommandPlan,
} from './aggregate-plan.ts';
import {
  aggregatePath,
  aggregatePlans,
  decisionType,
  indefinite,
} from './aggregates.ts';
import { useError } from './app-files.ts';
import {
  choreographyAppPath,
  notedSteps,
  type Decision,
} from './choreographies.ts';
import {
  appFile,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import { objectDoc, signature, text, usesVariable } from './expressions.ts';
import { decisionEntry } from './decision-entry.ts';
import { layOut, type Doc } from './layout.ts';
import { filledFrom, type Source } from './sample.ts';
import { sagaPlans, type EndPlan, type SagaPlan } from './saga-plan.ts';
import { sagaAppPath, sagaPath } from './sagas.ts';
import { Imports } from './source-file.ts';

/** Emits the decisions of each aggregate. */
export function emitAggregateApp(context: CodeContext): readonly Artifact[] {
  return aggregatePlans(context)
    .filter(({ commands }) => commands.length > 0)
    .map((plan) => aggregateFile(context, plan));
}

function aggregateFile(context: CodeContext, plan: AggregatePlan): Artifact {
  const { aggregate } = plan;
  const path = aggregateAppPath(context, plan);
  const imports = new Imports(path);
  const { type } = context.names.aggregate(aggregate.name);
  const derived = aggregatePath(context, aggregate.name);
  imports.type(runtimePath('event-sourcing/aggregate'), 'Fact');
  imports.value(derived, `${type}Base`);
  imports.type(derived, `${type}Event`);
  const cases = plan.events
    .map(({ name }) => `      case ${text(name)}:\n`)
    .join('');
  const decisions = plan.commands.map((command) =>
    decide(context, { plan, command, imports, derived }),
  );
  const evolve = member(
    [`data: ${type}Data`, `fact: Fact<${type}Event>`],
    'protected override evolve',
    `${type}Data`,
  );
  const body =
    `/** ${indefinite(aggregate.name).replace(/^a/, 'A')}. Throw \`DomainError\` in a decision to refuse the command. */\n` +
    `export class ${type} extends ${type}Base<${type}Data> {\n` +
    '  static readonly snapshotShape = 1;\n\n' +
    `  protected override initialData(): ${type}Data {\n    return {};\n  }\n\n` +
    `${evolve}\n    switch (fact.type) {\n${cases}        return data;\n    }\n  }\n\n` +
    `${decisions.join('\n')}}\n`;
  return appFile(context, {
    path,
    about: `The decisions of ${indefinite(aggregate.name)}: what each command makes of its input, and what it remembers.`,
    imports,
    body: [
      `/** What ${indefinite(aggregate.name)} remembers beside its state. Raise \`snapshotShape\` when this changes. */\n` +
        `export type ${type}Data = Readonly<Record<string, never>>;\n`,
      body,
    ],
    origins: [aggregate.origin],
  });
}

function member(
  params: readonly string[],
  head: string,
  result: string,
): string {
  return layOut({
    kind: 'indent',
    body: [`  ${head}`, signature(params, `: ${result} {`)],
  });
}

interface DecidePart {
  readonly plan: AggregatePlan;
  readonly command: CommandPlan;
  readonly imports: Imports;
  readonly derived: string;
}

function decide(context: CodeContext, part: DecidePart): string {
  const { plan, command, imports, derived } = part;
  imports.type(derived, command.input);
  const own = new Imports('');
  const type = decisionType(context, { plan, imports: own }, command);
  // The input is the payload without its key where the spec gives the command none of its own.
  const isPlain = command.inputShape === null && command.event !== null;
  const result: Doc = isPlain
    ? command.input
    : decisionType(context, { plan, imports }, command);
  const made = isPlain ? 'input' : decided(context, part);
  const isUsed = made !== null && usesVariable(layOut(made), 'input');
  const head = layOut({
    kind: 'indent',
    body: [
      `  protected override ${command.decide}`,
      signature(
        [`${isUsed ? 'input' : '_input'}: ${command.input}`],
        [': ', isPlain ? result : type, ' {'],
      ),
    ],
  });
  const statement =
    made === null
      ? `    ${useError(imports, `"${command.command.name}"`)}`
      : layOut({
          kind: 'indent',
          body: { kind: 'indent', body: ['    return ', made, ';'] },
        });
  return `${head}\n${statement}\n  }\n`;
}

/** The payload filled from the command's input; of several events the first is raised. */
function decided(
  context: CodeContext,
  { plan, command }: DecidePart,
): Doc | null {
  const [event] = command.events;
  if (event === undefined) return '[]';
  const shape = withoutKey(plan, event);
  const source: Source[] =
    command.inputShape === null
      ? [{ expression: 'input', shape }]
      : [{ expression: 'input', shape: command.inputShape }];
  const data =
    command.event === null ? null : filledFrom(context, shape, source);
  if (command.event !== null) return data === null ? null : objectDoc(data);
  const whole = filledFrom(context, event.payload, [
    ...source,
    ...identity(plan, event),
  ]);
  return whole === null
    ? null
    : [
        '[',
        objectDoc({
          properties: [
            ['type', text(event.name)],
            ['data', whole],
          ],
        }),
        ']',
      ];
}

function identity(plan: AggregatePlan, event: Event): readonly Source[] {
  const key = event.payload.fields.find(({ name }) => name === plan.key);
  if (key === undefined || keyConversion(plan, event) !== 'text') return [];
  if (key.name !== 'id') return [];
  return [{ expression: 'this', shape: { ...event.payload, fields: [key] } }];
}

/** The payload's shape without the field that the identity fills. */
export function withoutKey(plan: AggregatePlan, event: Event): Shape {
  const filled = filledKey(plan, event);
  const fields = event.payload.fields.filter(({ name }) => name !== filled);
  return { ...event.payload, fields };
}

/** Emits the decisions of each orchestrated saga. */
export function emitSagaApp(context: CodeContext): readonly Artifact[] {
  return sagaPlans(context).map((plan) => sagaDecisions(context, plan));
}

function sagaDecisions(context: CodeContext, plan: SagaPlan): Artifact {
  const { saga } = plan;
  const path = sagaAppPath(context, plan);
  const imports = new Imports(path);
  const { type, value } = context.names.saga(saga.name);
  imports.type(sagaPath(context, saga.name), `${type}Decisions`);
  const started: Source = {
    expression: 'started',
    shape: context.event(saga.starts).payload,
  };
  const entry = (name: string, shape: Shape): string =>
    decisionEntry(context, {
      name,
      shape,
      sources: [started],
      param: '{ started }',
      imports,
    });
  const entries = [
    ...plan.steps.flatMap(({ step, request, compensation }) => [
      ...(step.command === null
        ? []
        : [entry(request, context.event(step.command).payload)]),
      ...(compensation === null || step.compensate === null
        ? []
        : [entry(compensation, context.event(step.compensate).payload)]),
    ]),
    ...endEntry(context, plan.completes, (shape) => entry('complete', shape)),
    ...endEntry(context, plan.aborts, (shape) => entry('abort', shape)),
  ];
  return appFile(context, {
    path,
    about: `The decisions of the saga "${saga.name}": what each command carries, and how the saga ends.`,
    imports,
    body: [
      `export const ${value}Decisions: ${type}Decisions = {\n${entries.join('')}};\n`,
    ],
    origins: [saga.origin],
  });
}

function endEntry(
  context: CodeContext,
  end: EndPlan,
  write: (shape: Shape) => string,
): readonly string[] {
  if (end.kind === 'none') return [];
  if (end.kind === 'publish') return [write(context.event(end.event).payload)];
  const { inputShape } = end.command;
  return [write(inputShape ?? withoutKey(end.plan, context.event(end.event)))];
}

/** Emits what one service decides in sagas that nobody coordinates. */
export function emitChoreographyApp(
  context: CodeContext,
  service: Service,
): readonly Artifact[] {
  const steps = notedSteps(context, service.name);
  if (steps.length === 0) return [];
  const path = choreographyAppPath(context, service.name);
  const imports = new Imports(path);
  const { type, value, file } = context.names.service(service.name);
  imports.type(generatedPath('sagas', `${file}-steps`), `${type}StepDecisions`);
  const entries = steps.flatMap((step) => {
    const begun: Source = {
      expression: 'begun',
      shape: context.event(step.begins).payload,
    };
    const entry = (made: Decision | null): readonly string[] =>
      made === null
        ? []
        : endEntry(context, made.end, (shape) =>
            decisionEntry(context, {
              name: made.member,
              shape,
              sources: [begun],
              param: 'begun',
              imports,
            }),
          );
    return [...entry(step.expire), ...entry(step.undo)];
  });
  return [
    appFile(context, {
      path,
      about: `What ${service.name} decides when a step of a saga is undone or takes too long.`,
      imports,
      body: [
        `export const ${value}StepDecisions: ${type}StepDecisions = {\n${entries.join('')}};\n`,
      ],
      origins: [service.origin],
    }),
  ];
}
