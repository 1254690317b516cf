// Raw spec to model: names become links, every default is filled in, every problem of meaning is told.
import type { Outcome } from '../core/diagnostic.ts';
import { pointer } from '../core/pointer.ts';
import { parseRate } from '../core/units.ts';
import type { Broker } from '../brokers/broker.ts';
import { shapeLookup } from '../model/locate-field.ts';
import type { Model } from '../model/model.ts';
import type { RawSpec } from '../schema/raw-spec.ts';
import { checkExamples } from './check-examples.ts';
import { checkMeaning } from './check-meaning.ts';
import { oncePerKey } from './once-per-key.ts';
import { problemList } from './problem-list.ts';
import { resolveAggregates } from './resolve-aggregates.ts';
import { resolveChannels } from './resolve-channels.ts';
import {
  resolveBroker,
  resolveEnvironments,
  resolveEventStore,
} from './resolve-deployment.ts';
import { resolveEvents } from './resolve-events.ts';
import { resolveFlows } from './resolve-flows.ts';
import { resolveGroups } from './resolve-groups.ts';
import { resolveGuarantees } from './resolve-guarantees.ts';
import { resolvePublications } from './resolve-publications.ts';
import {
  resolveProjections,
  resolveQueries,
  resolveRequests,
} from './resolve-read-side.ts';
import { resolveSagas } from './resolve-sagas.ts';
import { resolveServices } from './resolve-services.ts';
import { resolveSubscriptions } from './resolve-subscriptions.ts';
import { resolveTypes } from './resolve-types.ts';
import type { SchemaLibrary } from './schema-library.ts';
import type { Scope } from './scope.ts';
import { settleEvents } from './settle-events.ts';
import { subscriptionDrafts } from './subscription-drafts.ts';

export interface ResolveOptions {
  /** The broker of this run: the spec's, or the one asked for instead. */
  readonly broker: Broker;
  /** Files that payload schemas refer to. */
  readonly schemaLibrary: SchemaLibrary;
}

/**
 * Resolves a checked spec. The model is always given, so that every later stage can be tested on what there is;
 * it must not be generated from when a diagnostic is an error.
 * Reports: every `resolve/*` code.
 */
export function resolveSpec(
  raw: RawSpec,
  options: ResolveOptions,
): Outcome<Model> {
  const problems = problemList();
  const scope: Scope = { raw, ...options, ...problems };
  const guarantees = resolveGuarantees(scope);
  const types = resolveTypes(scope);
  const shapeOf = shapeLookup(types);
  const drafts = resolveEvents(scope, guarantees, shapeOf);
  const { channels, channelOf } = resolveChannels(scope, drafts, guarantees);
  const broker = resolveBroker(scope);
  const capabilities = options.broker.capabilities(broker.version.value);
  const services = resolveServices(scope);
  const publications = resolvePublications(scope);
  const subscribed = subscriptionDrafts(scope, publications);
  const context = {
    events: new Map(drafts.map((event) => [event.name, event])),
    channels: new Map(channels.map((channel) => [channel.name, channel])),
    channelOf,
    shapeOf,
  };
  const subscriptions = resolveSubscriptions(scope, subscribed, context);
  const groups = resolveGroups(scope, subscriptions, context);
  const projections = resolveProjections(scope, subscribed, shapeOf);
  const aggregates = resolveAggregates(scope, drafts);
  const once = oncePerKey(scope, { aggregates, publications });
  const events = settleEvents(drafts, channelOf, once);
  const design: Omit<Model, 'flows'> = {
    name: raw.name ?? '',
    description: raw.description ?? null,
    locale: raw.locale ?? 'en',
    documentsUrl: raw.documentsUrl?.replace(/\/+$/, '') ?? null,
    context: contextOf(raw),
    guarantees,
    broker,
    eventStore: resolveEventStore(scope),
    environments: resolveEnvironments(scope),
    services,
    types,
    events,
    channels,
    publications,
    subscriptions,
    groups,
    requests: resolveRequests(scope),
    aggregates,
    projections,
    queries: resolveQueries(scope, projections),
    sagas: resolveSagas(scope, { ...context, publications, subscriptions }),
  };
  const model: Model = {
    ...design,
    flows: resolveFlows(design, capabilities),
  };
  checkMeaning(scope, { events, subscriptions, capabilities });
  checkExamples(scope, model);
  return { value: model, diagnostics: problems.all() };
}

/** What the architect was asked for. */
const contextOf = ({ context }: RawSpec): Model['context'] => ({
  needs: context?.needs ?? [],
  ratePerSecond:
    context?.volume === undefined ? null : parseRate(context.volume),
  origin: pointer('context'),
});
