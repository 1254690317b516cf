// Where the design runs: the broker, the event store and the environments.
import { child, pointer } from '../core/pointer.ts';
import type { BrokerChoice, Environment } from '../model/model.ts';
import type { EventStoreKind, Sourced } from '../model/settings.ts';
import type { RawEnvironment } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { entriesOf, type Scope } from './scope.ts';
import { byDefault, orDefault, written } from './sourced.ts';

/**
 * Resolves the broker. When the run is for another broker than the spec's, the spec's version and options are for the
 * other one, so the defaults hold.
 */
export function resolveBroker(scope: Scope): BrokerChoice {
  const origin = pointer('broker');
  const raw =
    typeof scope.raw.broker === 'object'
      ? scope.raw.broker
      : { kind: scope.raw.broker ?? scope.broker.name };
  const isOther = raw.kind !== scope.broker.name;
  const version =
    isOther || raw.version === undefined
      ? byDefault(
          scope.broker.defaultVersion,
          origin,
          'The newest version that the generated files were run against',
        )
      : written(raw.version, child(origin, 'version'));
  return {
    kind: scope.broker.name,
    choice: isOther
      ? byDefault(scope.broker.name, origin, 'Chosen for this run')
      : written(scope.broker.name, origin, raw.because ?? null),
    title: scope.broker.title,
    version,
    options: isOther ? {} : (raw.options ?? {}),
    orderingScope: scope.broker.capabilities(version.value).orderingScope,
    origin,
  };
}

/** Resolves where event-sourced aggregates live. */
export function resolveEventStore(scope: Scope): Sourced<EventStoreKind> {
  const origin = pointer('eventStore');
  const raw = scope.raw.eventStore;
  if (raw === undefined)
    return byDefault(
      'postgresql',
      origin,
      'A table that checks the expected version is the simplest event store',
    );
  // The schema has checked the word.
  return typeof raw === 'string'
    ? written(raw as EventStoreKind, origin)
    : written(
        raw.kind as EventStoreKind,
        child(origin, 'kind'),
        raw.because ?? null,
      );
}

const usual: Readonly<Record<string, RawEnvironment>> = {
  dev: { replication: 1 },
  prod: { replication: 3 },
};

/** Resolves `environments`; without any, dev with one copy and prod with three. Reports: replication-bounds. */
export function resolveEnvironments(scope: Scope): readonly Environment[] {
  const declared = entriesOf(scope.raw.environments);
  const isUsual = declared.length === 0;
  return (isUsual ? Object.entries(usual) : declared).map(([name, raw]) => {
    const origin = pointer('environments', name);
    const replication =
      isUsual && raw.replication !== undefined
        ? byDefault(
            raw.replication,
            origin,
            name === 'dev'
              ? 'One node is enough to develop'
              : 'One copy may be lost without losing a message',
          )
        : orDefault(
            raw.replication,
            { owner: origin, key: 'replication' },
            {
              value: 3,
              because: 'One copy may be lost without losing a message',
            },
          );
    const minInSync = orDefault(
      raw.minInSync,
      { owner: origin, key: 'minInSync' },
      {
        value: Math.max(1, replication.value - 1),
        because: 'One copy may be away while writes go on',
      },
    );
    if (minInSync.value > replication.value) {
      const words = {
        environment: name,
        minInSync: minInSync.value,
        replication: replication.value,
      };
      scope.report(
        resolveDiagnostics.make(
          'replication-bounds',
          { pointer: minInSync.origin },
          words,
        ),
      );
    }
    return { name, replication, minInSync, hosts: raw.hosts ?? [], origin };
  });
}
