// Who handles what, and how: written by the author, or implied by projections and sagas.
import { child, pointer, type Pointer } from '../core/pointer.ts';
import type { Model, Subscription } from '../model/model.ts';
import { sharedSettings, showRetry } from './show-settings.ts';
import { roleText } from './role-text.ts';
import { choiceOf, durationText } from './show-system.ts';
import {
  entry,
  implied,
  said,
  shown,
  shownMap,
  type IsWritten,
  type Shown,
  type ShownEntry,
  type ShownMap,
  type ShownValue,
} from './shown.ts';

/** Shows the consumers, by service and pattern. */
export function showConsumers(
  model: Model,
  isWritten: IsWritten,
): readonly ShownEntry[] {
  const services = [
    ...new Set(model.subscriptions.map(({ service }) => service)),
  ];
  return services.flatMap((service) => {
    const own = model.subscriptions.filter(
      (subscription) => subscription.service === service,
    );
    const authors = own.filter(isAuthors);
    const rest = own.filter((subscription) => !isAuthors(subscription));
    const patterns = [...new Set(authors.map(({ pattern }) => pattern))];
    const subscribes = shownMap(
      patterns.flatMap((pattern) => {
        const nodes = authors
          .filter((subscription) => subscription.pattern === pattern)
          .map((subscription) => showSubscription(subscription, isWritten));
        const [only] = nodes;
        const node: Shown =
          nodes.length === 1 && only !== undefined
            ? only
            : { kind: 'list', items: nodes };
        return entry(pattern, node);
      }),
      rest.flatMap((subscription) =>
        implied(
          subscription.pattern,
          showSubscription(subscription, isWritten),
        ),
      ),
    );
    const shared = sharedSettings(own, {
      isWritten,
      consumer: pointer('consumers', service),
    });
    const isImplied = authors.length === 0 && shared.length === 0;
    const node = shownMap(
      [{ key: 'subscribes', node: subscribes, isImplied }],
      shared,
    );
    return [{ key: service, node, isImplied }];
  });
}

const isAuthors = ({ origin }: Subscription): boolean =>
  origin.startsWith('/consumers/');

function showSubscription(
  subscription: Subscription,
  isWritten: IsWritten,
): ShownMap {
  const { origin, pattern, events, service } = subscription;
  const at = (key: string): Pointer => child(origin, key);
  const isPattern = events.length !== 1 || events[0] !== pattern;
  return shownMap(
    showRole(subscription, at('role')),
    isPattern
      ? implied(
          'events',
          derivedAt(events, at('events'), {
            origin,
            because: `What "${pattern}" matches`,
          }),
        )
      : [],
    entry('handler', shown(subscription.handler, at('handler'), String)),
    showGroup(subscription, isWritten),
    entry('instances', shown(subscription.instances, at('instances'), Number)),
    entry(
      'concurrency',
      shown(subscription.concurrency, at('concurrency'), Number),
    ),
    showProcessing(subscription, at('processing')),
    entry(
      'retry',
      showRetry(subscription, {
        isWritten,
        consumer: pointer('consumers', service),
      }),
    ),
    entry(
      'deadLetter',
      shown(subscription.hasDeadLetter, at('deadLetter'), Boolean),
    ),
    entry(
      'idempotency',
      shown(subscription.idempotency, at('idempotency'), String),
    ),
    entry('delivery', choiceOf(subscription.delivery, at('delivery'), String)),
    entry('ordering', choiceOf(subscription.ordering, at('ordering'), String)),
  );
}

const derivedAt = (
  value: ShownValue['value'],
  at: Pointer,
  why: { readonly origin: Pointer; readonly because: string },
): ShownValue => ({
  kind: 'value',
  value,
  from: 'derived',
  at,
  ...why,
  becauseBeside: null,
});

/** The default is a guess: written out, the checks would take it for a measurement. */
function showProcessing(
  { processingMs }: Subscription,
  at: Pointer,
): readonly ShownEntry[] {
  const node = shown(processingMs, at, durationText);
  return node.from === 'default'
    ? implied('processing', node)
    : entry('processing', node);
}

function showRole(
  { role, origin }: Subscription,
  at: Pointer,
): readonly ShownEntry[] {
  if (role.kind === 'written') return [];
  return implied(
    'role',
    derivedAt(role.kind, at, {
      origin,
      because: `The ${roleText(role)} needs it`,
    }),
  );
}

/** Written out, a default group would be one of the author's, which takes its patterns and roles otherwise. */
function showGroup(
  { group, origin }: Subscription,
  isWritten: IsWritten,
): readonly ShownEntry[] {
  const at = child(origin, 'group');
  if (isWritten(at)) return entry('group', said(group, at));
  return implied(
    'group',
    derivedAt(group, at, {
      origin,
      because:
        'Shared by what one service handles of one channel, projection or saga',
    }),
  );
}
