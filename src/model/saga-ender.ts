// Who ends a choreography that has no outcome in time.
import type { Model, Saga } from './model.ts';

/**
 * Gives the service that started a choreography, when the event that gives it up is its own to publish; null when nobody
 * ends it.
 */
export function enderOf(
  { publications, services }: Pick<Model, 'publications' | 'services'>,
  { starts, aborts }: Pick<Saga, 'starts' | 'aborts'>,
): string | null {
  const publishers = (event: string | null): readonly string[] =>
    publications.flatMap((one) => (one.event === event ? [one.service] : []));
  const enders = new Set(publishers(aborts));
  const isOurs = (name: string): boolean =>
    services.some((one) => one.name === name && !one.isExternal);
  return (
    publishers(starts).find((name) => enders.has(name) && isOurs(name)) ?? null
  );
}
