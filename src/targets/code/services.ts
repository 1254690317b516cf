// The derived file of each service: its groups, responders, endpoints and background work, put together for the runtime.
import type { Artifact } from '../../core/artifact.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Service } from '../../model/model.ts';
import { rebuildSources } from '../../model/stored-events.ts';
import { commandsPath } from './aggregate-commands.ts';
import { aggregatePlans } from './aggregates.ts';
import { choreographyValue, hasChoreography } from './choreographies.ts';
import {
  appPath,
  generatedFile,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import {
  call,
  list,
  number,
  object,
  openObject,
  text,
  type ObjectDoc,
  type Property,
} from './expressions.ts';
import { loggedAggregates, storeProperty } from './event-log.ts';
import type { FailureHandling } from '../../model/failure-handling.ts';
import { groupPlans, type GroupPlan } from './group-plan.ts';
import { layOut, type Doc } from './layout.ts';
import { ownProjections, projectionPath, queriesOf } from './projections.ts';
import { reactionDoc } from './reactions.ts';
import { requestPath } from './requests.ts';
import {
  runtimeFeatures,
  type RuntimeFeature,
  type RuntimeFeatures,
} from './runtime-features.ts';
import { sagaPlans } from './saga-plan.ts';
import { hasOwnTables, ownTablesPath } from './own-tables.ts';
import { sagaValue } from './sagas.ts';
import { Imports } from './source-file.ts';

/** Longest stay of a message anywhere before it may come again: 45 days, beyond the dead letters' 30 and the retries. */
const inboxSeconds = 3_888_000;

/** Lists the services that code is made for. */
export function ownServices(context: CodeContext): readonly Service[] {
  return context.model.services.filter(({ isExternal }) => !isExternal);
}

/** Gives the path of a service's derived file. */
export function servicePath(context: CodeContext, service: string): string {
  return generatedPath('services', context.names.service(service).file);
}

/** Emits the definition of one service. */
export function emitService(context: CodeContext, service: Service): Artifact {
  const path = servicePath(context, service.name);
  const imports = new Imports(path);
  const { value } = context.names.service(service.name);
  const parts = partsOf(context, service, imports);
  const tables = migrations(parts);
  const used = (
    feature: RuntimeFeature,
    properties: () => readonly Property[],
  ): readonly Property[] => (parts.features.has(feature) ? properties() : []);
  imports.type(runtimePath('service/service-definition'), 'ServiceDefinition');
  const definition = openObject(
    object([
      ['name', text(service.name)],
      ...used('database', () => [
        ['hasDatabase', String(tables.length > 0)],
        ['migrations', list(tables)],
        ...storeProperty(context, service.name, imports),
        ['outbox', outbox(parts)],
      ]),
      ['groups', list(parts.groups.map((group) => groupObject(parts, group)))],
      ...used('requests', () => [['responders', list(responders(parts))]]),
      ...used('endpoints', () => [['endpoints', endpoints(parts)]]),
      ...used('database', () => [['background', list(background(parts))]]),
      ...used('observers', () => [['observers', list(observers(parts))]]),
      ...used('rebuilds', () => [['rebuilds', list(rebuilds(parts))]]),
    ]),
  );
  return generatedFile(context, {
    path,
    about: `The service "${service.name}": what it consumes, runs and answers.`,
    imports,
    body: [
      `${layOut([`export const ${value}: ServiceDefinition = `, definition, ';'])}\n`,
    ],
    origins: [service.origin],
  });
}

interface ServiceParts {
  readonly context: CodeContext;
  readonly service: Service;
  readonly imports: Imports;
  readonly groups: readonly GroupPlan[];
  readonly features: RuntimeFeatures;
}

function partsOf(
  context: CodeContext,
  service: Service,
  imports: Imports,
): ServiceParts {
  return {
    context,
    service,
    imports,
    groups: groupPlans(context, service.name),
    features: usedFeatures(context),
  };
}

const known = new WeakMap<CodeContext, RuntimeFeatures>();

/** Lists what the system uses of the runtime; worked out once. */
export function usedFeatures(context: CodeContext): RuntimeFeatures {
  const found = known.get(context);
  if (found !== undefined) return found;
  const hasDatabase = ownServices(context).some((service) => {
    const imports = new Imports(servicePath(context, service.name));
    const groups = groupPlans(context, service.name);
    return migrations({ context, service, imports, groups }).length > 0;
  });
  const features = runtimeFeatures(context, hasDatabase);
  known.set(context, features);
  return features;
}

function migrations(parts: Omit<ServiceParts, 'features'>): readonly string[] {
  const { context, service, imports, groups } = parts;
  const isOwn = (name: string): boolean => name === service.name;
  const own = aggregatePlans(context).filter(
    ({ aggregate, commands }) =>
      isOwn(aggregate.service) && commands.length > 0,
  );
  const has = (storage: string): boolean =>
    own.some(({ aggregate }) => aggregate.storage.value === storage);
  const views = ownProjections(context).filter((one) => isOwn(one.service));
  const isLogged = loggedAggregates(context, service.name).length > 0;
  const table = (isUsed: boolean, path: string, name: string): string[] =>
    isUsed ? [imports.value(runtimePath(path), name)] : [];
  return [
    ...table(
      !isLogged &&
        (has('event-sourced') ||
          views.some((view) => rebuildSources(context.model, view).length > 0)),
      'event-sourcing/postgres-event-store',
      'eventStoreTables',
    ),
    ...table(isLogged, 'event-log/log-relay', 'logRelayTables'),
    ...table(
      has('state'),
      'event-sourcing/state-storage',
      'aggregateStateTables',
    ),
    ...table(hasInbox(groups), 'consume/inbox', 'inboxTables'),
    ...table(hasOutbox(parts), 'outbox/outbox', 'outboxTables'),
    ...table(views.length > 0, 'projection/projection', 'projectionTables'),
    ...table(hasSagas(parts), 'saga/saga-store', 'sagaTables'),
    ...table(
      hasChoreography(context, service.name),
      'saga/choreography-store',
      'choreographyTables',
    ),
    ...views.map(({ name }) =>
      imports.value(
        projectionPath(context, name),
        `${context.names.projection(name).value}Tables`,
      ),
    ),
    ...(hasOwnTables(service)
      ? [`...${imports.value(ownTablesPath(context, service), 'tables')}`]
      : []),
  ];
}

/** A projection of events without a version counts them through the inbox, too. */
function hasInbox(groups: readonly GroupPlan[]): boolean {
  return groups.some(
    ({ hasInbox: isRecorded, reactions }) =>
      isRecorded ||
      reactions.some(({ reaction }) => reaction.kind === 'projection'),
  );
}

function hasSagas({
  context,
  service,
}: Pick<ServiceParts, 'context' | 'service'>): boolean {
  return sagaPlans(context).some((plan) => plan.service === service.name);
}

/** A saga's state and its commands are one change, so its service has an outbox whatever the spec says of it. */
function hasOutbox(parts: Pick<ServiceParts, 'context' | 'service'>): boolean {
  const { context, service } = parts;
  return (
    hasSagas(parts) ||
    hasChoreography(context, service.name) ||
    (
      gatherFacts(context.model).publicationsByService().get(service.name) ?? []
    ).some((one) => one.hasOutbox.value)
  );
}

function outbox(parts: ServiceParts): Doc {
  return hasOutbox(parts)
    ? parts.imports.value(runtimePath('outbox/relay'), 'transactionalOutbox')
    : 'null';
}

function groupObject(parts: ServiceParts, plan: GroupPlan): ObjectDoc {
  const { context, imports } = parts;
  const channels = imports.value(generatedPath('channels'), 'channels');
  const sources = plan.sources.map(({ channel, events }): ObjectDoc =>
    object([
      ['address', `${channels}[${text(channel)}]`],
      ['types', list(events.map(text))],
    ]),
  );
  const subscription = object([
    ['group', text(plan.group.name)],
    ['sources', list(sources)],
    ['isOrdered', String(plan.isOrdered)],
    ['isAtMostOnce', String(plan.isAtMostOnce)],
    ['concurrency', String(plan.concurrency)],
    ['failure', failureObject(plan.failure)],
    ['failureByType', failureMap(plan)],
  ]);
  return object([
    ['subscription', subscription],
    ...(parts.features.has('database')
      ? [['recordOnce', recordOnce(plan, imports)] as const]
      : []),
    ['react', reactionDoc(context, imports, plan)],
  ]);
}

/** A map: in an object literal, the compiler would read the policy of an event `constructor` as the inherited member. */
function failureMap({ failureByEvent }: GroupPlan): Doc {
  if (failureByEvent.length === 0) return 'new Map()';
  const entries = failureByEvent.map(([event, failure]) =>
    list([text(event), failureObject(failure)]),
  );
  return ['new Map(', list(entries), ')'];
}

function recordOnce(
  { hasInbox: isRecorded }: GroupPlan,
  imports: Imports,
): Doc {
  return isRecorded
    ? imports.value(runtimePath('consume/inbox'), 'recordInInbox')
    : 'null';
}

function failureObject({ retry, hasDeadLetter }: FailureHandling): ObjectDoc {
  return object([
    ['attempts', number(retry.attempts)],
    ['mode', text(retry.mode)],
    ['backoff', text(retry.backoff)],
    ['firstMs', number(retry.firstMs)],
    ['maxMs', number(retry.maxMs)],
    ['hasDeadLetter', String(hasDeadLetter)],
  ]);
}

function responders({
  context,
  service,
  imports,
}: ServiceParts): readonly ObjectDoc[] {
  return context.model.requests
    .filter(({ responder }) => responder === service.name)
    .map(({ name }) => {
      const { type, value, file } = context.names.request(name);
      const contract = imports.value(
        requestPath(context, name),
        `${value}Contract`,
      );
      const folder = context.names.service(service.name).file;
      const answer = imports.value(
        appPath(folder, `answer-${file}`),
        `answer${type}`,
      );
      const responder = imports.value(
        runtimePath('requests/request-client'),
        'requestResponder',
      );
      return object([
        ['address', `${contract}.address`],
        ['handle', call(responder, [contract, answer])],
      ]);
    });
}

function endpoints({ context, service, imports }: ServiceParts): Doc {
  const commands = aggregatePlans(context)
    .filter(({ aggregate }) => aggregate.service === service.name)
    .filter((plan) => plan.commands.length > 0)
    .map(({ aggregate: { name } }) =>
      imports.value(
        commandsPath(context, name),
        `${context.names.aggregate(name).value}Endpoints`,
      ),
    );
  const queries = ownProjections(context)
    .filter((one) => one.service === service.name)
    .filter((one) => queriesOf(context, one).length > 0)
    .map(({ name }) =>
      imports.value(
        projectionPath(context, name),
        `${context.names.projection(name).value}Endpoints`,
      ),
    );
  return list([...commands, ...queries].map((one) => `...${one}`));
}

function background(parts: ServiceParts): readonly Doc[] {
  const { context, service, imports, groups } = parts;
  const sagas = sagaPlans(context).filter(
    (plan) => plan.service === service.name,
  );
  return [
    ...(hasInbox(groups)
      ? [
          call(imports.value(runtimePath('consume/inbox'), 'inboxPruning'), [
            number(inboxSeconds),
          ]),
        ]
      : []),
    ...(sagas.length === 0
      ? []
      : [
          [
            imports.value(runtimePath('saga/saga-service'), 'sagaTimers'),
            '(',
            list(
              sagas.map(({ saga }) => sagaValue(context, imports, saga.name)),
            ),
            ')',
          ],
        ]),
    ...(hasChoreography(context, service.name)
      ? [
          call(
            imports.value(
              runtimePath('saga/choreography'),
              'choreographyTimers',
            ),
            [choreographyValue(context, imports, service.name)],
          ),
        ]
      : []),
  ];
}

function observers({
  context,
  service,
  imports,
}: ServiceParts): readonly Doc[] {
  if (!hasChoreography(context, service.name)) return [];
  return [
    call(
      imports.value(runtimePath('saga/choreography'), 'choreographyObserver'),
      [choreographyValue(context, imports, service.name)],
    ),
  ];
}

function rebuilds({ context, service, imports }: ServiceParts): readonly Doc[] {
  return ownProjections(context)
    .filter((one) => one.service === service.name)
    .filter((one) => rebuildSources(context.model, one).length > 0)
    .map(({ name }) => {
      const projection = imports.value(
        projectionPath(context, name),
        `${context.names.projection(name).value}Projection`,
      );
      const rebuild =
        loggedAggregates(context, service.name).length > 0
          ? imports.value(
              runtimePath('event-log/rebuild-from-log'),
              'rebuildFromLog',
            )
          : imports.value(runtimePath('projection/rebuild'), 'rebuildOf');
      return call(rebuild, [projection]);
    });
}
