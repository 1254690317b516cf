// The derived file of each aggregate: its state machine, and the types of what people decide.
import type { Artifact } from '../../core/artifact.ts';
import type { Event } from '../../model/model.ts';
import { stringLiteral } from '../../model/typescript-text.ts';
import {
  filledKey,
  keyConversion,
  planAggregate,
  transitionOf,
  type AggregatePlan,
  type CommandPlan,
  type TransitionPlan,
} from './aggregate-plan.ts';
import {
  generatedFile,
  generatedPath,
  runtimePath,
  shapeDeclaration,
  type CodeContext,
} from './code-context.ts';
import {
  list,
  object,
  objectDoc,
  openObject,
  parameters,
  property,
  signature,
  text,
} from './expressions.ts';
import { layOut, type Doc } from './layout.ts';
import { dataType, messageType } from './messages.ts';
import { Imports } from './source-file.ts';
import { genericDoc, layOutDeclaration } from './type-layout.ts';

/** Emits the state machine of each aggregate that has events. */
export function emitAggregates(context: CodeContext): readonly Artifact[] {
  return aggregatePlans(context).map((plan) => aggregateFile(context, plan));
}

/** Lists the aggregates that code is made for: those with events, in services of this system. */
export function aggregatePlans(context: CodeContext): readonly AggregatePlan[] {
  const external = new Set(
    context.model.services
      .filter((one) => one.isExternal)
      .map((one) => one.name),
  );
  return context.model.aggregates.flatMap((aggregate) => {
    const plan = external.has(aggregate.service)
      ? null
      : planAggregate(context, aggregate);
    return plan === null ? [] : [plan];
  });
}

/** Gives the path of an aggregate's derived file. */
export function aggregatePath(context: CodeContext, name: string): string {
  return generatedPath('aggregates', context.names.aggregate(name).file);
}

function aggregateFile(context: CodeContext, plan: AggregatePlan): Artifact {
  const { aggregate } = plan;
  const path = aggregatePath(context, aggregate.name);
  const imports = new Imports(path);
  const { type, file } = context.names.aggregate(aggregate.name);
  const service = context.names.service(aggregate.service).file;
  const messages = plan.events.map((event) =>
    messageType(context, imports, event.name),
  );
  const body = [
    layOutDeclaration(
      `/** The events of ${indefinite(aggregate.name)}. */\nexport type ${type}Event = ${messages.join(' | ')};`,
    ),
    layOutDeclaration(
      `/** The states of ${indefinite(aggregate.name)}. */\nexport type ${type}Status = ${plan.statuses.map(stringLiteral).join(' | ')};`,
    ),
    ...plan.commands.map((command) =>
      inputType(context, { plan, command, imports }),
    ),
    transitions(plan, type),
    baseClass(context, { plan, imports }),
  ];
  return generatedFile(context, {
    path,
    about: `The state machine of the aggregate "${aggregate.name}". What each command decides is in src/app/${service}/${file}.ts.`,
    imports,
    body,
    origins: [aggregate.origin],
  });
}

