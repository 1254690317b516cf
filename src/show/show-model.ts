// A model as the spec that says all of it: every default filled in, everything implied told.
import { pointer } from '../core/pointer.ts';
import type { Model } from '../model/model.ts';
import { showEvent } from './show-events.ts';
import { showConsumers } from './show-consumers.ts';
import { showPublishers } from './show-publishers.ts';
import {
  showAggregate,
  showProjection,
  showQuery,
  showRequest,
} from './show-processes.ts';
import { showSaga } from './show-sagas.ts';
import {
  guaranteeEntries,
  rateText,
  showBroker,
  type DerivedOptions,
  showChannel,
  showEnvironment,
  showService,
  showType,
} from './show-system.ts';
import {
  entry,
  filled,
  said,
  shown,
  shownMap,
  type IsWritten,
  type ShownEntry,
  type ShownMap,
  type ShownValue,
  told,
} from './shown.ts';

/**
 * Shows a resolved model as a spec in which every value says where it came from.
 *
 * @param derivedOptions broker options that follow from the design
 */
export function showModel(
  model: Model,
  isWritten: IsWritten,
  derivedOptions: DerivedOptions,
): ShownMap {
  return shownMap(
    entry('eventArch', said(1, pointer('eventArch'))),
    entry('name', said(model.name, pointer('name'))),
    entry('description', said(model.description, pointer('description'))),
    entry('locale', showLocale(model, isWritten)),
    section('context', showContext(model)),
    entry(
      'guarantees',
      shownMap(guaranteeEntries(model.guarantees, pointer('guarantees'))),
    ),
    entry('broker', showBroker(model, { isWritten, derivedOptions })),
    entry('eventStore', {
      ...shown(model.eventStore, pointer('eventStore'), String),
      becauseBeside: 'kind',
    }),
    section(
      'environments',
      model.environments.flatMap((environment) =>
        entry(environment.name, showEnvironment(environment)),
      ),
    ),
    section(
      'services',
      model.services.flatMap((service) => showService(service, isWritten)),
    ),
    section(
      'types',
      model.types.flatMap((type) => showType(model, type)),
    ),
    entry(
      'events',
      shownMap(
        ...model.events.map((event) => showEvent(model, event, isWritten)),
      ),
    ),
    section('channels', model.channels.flatMap(showChannel)),
    section('publishers', showPublishers(model)),
    section('consumers', showConsumers(model, isWritten)),
    section('requests', model.requests.flatMap(showRequest)),
    section('aggregates', model.aggregates.flatMap(showAggregate)),
    section('projections', model.projections.flatMap(showProjection)),
    section(
      'queries',
      model.queries.flatMap((query) => showQuery(query, isWritten)),
    ),
    section(
      'sagas',
      model.sagas.flatMap((saga) => showSaga(saga, isWritten)),
    ),
  );
}

const showLocale = ({ locale }: Model, isWritten: IsWritten): ShownValue =>
  filled(
    locale,
    { owner: '', key: 'locale' },
    { isWritten, because: 'English until another language is asked for' },
  );

/** A section that holds nothing is left out; one that holds only what is implied is implied itself. */
function section(
  key: string,
  entries: readonly ShownEntry[],
): readonly ShownEntry[] {
  if (entries.length === 0) return [];
  const isImplied = entries.every((one) => one.isImplied);
  return [{ key, node: shownMap(entries), isImplied }];
}

function showContext({ context }: Model): readonly ShownEntry[] {
  const { needs, ratePerSecond, origin } = context;
  return [
    ...(needs.length === 0 ? [] : told(origin, 'needs', needs)),
    ...told(
      origin,
      'volume',
      ratePerSecond === null ? null : rateText(ratePerSecond),
    ),
  ];
}
