// The headers of messages that no handler publishes: an aggregate's events, what a saga sends. People decide them.
import type { Artifact } from '../../core/artifact.ts';
import type { Event } from '../../model/model.ts';
import { aggregatePlans } from './aggregates.ts';
import { notedSteps } from './choreographies.ts';
import {
  appFile,
  appPath,
  generatedFile,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import { decisionEntry } from './decision-entry.ts';
import { property } from './expressions.ts';
import { dataType, messagePath } from './messages.ts';
import { sagaPlans, type EndPlan } from './saga-plan.ts';
import { ownServices } from './services.ts';
import { Imports } from './source-file.ts';

/** Lists the events that need headers and that aggregates or sagas publish. */
export function eventsWithDerivedHeaders(
  context: CodeContext,
): readonly Event[] {
  const derived = derivedEvents(context);
  return context.model.events.filter(
    ({ name, headers }) =>
      derived.has(name) &&
      headers !== null &&
      headers.fields.some(({ isRequired }) => isRequired),
  );
}

function derivedEvents(context: CodeContext): ReadonlySet<string | null> {
  const sagas = sagaPlans(context).flatMap(({ saga, completes, aborts }) => [
    ...saga.steps.flatMap(({ command, compensate }) => [command, compensate]),
    published(completes),
    published(aborts),
  ]);
  const steps = ownServices(context)
    .flatMap(({ name }) => notedSteps(context, name))
    .flatMap(({ expire, undo }) => [expire, undo])
    .map((decision) => (decision === null ? null : published(decision.end)));
  const raised = aggregatePlans(context).flatMap(({ commands }) =>
    commands.flatMap(({ command }) => command.emits),
  );
  return new Set([...sagas, ...steps, ...raised]);
}

function published(end: EndPlan): string | null {
  return end.kind === 'publish' ? end.event : null;
}

/** Emits the types of the headers that people decide, and their first version; nothing where none are needed. */
export function emitMessageHeaders(context: CodeContext): readonly Artifact[] {
  const events = eventsWithDerivedHeaders(context);
  return events.length === 0
    ? []
    : [typesFile(context, events), decisionsFile(context, events)];
}

const path = generatedPath('message-headers');
const decisionsPath = appPath('message-headers');

function typesFile(context: CodeContext, events: readonly Event[]): Artifact {
  const imports = new Imports(path);
  imports.type(runtimePath('messaging/contract'), 'HeaderMakers');
  imports.value(decisionsPath, 'messageHeaders');
  const members = events.map(({ name }) => {
    const data = dataType(context, imports, name);
    const { type } = context.names.message(name);
    const headers = imports.type(messagePath(context, name), `${type}Headers`);
    const flat = `  readonly ${property(name)}: (data: ${data}) => ${headers};\n`;
    return flat.length <= 81
      ? flat
      : `  readonly ${property(name)}: (\n    data: ${data},\n  ) => ${headers};\n`;
  });
  return generatedFile(context, {
    path,
    about: `The headers of what aggregates and sagas publish. They are decided in ${decisionsPath}.`,
    imports,
    body: [
      `/** What people decide: the headers of each message, from its payload. */\nexport interface MessageHeaderDecisions {\n${members.join('')}}\n`,
      '// Each decision is given the payload of its own message.\nexport const headerMakers = messageHeaders as unknown as HeaderMakers;\n',
    ],
    origins: events.map(({ origin }) => origin),
  });
}

function decisionsFile(
  context: CodeContext,
  events: readonly Event[],
): Artifact {
  const imports = new Imports(decisionsPath);
  imports.type(path, 'MessageHeaderDecisions');
  const entries = events.flatMap(({ name, payload, headers }) =>
    headers === null
      ? []
      : [
          decisionEntry(context, {
            name: property(name),
            shape: headers,
            sources: [{ expression: 'data', shape: payload }],
            param: 'data',
            imports,
          }),
        ],
  );
  return appFile(context, {
    path: decisionsPath,
    about: 'The headers of what aggregates and sagas publish.',
    imports,
    body: [
      `export const messageHeaders: MessageHeaderDecisions = {\n${entries.join('')}};\n`,
    ],
    origins: events.map(({ origin }) => origin),
  });
}
