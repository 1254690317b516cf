// What changes are about and whom they break, by name.
import { byCodeUnit } from '../core/artifact.ts';
import type { Side } from './side.ts';

export type SubjectKind =
  | 'aggregate'
  | 'broker'
  | 'channel'
  | 'environment'
  | 'event'
  | 'group'
  | 'projection'
  | 'query'
  | 'request'
  | 'resource'
  | 'saga'
  | 'service'
  | 'system';

/** What a change is about; of a renamed thing the new name. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
}

/** Who breaks: services by name, in one role. */
export interface Broken {
  /** `owners`: of aggregates that are replayed from their events. */
  readonly role:
    'consumers' | 'owners' | 'publishers' | 'requesters' | 'responders';
  /** Invariant: sorted, each once. */
  readonly services: readonly string[];
  /** Also systems outside this design, whose names nobody here knows. */
  readonly hasOutsiders: boolean;
}

/** Makes a subject. */
export function subject(kind: SubjectKind, name: string): Subject {
  return { kind, name };
}

/** The services that consume an event, and outsiders where it is public. */
export function consumersOf(side: Side, event: string): Broken {
  return {
    role: 'consumers',
    services: distinct(
      (side.facts.subscriptionsByEvent().get(event) ?? []).map(
        ({ service }) => service,
      ),
    ),
    hasOutsiders: side.facts.events().get(event)?.isPublic ?? false,
  };
}

/** The services that publish an event. */
export function publishersOf(side: Side, event: string): Broken {
  return {
    role: 'publishers',
    services: distinct(
      (side.facts.publicationsByEvent().get(event) ?? []).map(
        ({ service }) => service,
      ),
    ),
    hasOutsiders: false,
  };
}

/** Names services in one role. */
export function broken(
  role: Broken['role'],
  services: readonly string[],
): Broken {
  return { role, services: distinct(services), hasOutsiders: false };
}

/** Tells whether an event has anybody to break. */
export function hasConsumers({ services, hasOutsiders }: Broken): boolean {
  return services.length > 0 || hasOutsiders;
}

/** Sorts names by code unit, each once. */
export function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted(byCodeUnit);
}
