// Target "code": a TypeScript project that runs the system.
import type { Artifact } from '../../core/artifact.ts';
import type { Target } from '../target.ts';
import { emitAggregateCommands } from './aggregate-commands.ts';
import { emitAggregates } from './aggregates.ts';
import {
  emitAggregateApp,
  emitChoreographyApp,
  emitProjectionApp,
  emitSagaApp,
} from './app-decisions.ts';
import { emitServiceApp } from './app-files.ts';
import { emitTests } from './app-tests.ts';
import { emitChoreography } from './choreographies.ts';
import { codeContext, type CodeContext } from './code-context.ts';
import { emitEventLog } from './event-log.ts';
import { emitHandlerTypes } from './handlers.ts';
import { emitChannels, emitMessages, emitTypes } from './messages.ts';
import { emitMessageHeaders } from './message-headers.ts';
import { emitOwnTables } from './own-tables.ts';
import { refusedStore } from './refused-store.ts';
import { emitProject } from './project-files.ts';
import { emitProjections } from './projections.ts';
import { emitRequests } from './requests.ts';
import { emitRuntime } from './runtime-files.ts';
import { emitSagas } from './sagas.ts';
import { emitService, ownServices } from './services.ts';
import { emitSystem } from './system.ts';

/** Writes the project: derived files, files that people own, and the runtime that both need. */
export const code: Target = {
  name: 'code',
  summary: 'A TypeScript project that runs the system',
  appliesTo: () => true,
  refuses: refusedStore,
  emit: (model, emitContext) => {
    const context = codeContext(model, emitContext);
    const files = [
      ...derivedFiles(context),
      ...ownedFiles(context),
      ...emitTests(context),
    ];
    return [...emitProject(context), ...files, ...emitRuntime(context, files)];
  },
};

function derivedFiles(context: CodeContext): readonly Artifact[] {
  return [
    ...emitTypes(context),
    emitChannels(context),
    ...emitEventLog(context),
    ...emitMessages(context),
    ...emitMessageHeaders(context),
    ...emitAggregates(context),
    ...emitAggregateCommands(context),
    ...emitProjections(context),
    ...emitRequests(context),
    ...emitSagas(context),
    ...ownServices(context).flatMap((service) => [
      emitService(context, service),
      ...emitHandlerTypes(context, service),
      ...emitChoreography(context, service),
    ]),
    ...emitSystem(context),
  ];
}

function ownedFiles(context: CodeContext): readonly Artifact[] {
  return [
    ...emitAggregateApp(context),
    ...emitProjectionApp(context),
    ...emitSagaApp(context),
    ...ownServices(context).flatMap((service) => [
      ...emitServiceApp(context, service),
      ...emitOwnTables(context, service),
      ...emitChoreographyApp(context, service),
    ]),
  ];
}
