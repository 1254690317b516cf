// The write side of each aggregate: its command handler and the endpoints of its commands.
import type { Artifact } from '../../core/artifact.ts';
import type { AggregatePlan, CommandPlan } from './aggregate-plan.ts';
import { aggregatePath, aggregatePlans, indefinite } from './aggregates.ts';
import {
  appPath,
  generatedFile,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import { hasEventLog } from './event-log.ts';
import { list, object, objectDoc, signature, text } from './expressions.ts';
import { layOut } from './layout.ts';
import { Imports } from './source-file.ts';

/** Emits the command handler of each aggregate that has commands. */
export function emitAggregateCommands(
  context: CodeContext,
): readonly Artifact[] {
  return aggregatePlans(context)
    .filter(({ commands }) => commands.length > 0)
    .map((plan) => commandsFile(context, plan));
}

/** Gives the path of the file with an aggregate's command handler. */
export function commandsPath(context: CodeContext, aggregate: string): string {
  const { file } = context.names.aggregate(aggregate);
  return generatedPath('aggregates', `${file}-commands`);
}

/** Gives the path of the file in which people write an aggregate's decisions. */
export function aggregateAppPath(
  context: CodeContext,
  plan: AggregatePlan,
): string {
  const { service, name } = plan.aggregate;
  const folder = context.names.service(service).file;
  return appPath(folder, context.names.aggregate(name).file);
}

function commandsFile(context: CodeContext, plan: AggregatePlan): Artifact {
  const { aggregate } = plan;
  const { type, value } = context.names.aggregate(aggregate.name);
  const path = commandsPath(context, aggregate.name);
  const imports = new Imports(path);
  imports.value(aggregateAppPath(context, plan), type);
  imports.type(runtimePath('service/command'), 'CommandReceipt');
  imports.value(runtimePath('service/command'), 'commandEndpoints');
  imports.value(runtimePath('service/command'), 'receiptOf');
  imports.type(runtimePath('service/endpoint'), 'Endpoint');
  imports.type(runtimePath('service/unit-of-work'), 'UnitOfWork');
  const isSourced = aggregate.storage.value === 'event-sourced';
  const repository = !isSourced
    ? imports.value(runtimePath('event-sourcing/state-storage'), 'stateStored')
    : hasEventLog(context.model)
      ? imports.value(runtimePath('event-log/log-sourced'), 'logSourced')
      : imports.value(
          runtimePath('event-sourcing/event-sourced-storage'),
          'eventSourced',
        );
  for (const { input } of plan.commands)
    imports.type(aggregatePath(context, aggregate.name), input);
  const body = [
    handlerClass(context, plan, repository),
    `${layOut([
      `export const ${value}Endpoints: readonly Endpoint[] = commandEndpoints(`,
      objectDoc(
        object([
          ['path', text(`/${aggregate.name}/:id`)],
          ['handler', `${type}CommandHandler`],
          ['commands', list(plan.commands.map(({ method }) => text(method)))],
        ]),
      ),
      ');',
    ])}\n`,
  ];
  return generatedFile(context, {
    path,
    about: `The commands of the aggregate "${aggregate.name}": the write side.`,
    imports,
    body,
    origins: [aggregate.origin],
  });
}

function handlerClass(
  context: CodeContext,
  plan: AggregatePlan,
  repository: string,
): string {
  const { aggregate, commands } = plan;
  const { type } = context.names.aggregate(aggregate.name);
  const methods = commands.map((command) => `${method(command)}\n`).join('');
  return (
    `/** Carries out the commands of ${indefinite(aggregate.name)} inside one unit of work. */\n` +
    `export class ${type}CommandHandler {\n` +
    '  private readonly unit: UnitOfWork;\n\n' +
    '  constructor(unit: UnitOfWork) {\n    this.unit = unit;\n  }\n\n' +
    methods +
    `${head('private async update', ['id: string', `act: (found: ${type}) => void`])}\n` +
    `    const repository = ${repository}(this.unit, ${type});\n` +
    '    return receiptOf(await repository.update(id, act));\n  }\n}\n'
  );
}

function method({ method: name, input }: CommandPlan): string {
  const onOneLine = `    return await this.update(id, (found) => found.${name}(input));`;
  const statement =
    onOneLine.length <= 80
      ? onOneLine
      : `    return await this.update(id, (found) =>\n      found.${name}(input),\n    );`;
  return `${head(`async ${name}`, ['id: string', `input: ${input}`])}\n${statement}\n  }\n`;
}

function head(name: string, params: readonly string[]): string {
  return layOut({
    kind: 'indent',
    body: [`  ${name}`, signature(params, ': Promise<CommandReceipt> {')],
  });
}
