// Services: what is described, and every name used anywhere.
import { pointer, type Pointer } from '../core/pointer.ts';
import { nearest } from '../core/text.ts';
import type { Service } from '../model/model.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { entriesOf, entry, type Scope } from './scope.ts';

interface Mention {
  readonly name: string;
  readonly pointer: Pointer;
  readonly at: 'key' | 'value';
  readonly where: string;
}

/** Resolves the services in order of first mention, described ones first. Reports: near-service. */
export function resolveServices(scope: Scope): readonly Service[] {
  const declared = Object.keys(scope.raw.services ?? {});
  const services = new Map<string, Service>();
  for (const name of declared)
    services.set(name, serviceNamed(scope, name, pointer('services', name)));
  for (const mention of mentions(scope)) {
    if (services.has(mention.name)) continue;
    reportNear(scope, mention, declared);
    services.set(
      mention.name,
      serviceNamed(scope, mention.name, mention.pointer),
    );
  }
  return [...services.values()];
}

function serviceNamed(scope: Scope, name: string, origin: Pointer): Service {
  const raw = entry(scope.raw.services, name);
  const { description, owner, context, database, external } = raw ?? {};
  return {
    name,
    description: description ?? null,
    owner: owner ?? null,
    context: context ?? null,
    database: database ?? null,
    isExternal: external ?? false,
    isDeclared: raw !== undefined,
    origin,
  };
}

function reportNear(
  scope: Scope,
  mention: Mention,
  declared: readonly string[],
): void {
  const near = nearest(mention.name, declared);
  if (near === null) return;
  const { name, where, at } = mention;
  scope.report(
    resolveDiagnostics.make(
      'near-service',
      { pointer: mention.pointer, at },
      { where, name, near },
    ),
  );
}

/** Services named by the key of a section's entries. */
const namedByKey = (
  section: 'publishers' | 'consumers',
  names: object | undefined,
): readonly Mention[] =>
  Object.keys(names ?? {}).map((name) => ({
    name,
    pointer: pointer(section, name),
    at: 'key',
    where: `"${section}"`,
  }));

/** A service named by the value of a property. */
const value = (name: string, at: Pointer, where: string): Mention => ({
  name,
  pointer: at,
  at: 'value',
  where,
});

function mentions(scope: Scope): readonly Mention[] {
  const { publishers, consumers, requests, aggregates, projections, sagas } =
    scope.raw;
  return [
    ...namedByKey('publishers', publishers),
    ...namedByKey('consumers', consumers),
    ...entriesOf(requests).flatMap(([name, request]) =>
      (['requester', 'responder'] as const).map((role) =>
        value(
          request[role],
          pointer('requests', name, role),
          `request "${name}"`,
        ),
      ),
    ),
    ...entriesOf(aggregates).map(([name, aggregate]) =>
      value(
        aggregate.service,
        pointer('aggregates', name, 'service'),
        `aggregate "${name}"`,
      ),
    ),
    ...entriesOf(projections).map(([name, projection]) =>
      value(
        projection.service,
        pointer('projections', name, 'service'),
        `projection "${name}"`,
      ),
    ),
    ...entriesOf(sagas).flatMap(([name, saga]) =>
      saga.coordinator === undefined
        ? []
        : [
            value(
              saga.coordinator,
              pointer('sagas', name, 'coordinator'),
              `saga "${name}"`,
            ),
          ],
    ),
  ];
}
