// Read models and the questions asked of them.
import { quotedList } from '../../core/text.ts';
import type { Projection, Query } from '../../model/model.ts';
import { canonical } from '../canonical.ts';
import { defineKind } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { describeChange } from '../describe-change.ts';
import { subject } from '../parties.ts';
import { comparable } from '../payload-check.ts';
import { matchByName, type Pair } from '../side.ts';

/** Reports: `diff/projection-*`, `diff/query-*`. */
export const readSide = defineKind(
  {
    'projection-added': {
      severity: 'info',
      message: 'the read model "{projection}" is new',
      hint: null,
      why: 'It is empty until it has read the events from their beginning.',
    },
    'projection-removed': {
      severity: 'warning',
      message: 'the read model "{projection}" is gone',
      hint: 'Make sure that nobody reads its table beside the queries of the design.',
      why: 'Its table is left behind and grows stale.',
    },
    'projection-changed': {
      severity: 'warning',
      message: 'the read model "{projection}" changed: {changes}',
      hint: 'Build it anew beside the old one from the beginning of its events, then switch over.',
      why: 'Rows that are there already were made by the old rule. Without building it anew, old and new rows stand side by side.',
    },
    'query-added': {
      severity: 'info',
      message: 'the query "{query}" is new',
      hint: null,
      why: 'Nobody asks it yet.',
    },
    'query-removed': {
      severity: 'warning',
      message: 'the query "{query}" is gone',
      hint: 'Make sure that nobody asks it any more.',
      why: 'Who asks it is not part of the design, so nobody here can say who breaks.',
    },
    'query-changed': {
      severity: 'warning',
      message: 'the query "{query}" changed: {changes}',
      hint: 'Give the new question a name of its own while the old one is still asked.',
      why: 'Who asks it is not part of the design, so nobody here can say who breaks.',
    },
  },
  (comparison, tell) => {
    const { before, after } = comparison;
    const projections = matchByName(
      before.model.projections,
      after.model.projections,
    );
    const queries = matchByName(before.model.queries, after.model.queries);
    const ofProjection = ({ name, origin }: Projection) => ({
      subject: subject('projection', name),
      pointer: origin,
    });
    const ofQuery = ({ name, origin }: Query) => ({
      subject: subject('query', name),
      pointer: origin,
    });
    return [
      ...projections.both.flatMap((pair) => {
        const changes = projectionChanges(comparison, pair).join(', ');
        return changes === ''
          ? []
          : [
              tell('projection-changed', ofProjection(pair.after), {
                projection: pair.after.name,
                changes,
              }),
            ];
      }),
      ...projections.removed.map((one) =>
        tell('projection-removed', ofProjection(one), { projection: one.name }),
      ),
      ...projections.added.map((one) =>
        tell('projection-added', ofProjection(one), { projection: one.name }),
      ),
      ...queries.both.flatMap((pair) => {
        const changes = queryChanges(pair).join(', ');
        return changes === ''
          ? []
          : [
              tell('query-changed', ofQuery(pair.after), {
                query: pair.after.name,
                changes,
              }),
            ];
      }),
      ...queries.removed.map((one) =>
        tell('query-removed', ofQuery(one), { query: one.name }),
      ),
      ...queries.added.map((one) =>
        tell('query-added', ofQuery(one), { query: one.name }),
      ),
    ];
  },
);

function projectionChanges(
  { before, after, renames }: Comparison,
  { before: old, after: now }: Pair<Projection>,
): readonly string[] {
  const had = old.from.map((name) => renames.events.get(name) ?? name);
  const gone = had.filter((name) => !now.from.includes(name));
  const come = now.from.filter((name) => !had.includes(name));
  return [
    ...(gone.length > 0 ? [`it no longer reads ${quotedList(gone)}`] : []),
    ...(come.length > 0 ? [`it reads ${quotedList(come)} too`] : []),
    ...(old.key === now.key
      ? []
      : [`its key went from "${old.key}" to "${now.key}"`]),
    ...(old.service === now.service
      ? []
      : [`it moved from "${old.service}" to "${now.service}"`]),
    ...describeChange(
      comparable(before, old.shape, 'open'),
      comparable(after, now.shape, 'open'),
    ).map(({ text }) => text),
  ];
}

function queryChanges({
  before: old,
  after: now,
}: Pair<Query>): readonly string[] {
  const sort = ({ sort: by }: Query): string =>
    by === null
      ? 'not sorted'
      : `sorted by "${by.field}", ${by.isDescending ? 'descending' : 'ascending'}`;
  return [
    ...(old.projection === now.projection
      ? []
      : [`it reads "${now.projection}" instead of "${old.projection}"`]),
    ...(canonical(old.by) === canonical(now.by)
      ? []
      : [`it asks by ${quotedList(now.by)} instead of ${quotedList(old.by)}`]),
    ...(sort(old) === sort(now)
      ? []
      : [`its answers are ${sort(now)} instead of ${sort(old)}`]),
  ];
}
