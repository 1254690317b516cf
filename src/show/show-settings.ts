// Settings of subscriptions that stand with their consumer, and how failed messages are tried again.
import { child, type Pointer } from '../core/pointer.ts';
import type { Subscription } from '../model/model.ts';
import type { Retry, Sourced } from '../model/settings.ts';
import { choiceOf, durationText } from './show-system.ts';
import {
  compactMap,
  entry,
  filled,
  said,
  shown,
  told,
  type IsWritten,
  type Shown,
  type ShownEntry,
  type ShownMap,
} from './shown.ts';

/** Shows settings that stand with the consumer: they hold also for what a projection or saga makes it handle. */
export function sharedSettings(
  own: readonly Subscription[],
  from: { readonly isWritten: IsWritten; readonly consumer: Pointer },
): readonly ShownEntry[] {
  const { consumer } = from;
  const one = <T>(
    key: string,
    pick: (subscription: Subscription) => Sourced<T>,
    show: (subscription: Subscription) => Shown,
  ): readonly ShownEntry[] => {
    const holder = own.find(
      (subscription) => pick(subscription).origin === child(consumer, key),
    );
    return entry(key, holder === undefined ? null : show(holder));
  };
  const at = (key: string): Pointer => child(consumer, key);
  return [
    ...one(
      'instances',
      ({ instances }) => instances,
      ({ instances }) => shown(instances, at('instances'), Number),
    ),
    ...one(
      'concurrency',
      ({ concurrency }) => concurrency,
      ({ concurrency }) => shown(concurrency, at('concurrency'), Number),
    ),
    ...one(
      'processing',
      ({ processingMs }) => processingMs,
      ({ processingMs }) => shown(processingMs, at('processing'), durationText),
    ),
    ...one(
      'retry',
      ({ retry }) => retry,
      (subscription) => showSharedRetry(subscription, from),
    ),
    ...one(
      'deadLetter',
      ({ hasDeadLetter }) => hasDeadLetter,
      ({ hasDeadLetter }) => shown(hasDeadLetter, at('deadLetter'), Boolean),
    ),
    ...one(
      'idempotency',
      ({ idempotency }) => idempotency,
      ({ idempotency }) => shown(idempotency, at('idempotency'), String),
    ),
    ...one(
      'delivery',
      ({ delivery }) => delivery,
      ({ delivery }) => choiceOf(delivery, at('delivery'), String),
    ),
    ...one(
      'ordering',
      ({ ordering }) => ordering,
      ({ ordering }) => choiceOf(ordering, at('ordering'), String),
    ),
  ];
}

/** Only what is written: the rest depends on each subscription. */
function showSharedRetry(
  { retry }: Subscription,
  {
    isWritten,
    consumer,
  }: { readonly isWritten: IsWritten; readonly consumer: Pointer },
): ShownMap {
  const owner = child(consumer, 'retry');
  const values = { ...retryTexts(retry.value), because: retry.because };
  return compactMap(
    ...Object.entries(values).map(([key, value]) =>
      isWritten(child(owner, key))
        ? entry(key, said(value, child(owner, key)))
        : [],
    ),
  );
}

/** The properties of `retry` as a spec writes them. */
const retryTexts = ({
  attempts,
  backoff,
  firstMs,
  maxMs,
  mode,
}: Retry): Readonly<Record<string, string | number>> => ({
  attempts,
  backoff,
  first: durationText(firstMs),
  max: durationText(maxMs),
  mode,
});

/** Shows how a failed message is tried again; each property may stand with the subscription or with its consumer. */
export function showRetry(
  { retry, origin }: Subscription,
  {
    isWritten,
    consumer,
  }: { readonly isWritten: IsWritten; readonly consumer: Pointer },
): ShownMap {
  const owner = child(origin, 'retry');
  const shared = child(consumer, 'retry');
  const because = retry.because ?? 'Not said';
  const one = (key: string, value: string | number): readonly ShownEntry[] => {
    const node = filled(value, { owner, key }, { isWritten, because });
    const isShared = node.from === 'default' && isWritten(child(shared, key));
    return entry(
      key,
      isShared
        ? { ...node, from: 'spec', origin: child(shared, key), because: null }
        : node,
    );
  };
  return compactMap(
    ...Object.entries(retryTexts(retry.value)).map(([key, value]) =>
      one(key, value),
    ),
    retry.from === 'spec' ? told(owner, 'because', retry.because) : [],
  );
}
