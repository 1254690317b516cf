// Who publishes what: written by the author, or implied by aggregates and sagas.
import { child, pointer, readablePath, type Pointer } from '../core/pointer.ts';
import type { Model, Publication } from '../model/model.ts';
import type { Sourced } from '../model/settings.ts';
import { roleText } from './role-text.ts';
import {
  entry,
  implied,
  shown,
  shownMap,
  type ShownEntry,
  told,
} from './shown.ts';

/** Shows the publishers, by service. */
export function showPublishers(model: Model): readonly ShownEntry[] {
  const services = [
    ...new Set(model.publications.map(({ service }) => service)),
  ];
  return services.flatMap((service) => {
    const own = model.publications.filter(
      (publication) => publication.service === service,
    );
    const authors = own.filter(isAuthors);
    const owner = pointer('publishers', service);
    const isWritten =
      authors.length > 0 ||
      settings.some(({ of }) => own.some((one) => of(one).from === 'spec'));
    const node = shownMap(
      authors.length === 0
        ? []
        : told(
            owner,
            'publishes',
            authors.map(({ event }) => event),
          ),
      own
        .filter((publication) => !isAuthors(publication))
        .flatMap((publication) => showImplied(publication, owner)),
      settings.flatMap((setting) =>
        showSetting(own, setting, { isWritten, owner }),
      ),
    );
    return isWritten ? entry(service, node) : implied(service, node);
  });
}

function showImplied(
  { event, roles, origin }: Publication,
  owner: Pointer,
): readonly ShownEntry[] {
  return implied('publishes', {
    kind: 'list',
    items: [
      {
        kind: 'value',
        value: event,
        from: 'derived',
        at: child(owner, 'publishes'),
        origin,
        because: roles.map(roleText).join(', '),
        becauseBeside: null,
      },
    ],
  });
}

interface Setting {
  readonly key: 'outbox' | 'changesState';
  readonly of: (publication: Publication) => Sourced<boolean>;
}

const settings: readonly Setting[] = [
  { key: 'outbox', of: ({ hasOutbox }) => hasOutbox },
  { key: 'changesState', of: ({ changesState }) => changesState },
];

/** One setting holds for all that a service publishes; where they differ, it cannot be written as one. */
function showSetting(
  own: readonly Publication[],
  { key, of }: Setting,
  place: { readonly isWritten: boolean; readonly owner: Pointer },
): readonly ShownEntry[] {
  const at = child(place.owner, key);
  const [first] = own.map(of);
  if (first === undefined) return [];
  const isOne = own.every(
    (one) => of(one).value === first.value && of(one).from === first.from,
  );
  if (isOne) {
    const node = shown(first, at, Boolean);
    return place.isWritten && node.from !== 'derived'
      ? entry(key, node)
      : implied(key, node);
  }
  return own.flatMap((one) => {
    const sourced = of(one);
    return implied(key, {
      ...shown(sourced, at, Boolean),
      because: `${one.event}: ${sourced.because ?? readablePath(sourced.origin)}`,
    });
  });
}

const isAuthors = ({ roles }: Publication): boolean =>
  roles.some(({ kind }) => kind === 'written');
