// The broker itself, its version, and where event-sourced aggregates live.
import { defineKind, type Change, type Teller } from '../change.ts';
import { broken, subject } from '../parties.ts';
import type { Comparison } from '../comparison.ts';

const entries = {
  'broker-changed': {
    severity: 'error',
    message: 'the broker is {now} instead of {old}',
    hint: 'Run both brokers with a bridge until every service has moved.',
    why: 'Clients, addresses, names and guarantees differ. What is in the old broker stays there, and no service reaches the new one before it is changed.',
  },
  'broker-version-raised': {
    severity: 'info',
    message: 'the version of the broker went from {old} to {now}',
    hint: null,
    why: 'Read the notes on upgrading; the configuration is generated for the new version.',
  },
  'broker-version-lowered': {
    severity: 'warning',
    message: 'the version of the broker went back from {old} to {now}',
    hint: 'Make sure that the running cluster is not newer than {now}.',
    why: 'Brokers do not go back to an older format of their logs, and settings of the newer version are refused.',
  },
  'store-changed': {
    severity: 'error',
    message: 'the event store is {now} instead of {old}',
    hint: 'Copy the history of {aggregates} before services that read the new store are deployed.',
    why: 'An event-sourced aggregate is its history. In an empty store it does not exist.',
  },
  'store-chosen': {
    severity: 'info',
    message:
      'the event store is {now} instead of {old}; no aggregate has its history in it',
    hint: null,
    why: 'Nothing is kept in the event store, so nothing has to move.',
  },
} as const;

type Tell = Teller<typeof entries>;

/** Reports: `diff/broker-*`, `diff/store-changed`. */
export const brokerChoice = defineKind(entries, (comparison, tell) => [
  ...brokerChanges(comparison, tell),
  ...storeChanges(comparison, tell),
]);

function brokerChanges(
  { before, after }: Comparison,
  tell: Tell,
): readonly Change[] {
  const [old, now] = [before.model.broker, after.model.broker];
  const about = { subject: subject('broker', now.kind), pointer: now.origin };
  if (old.kind !== now.kind) {
    const { services, publications, subscriptions } = before.model;
    const everyone = services.map(({ name }) => name);
    const publishing = publications.map(({ service }) => service);
    const consuming = subscriptions
      .map(({ service }) => service)
      .filter((name) => everyone.includes(name));
    const breaks = [
      broken('publishers', publishing),
      broken('consumers', consuming),
    ];
    return [
      tell(
        'broker-changed',
        { ...about, breaks },
        { old: before.broker.title, now: after.broker.title },
      ),
    ];
  }
  if (old.version.value === now.version.value) return [];
  const words = { old: old.version.value, now: now.version.value };
  return [
    isNewer(now.version.value, old.version.value)
      ? tell('broker-version-raised', about, words)
      : tell('broker-version-lowered', about, words),
  ];
}

function storeChanges(comparison: Comparison, tell: Tell): readonly Change[] {
  const old = comparison.before.model.eventStore.value;
  const { value: now, origin } = comparison.after.model.eventStore;
  if (old === now) return [];
  const about = {
    subject: subject('system', 'eventStore'),
    pointer: origin,
  };
  const words = { old: old ?? '', now: now ?? '' };
  const kept = sourcedIn(comparison);
  if (kept.length === 0) return [tell('store-chosen', about, words)];
  const breaks = [
    broken(
      'publishers',
      kept.map(({ service }) => service),
    ),
  ];
  const aggregates = kept.map(({ name }) => `"${name}"`).join(', ');
  return [
    tell('store-changed', { ...about, breaks }, { ...words, aggregates }),
  ];
}

const sourcedIn = ({
  before,
  after,
}: Comparison): typeof before.model.aggregates =>
  before.model.aggregates.filter(
    ({ name, storage }) =>
      storage.value === 'event-sourced' &&
      after.model.aggregates.some(
        (other) =>
          other.name === name && other.storage.value === 'event-sourced',
      ),
  );

function isNewer(now: string, old: string): boolean {
  const [left, right] = [now, old].map((text) => text.split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
