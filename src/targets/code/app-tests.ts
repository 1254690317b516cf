// The first version of the tests that people own: scenarios of each aggregate, the paths of each saga, the system as a whole.
import { isSameKey, keyText } from '../../model/event-key.ts';
import type { Artifact } from '../../core/artifact.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Event } from '../../model/model.ts';
import { aggregateAppPath } from './aggregate-commands.ts';
import {
  filledKey,
  keyConversion,
  type AggregatePlan,
  type CommandPlan,
} from './aggregate-plan.ts';
import { aggregatePlans } from './aggregates.ts';
import {
  appFile,
  appPath,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import {
  arrow,
  list,
  literal,
  literalParts,
  object,
  text,
} from './expressions.ts';
import { layOut, type Doc } from './layout.ts';
import { pathTo } from './scenario-paths.ts';
import { sampleOfShape } from './sample.ts';
import { sagaTests } from './saga-tests.ts';
import { Imports } from './source-file.ts';

/** Emits the tests. */
export function emitTests(context: CodeContext): readonly Artifact[] {
  return [
    ...aggregatePlans(context).flatMap((plan) => aggregateTest(context, plan)),
    ...sagaTests(context),
    systemTest(context),
  ];
}

function systemTest(context: CodeContext): Artifact {
  const path = appPath('system.test');
  const imports = new Imports(path);
  imports.value(generatedPath('system'), 'system');
  imports.value(runtimePath('testing/describe-system'), 'describeSystem');
  return appFile(context, {
    path,
    about: 'The whole system in one process.',
    imports,
    body: ['describeSystem(system);\n'],
    origins: ['/name'],
  });
}

/** The identity that the sample of an event has as its key, so that the two agree. */
function idOf(context: CodeContext, plan: AggregatePlan): string {
  const { key } = plan.aggregate;
  const keyed = plan.events.find((event) => isSameKey(event.key, key));
  const payload =
    keyed === undefined ? undefined : sampleOfShape(context, keyed.payload);
  const id =
    key === null || payload === undefined ? null : keyText(key, payload);
  return id ?? 'one';
}

/** The payload of an event as a scenario has it; null where no sample can be made. */
function factData(
  context: CodeContext,
  plan: AggregatePlan,
  event: Event,
): JsonObject | null {
  const sample = sampleOfShape(context, event.payload);
  if (!isJsonObject(sample)) return null;
  const conversion = keyConversion(plan, event);
  if (conversion === null || plan.key === null) return sample;
  const id = idOf(context, plan);
  return {
    ...sample,
    [plan.key]: conversion === 'number' ? Number(id) : id,
  };
}

interface TestPart {
  readonly plan: AggregatePlan;
  readonly imports: Imports;
}

function aggregateTest(
  context: CodeContext,
  plan: AggregatePlan,
): readonly Artifact[] {
  const path = `${aggregateAppPath(context, plan).slice(0, -3)}.test.ts`;
  const imports = new Imports(path);
  const { type } = context.names.aggregate(plan.aggregate.name);
  const tests = plan.commands.flatMap((command) =>
    commandTests(context, { plan, imports }, command),
  );
  if (tests.length === 0) return [];
  imports.value('node:test', 'describe');
  imports.value('node:test', 'it');
  imports.value(aggregateAppPath(context, plan), type);
  imports.value(runtimePath('testing/given'), 'assertScenario');
  const id = idOf(context, plan);
  return [
    appFile(context, {
      path,
      about: `Scenarios of the aggregate "${plan.aggregate.name}": given its history, when a command comes, then these events.`,
      imports,
      body: [
        `const id = ${text(id)};\n`,
        `describe(${text(plan.aggregate.name)}, () => {\n${tests.join('\n')}});\n`,
      ],
      origins: [plan.aggregate.origin],
    }),
  ];
}

function commandTests(
  context: CodeContext,
  part: TestPart,
  command: CommandPlan,
): readonly string[] {
  const { plan } = part;
  const { event } = command;
  const history = pathTo(plan, command);
  const input = inputSample(context, plan, command);
  if (event === null || history === null || input === null) return [];
  const given = history.map((one) => factOf(context, plan, one));
  const raised = factOf(context, plan, event);
  if (raised === null || given.includes(null)) return [];
  const facts = given.filter((one) => one !== null);
  const act = actOf(command, input);
  const name = command.command.name;
  const first = scenario(context, part, {
    title: `raises ${event.name} on ${name}`,
    given: facts,
    act,
    then: list([raised]),
  });
  if (!plan.hasStates) return [first];
  const refused = command.command.from.length === 0 ? [raised] : [];
  return [
    first,
    scenario(context, part, {
      title:
        refused.length === 0
          ? `refuses ${name} before there is one`
          : `refuses ${name} when there is one already`,
      given: refused,
      act,
      then: text('refused'),
    }),
  ];
}

function inputSample(
  context: CodeContext,
  plan: AggregatePlan,
  command: CommandPlan,
): JsonObject | null {
  const shape = command.inputShape ?? command.event?.payload ?? null;
  const sample = shape === null ? null : sampleOfShape(context, shape);
  if (!isJsonObject(sample)) return null;
  const filled =
    command.inputShape === null && command.event !== null
      ? filledKey(plan, command.event)
      : null;
  return Object.fromEntries(
    Object.entries(sample).filter(([name]) => name !== filled),
  );
}

type FactDoc = ReturnType<typeof object>;

function factOf(
  context: CodeContext,
  plan: AggregatePlan,
  event: Event,
): FactDoc | null {
  const data = factData(context, plan, event);
  return data === null
    ? null
    : object([
        ['type', text(event.name)],
        ['data', literalParts(data)],
      ]);
}

function actOf(command: CommandPlan, input: JsonObject): Doc {
  return arrow('(found) =>', [`found.${command.method}(`, literal(input), ')']);
}

function scenario(
  context: CodeContext,
  { plan }: TestPart,
  of: {
    readonly title: string;
    readonly given: readonly FactDoc[];
    readonly act: Doc;
    readonly then: Doc;
  },
): string {
  const { type } = context.names.aggregate(plan.aggregate.name);
  const members = [
    ['given: ', list(of.given), ','],
    ['when: ', of.act, ','],
    ['then: ', of.then, ','],
  ].map((doc) => layOut(deeper(deeper(deeper(['      ', doc])))));
  return (
    `  it(${text(of.title)}, () => {\n    assertScenario(${type}, {\n      id,\n` +
    `${members.join('\n')}\n    });\n  });\n`
  );
}

const deeper = (body: Doc): Doc => ({ kind: 'indent', body });