/** Puts the article before a name: `an order`. */
export function indefinite(name: string): string {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

interface Part {
  readonly plan: AggregatePlan;
  readonly imports: Imports;
}

function inputType(
  context: CodeContext,
  { plan, command, imports }: Part & { readonly command: CommandPlan },
): string {
  const description = `What \`${command.command.name}\` is given.`;
  if (command.inputShape !== null)
    return shapeDeclaration(context, command.inputShape, {
      identifier: command.input,
      description,
      imports,
    });
  const [first] = command.events;
  const type: Doc =
    first === undefined
      ? 'Readonly<Record<string, never>>'
      : payloadType(context, { plan, imports }, first);
  return `/** ${description} */\n${layOut([`export type ${command.input} = `, type, ';'])}\n`;
}

/** The payload of an event without the field that the aggregate's identity fills. */
export function payloadType(
  context: CodeContext,
  { plan, imports }: Part,
  event: Event,
): Doc {
  const data = dataType(context, imports, event.name);
  const filled = filledKey(plan, event);
  return filled === null ? data : genericDoc('Omit', [data, text(filled)]);
}

function transitions(plan: AggregatePlan, type: string): string {
  const table = openObject(
    object(
      plan.events.map((event) => [
        property(event.name),
        transitionDoc(transitionOf(plan, event.name)),
      ]),
    ),
  );
  const shape = `Record<${type}Event['type'], Transition<${type}Status>>`;
  return `${layOut(['const transitions = ', table])} as const satisfies Readonly<\n  ${shape}\n>;\n`;
}

function transitionDoc(transition: TransitionPlan): Doc {
  switch (transition.kind) {
    case 'none':
      return 'null';
    case 'always':
      return text(transition.to);
    case 'from':
      return objectDoc(
        object(transition.to.map(([from, to]) => [property(from), text(to)])),
      );
    default:
      return transition satisfies never;
  }
}

function baseClass(context: CodeContext, { plan, imports }: Part): string {
  const { aggregate } = plan;
  const { type } = context.names.aggregate(aggregate.name);
  const runtime = runtimePath('event-sourcing/aggregate');
  imports.value(runtime, 'Aggregate');
  imports.type(runtime, 'Transition');
  const every = aggregate.snapshotEvery?.value ?? null;
  const members = [
    [
      `  static readonly aggregateName = ${text(aggregate.name)};\n`,
      `  static readonly snapshotEvery: number | null = ${every};\n`,
    ].join(''),
    '  protected override readonly transitions = transitions;\n' +
      `  protected override readonly initialStatus = ${text(plan.statuses[0] ?? 'active')};\n`,
    ...(plan.commands.length === 0
      ? []
      : [
          plan.commands
            .map((command) => decideMember(context, { plan, imports, command }))
            .join(''),
        ]),
    ...plan.commands.map((command) => commandMember(plan, command)),
  ];
  const head = layOut([
    `export abstract class ${type}Base<Data> extends `,
    genericDoc('Aggregate', [`${type}Event`, `${type}Status`, 'Data']),
    ' {',
  ]);
  return (
    `/** ${upperFirst(indefinite(aggregate.name))}: which command is allowed in which state, and which event it raises. */\n` +
    `${head}\n${members.join('\n')}}\n`
  );
}

const upperFirst = (value: string): string =>
  value.charAt(0).toUpperCase() + value.slice(1);

/** The type of what a decision gives back. */
export function decisionType(
  context: CodeContext,
  part: Part,
  command: CommandPlan,
): Doc {
  if (command.event !== null) return payloadType(context, part, command.event);
  const fact = part.imports.type(
    runtimePath('event-sourcing/aggregate'),
    'Fact',
  );
  const messages = command.events.map((event) =>
    messageType(context, part.imports, event.name),
  );
  return `readonly ${fact}<${messages.join(' | ') || 'never'}>[]`;
}

type CommandPart = Part & { readonly command: CommandPlan };

function decideMember(
  context: CodeContext,
  { plan, imports, command }: CommandPart,
): string {
  const result = decisionType(context, { plan, imports }, command);
  return (
    layOut([
      '  ',
      {
        kind: 'indent',
        body: [
          `protected abstract ${command.decide}`,
          signature([`input: ${command.input}`], [': ', result, ';']),
        ],
      },
    ]) + '\n'
  );
}

function commandMember(plan: AggregatePlan, command: CommandPlan): string {
  const { method, input } = command;
  const head = layOut({
    kind: 'indent',
    body: [`  ${method}`, signature([`input: ${input}`], ': void {')],
  });
  const check = plan.hasStates ? [statusCheck(command)] : [];
  const raise = raising(plan, command);
  const lines = [...check, ...raise].map((one) => `    ${one}\n`).join('');
  return `  /** ${commandComment(plan, command)} */\n${head}\n${lines}  }\n`;
}

function commandComment(plan: AggregatePlan, command: CommandPlan): string {
  const { from, to } = command.command;
  if (!plan.hasStates) return 'Throws `DomainError` when the decision refuses.';
  const target = to ?? 'the same';
  return from.length === 0
    ? `nothing -> ${target}. Throws \`DomainError\` when there is one already, or the decision refuses.`.replaceAll(
        '*/',
        '*\\/',
      )
    : `${from.join(', ')} -> ${target}. Throws \`DomainError\` in any other state, or when the decision refuses.`.replaceAll(
        '*/',
        '*\\/',
      );
}

function statusCheck({ command }: CommandPlan): string {
  const states = list(command.from.map(text));
  return indented([
    'this.expectStatus(',
    text(command.name),
    ', ',
    states,
    ');',
  ]);
}

function raising(plan: AggregatePlan, command: CommandPlan): readonly string[] {
  const { event, decide } = command;
  if (event === null) return [`this.raiseAll(this.${decide}(input));`];
  const conversion = keyConversion(plan, event);
  if (conversion === null || plan.key === null)
    return [
      indented([
        'this.raise',
        parameters([text(event.name), `this.${decide}(input)`]),
        ';',
      ]),
    ];
  const identity = conversion === 'number' ? 'Number(this.id)' : 'this.id';
  return [
    indented([`const decided = this.${decide}(input);`]),
    indented([
      'this.raise',
      `(${text(event.name)}, `,
      objectDoc(
        object([
          ['...decided', ''],
          [property(plan.key), identity],
        ]),
      ),
      ');',
    ]),
  ];
}

/** Lays out a statement four spaces deep. */
function indented(doc: Doc): string {
  const inner: Doc = {
    kind: 'indent',
    body: { kind: 'indent', body: ['    ', doc] },
  };
  return layOut(inner).slice(4);
}
