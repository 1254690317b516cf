// Target "code": a TypeScript project that runs the system.
import type { Artifact } from '../../core/artifact.ts';
import { refusedStore } from '../../model/stored-events.ts';
import type { Target } from '../target.ts';
import { emitAggregateCommands } from './aggregate-commands.ts';
import { emitAggregates } from './aggregates.ts';
import {
  emitAggregateApp,
  emitChoreographyApp,
  emitSagaApp,
} from './app-decisions.ts';
import { emitProjectionApp } from './app-folds.ts';
import { emitServiceApp } from './app-files.ts';
import { emitTests } from './app-tests.ts';
import { emitChoreography } from './choreographies.ts';
import { codeContext, type CodeContext } from './code-context.ts';
import { emitEventLog } from './event-log.ts';
import { emitHandlerTypes } from './handlers.ts';
import { emitChannels, emitMessages, emitTypes } from './messages.ts';
import { emitMessageHeaders } from './message-headers.ts';
import { emitOwnTables } from './own-tables.ts';
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
  *emit(model, emitContext) {
    const context = codeContext(model, emitContext);
    yield* emitProject(context);
    yield* systemFiles(context);
    yield* emitRuntime(context);
  },
};

function* systemFiles(context: CodeContext): Generator<Artifact> {
  yield* derivedFiles(context);
  yield* ownedFiles(context);
  yield* emitTests(context);
}

function* derivedFiles(context: CodeContext): Generator<Artifact> {
  yield* emitTypes(context);
  yield emitChannels(context);
  yield* emitEventLog(context);
  yield* emitMessages(context);
  yield* emitMessageHeaders(context);
  yield* emitAggregates(context);
  yield* emitAggregateCommands(context);
  yield* emitProjections(context);
  yield* emitRequests(context);
  yield* emitSagas(context);
  for (const service of ownServices(context)) {
    yield emitService(context, service);
    yield* emitHandlerTypes(context, service);
    yield* emitChoreography(context, service);
  }
  yield* emitSystem(context);
}

function* ownedFiles(context: CodeContext): Generator<Artifact> {
  yield* emitAggregateApp(context);
  yield* emitProjectionApp(context);
  yield* emitSagaApp(context);
  for (const service of ownServices(context)) {
    yield* emitServiceApp(context, service);
    yield* emitOwnTables(context, service);
    yield* emitChoreographyApp(context, service);
  }
}
