// Event-sourced aggregates whose store stands apart from the database: what the code of each event store consists of.
import type { Artifact } from '../../core/artifact.ts';
import type { Aggregate, Model } from '../../model/model.ts';
import {
  generatedFile,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import { call, list, object, text, type Property } from './expressions.ts';
import { Imports } from './source-file.ts';

/** The packages of the client; the README says what has been tested. */
const packages = { '@kurrent/kurrentdb-client': '1.3.1' } as const;

/** Tells whether a service of this project keeps the events of an aggregate in KurrentDB. */
export function hasEventLog(model: Model): boolean {
  return (
    model.eventStore.value === 'kurrentdb' &&
    model.services.some(
      ({ name, isExternal }) =>
        !isExternal && model.aggregates.some((one) => isLogged(one, name)),
    )
  );
}

/** Tells whether a service raises events of an aggregate that stores them. */
function isLogged(aggregate: Aggregate, service: string): boolean {
  return (
    aggregate.service === service &&
    aggregate.storage.value === 'event-sourced' &&
    aggregate.events.length > 0 &&
    aggregate.commands.length > 0
  );
}

/** Gives the npm packages that the event store needs. */
export function eventStorePackages(
  model: Model,
): Readonly<Record<string, string>> {
  return hasEventLog(model) ? packages : {};
}

/** Lists the aggregates of a service that are kept in the log. */
export function loggedAggregates(
  context: CodeContext,
  service: string,
): readonly string[] {
  if (!hasEventLog(context.model)) return [];
  return context.model.aggregates
    .filter((aggregate) => isLogged(aggregate, service))
    .map(({ name }) => name);
}

/** Writes the property of a service's definition that opens its log; none where it has no log. */
export function storeProperty(
  context: CodeContext,
  service: string,
  imports: Imports,
): readonly Property[] {
  const aggregates = loggedAggregates(context, service);
  if (aggregates.length === 0) return [];
  const connect = imports.value(generatedPath('event-log'), 'connectEventLog');
  const made = call(
    imports.value(runtimePath('event-log/event-log-store'), 'eventLogStore'),
    [
      object([
        ['aggregates', list(aggregates.map(text))],
        ['connect', connect],
      ]),
    ],
  );
  return [['store', made]];
}

/** Emits the file that knows where the log is; none where the events are in the database. */
export function emitEventLog(context: CodeContext): readonly Artifact[] {
  if (!hasEventLog(context.model)) return [];
  const path = generatedPath('event-log');
  const imports = new Imports(path);
  imports.type(runtimePath('event-log/event-log'), 'EventLog');
  return [
    generatedFile(context, {
      path,
      about:
        'The event store of this system; its client is loaded only when EVENTSTORE_URL says where it is.',
      imports,
      body: [
        'export async function connectEventLog(url: string): Promise<EventLog> {\n' +
          '  const { connectKurrent } =\n' +
          `    await import('${imports.late(runtimePath('kurrentdb/kurrent-event-log'))}');\n` +
          '  return await connectKurrent(url);\n}\n',
      ],
      origins: ['/eventStore'],
    }),
  ];
}
