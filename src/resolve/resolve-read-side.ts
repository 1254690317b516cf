// The read side: projections, queries, and request/reply pairs.
import { child, pointer } from '../core/pointer.ts';
import { parseDuration } from '../core/units.ts';
import type { ShapeOf } from '../model/locate-field.ts';
import type { Projection, Query, RequestReply } from '../model/model.ts';
import type { RawQuery } from '../schema/raw-spec.ts';
import { resolveKey } from './check-key.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { resolveFields } from './resolve-shape.ts';
import {
  adviceFrom,
  entriesOf,
  listOf,
  renameTo,
  type Scope,
} from './scope.ts';
import type { SubscriptionDraft } from './subscription-draft.ts';
import { byDefault, written } from './sourced.ts';

/** Resolves `projections`; their events are those that their subscriptions match. Reports: unknown-field, key-*. */
export function resolveProjections(
  scope: Scope,
  drafts: readonly SubscriptionDraft[],
  shapeOf: ShapeOf,
): readonly Projection[] {
  return entriesOf(scope.raw.projections).map(([name, raw]) => {
    const origin = pointer('projections', name);
    const shape = resolveFields(scope, raw.fields, {
      pointer: child(origin, 'fields'),
      where: `projection "${name}"`,
    });
    const fields = shape.fields.map((field) => field.name);
    if (!fields.includes(raw.key)) {
      scope.report(
        resolveDiagnostics.make(
          'unknown-field',
          {
            pointer: child(origin, 'key'),
            change: renameTo(scope, raw.key, fields),
          },
          {
            where: `the key of projection "${name}"`,
            name: raw.key,
            owner: 'it',
            advice: adviceFrom(raw.key, fields),
          },
        ),
      );
    } else {
      const at = child(origin, 'key');
      const owner = `projection "${name}"`;
      resolveKey(scope, { raw: raw.key, at, owner, shape, shapeOf });
    }
    const own = drafts.filter(
      ({ role }) => role.kind === 'projection' && role.name === name,
    );
    const staleness =
      raw.staleness === undefined ? null : parseDuration(raw.staleness);
    return {
      name,
      description: raw.description ?? null,
      service: raw.service,
      from: [...new Set(own.flatMap(({ events }) => events))],
      key: raw.key,
      shape,
      stalenessMs:
        staleness === null
          ? null
          : written(staleness, child(origin, 'staleness')),
      group: own[0]?.group ?? `${raw.service}.${name}`,
      origin,
    };
  });
}

/** Resolves `queries`. Reports: unknown-projection, unknown-field. */
export function resolveQueries(
  scope: Scope,
  projections: readonly Projection[],
): readonly Query[] {
  const byName = new Map(
    projections.map((projection) => [projection.name, projection]),
  );
  return entriesOf(scope.raw.queries).map(([name, raw]) => {
    const origin = pointer('queries', name);
    const projection = byName.get(raw.projection);
    if (projection === undefined) {
      const advice = adviceFrom(raw.projection, [...byName.keys()]);
      scope.report(
        resolveDiagnostics.make(
          'unknown-projection',
          {
            pointer: child(origin, 'projection'),
            change: renameTo(scope, raw.projection, [...byName.keys()]),
          },
          { query: name, name: raw.projection, advice },
        ),
      );
    } else {
      checkFields(scope, { name, raw }, projection);
    }
    const sort = raw.sort ?? null;
    return {
      name,
      description: raw.description ?? null,
      projection: raw.projection,
      by:
        raw.by === undefined
          ? projection === undefined
            ? []
            : [projection.key]
          : listOf(raw.by),
      sort:
        sort === null
          ? null
          : {
              field: sort.replace(/^-/, ''),
              isDescending: sort.startsWith('-'),
            },
      origin,
    };
  });
}

function checkFields(
  scope: Scope,
  query: { name: string; raw: RawQuery },
  projection: Projection,
): void {
  const origin = pointer('queries', query.name);
  const fields = projection.shape.fields.map((field) => field.name);
  const isList = typeof query.raw.by !== 'string';
  const asked = [
    ...listOf(query.raw.by).map((name, index) => ({
      name,
      at: isList ? child(origin, 'by', index) : child(origin, 'by'),
    })),
    ...(query.raw.sort === undefined
      ? []
      : [
          { name: query.raw.sort.replace(/^-/, ''), at: child(origin, 'sort') },
        ]),
  ];
  for (const { name, at } of asked) {
    if (fields.includes(name)) continue;
    const words = {
      where: `query "${query.name}"`,
      name,
      owner: `projection "${projection.name}"`,
      advice: adviceFrom(name, fields),
    };
    const change = renameTo(scope, name, fields);
    // A sort may say its direction before the field.
    const isDescending = at.endsWith('/sort') && query.raw.sort?.[0] === '-';
    const placed =
      isDescending && change?.kind === 'rename'
        ? { ...change, to: `-${change.to}` }
        : change;
    scope.report(
      resolveDiagnostics.make(
        'unknown-field',
        { pointer: at, change: placed },
        words,
      ),
    );
  }
}

/** Resolves `requests`. Reports: what fields report. */
export function resolveRequests(scope: Scope): readonly RequestReply[] {
  return entriesOf(scope.raw.requests).map(([name, raw]) => {
    const origin = pointer('requests', name);
    const timeout =
      raw.timeout === undefined ? null : parseDuration(raw.timeout);
    return {
      name,
      description: raw.description ?? null,
      requester: raw.requester,
      responder: raw.responder,
      timeoutMs:
        timeout === null
          ? byDefault(
              5000,
              origin,
              'A caller that waits for ever is an outage of its own',
            )
          : written(timeout, child(origin, 'timeout'), raw.because ?? null),
      request: resolveFields(scope, raw.request, {
        pointer: child(origin, 'request'),
        where: `request "${name}"`,
      }),
      reply: resolveFields(scope, raw.reply, {
        pointer: child(origin, 'reply'),
        where: `the reply of "${name}"`,
      }),
      origin,
    };
  });
}
