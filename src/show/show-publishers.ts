// Who publishes what: written by the author, or implied by aggregates and sagas.
import { child, pointer, readablePath, type Pointer } from '../core/pointer.ts';
import type { Model, Publication } from '../model/model.ts';
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
      showOutbox(own, authors.length > 0, owner),
    );
    return authors.length === 0 ? implied(service, node) : entry(service, node);
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

/** One setting holds for all that a service publishes; where they differ, it cannot be written as one. */
function showOutbox(
  own: readonly Publication[],
  isWritten: boolean,
  owner: Pointer,
): readonly ShownEntry[] {
  const at = child(owner, 'outbox');
  const [first] = own;
  if (first === undefined) return [];
  const isOne = own.every(
    ({ hasOutbox }) =>
      hasOutbox.value === first.hasOutbox.value &&
      hasOutbox.from === first.hasOutbox.from,
  );
  if (isOne) {
    const node = shown(first.hasOutbox, at, Boolean);
    return isWritten && node.from !== 'derived'
      ? entry('outbox', node)
      : implied('outbox', node);
  }
  return own.flatMap(({ event, hasOutbox }) => {
    const node = shown(hasOutbox, at, Boolean);
    return implied('outbox', {
      ...node,
      because: `${event}: ${hasOutbox.because ?? readablePath(hasOutbox.origin)}`,
    });
  });
}

const isAuthors = ({ roles }: Publication): boolean =>
  roles.some(({ kind }) => kind === 'written');
