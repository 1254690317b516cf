// What does not hold in one event: its order, its queue, its aggregate.
import { child, pointer } from '../core/pointer.ts';
import { nearest } from '../core/text.ts';
import type { EventKind, Ordering, Sourced } from '../model/settings.ts';
import type { RawEvent } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { renameTo, type Scope } from './scope.ts';

/** Checks what belongs to commands or to events alone. Reports: queue-of-event, command-on-aggregate, unknown-aggregate. */
export function checkKind(
  scope: Scope,
  event: { name: string; raw: RawEvent; kind: EventKind },
): void {
  const { name, raw, kind } = event;
  const origin = pointer('events', name);
  if (raw.queue !== undefined && kind !== 'command') {
    scope.report(
      resolveDiagnostics.make(
        'queue-of-event',
        { pointer: child(origin, 'queue'), at: 'key' },
        { event: name },
      ),
    );
  }
  if (raw.aggregate === undefined) return;
  const place = { pointer: child(origin, 'aggregate') };
  if (kind === 'command') {
    scope.report(
      resolveDiagnostics.make(
        'command-on-aggregate',
        { ...place, change: { kind: 'remove' } },
        { command: name, aggregate: raw.aggregate },
      ),
    );
  }
  const aggregates = Object.keys(scope.raw.aggregates ?? {});
  const near = aggregates.includes(raw.aggregate)
    ? null
    : nearest(raw.aggregate, aggregates);
  // An aggregate may also be just a name that groups events, so only a near miss is an error.
  if (near !== null) {
    scope.report(
      resolveDiagnostics.make(
        'unknown-aggregate',
        { ...place, change: renameTo(scope, raw.aggregate, aggregates) },
        { event: name, name: raw.aggregate, near },
      ),
    );
  }
}

/** Checks that what is ordered per key has one. Reports: key-needed. */
export function checkOrdering(
  scope: Scope,
  event: { name: string; raw: RawEvent; ordering: Sourced<Ordering> },
): void {
  const { name, raw, ordering } = event;
  if (raw.key !== undefined || ordering.value !== 'per-key') return;
  const origin = pointer('events', name);
  const at = ordering.origin.startsWith(origin) ? ordering.origin : origin;
  scope.report(
    resolveDiagnostics.make(
      'key-needed',
      { pointer: at, at: at === origin ? 'key' : 'value' },
      { event: name, ordering: 'per key' },
    ),
  );
}
