// What of the runtime a system uses beyond messages, and the parts of runtime files that only some systems need.
import { rebuildSources } from '../../model/stored-events.ts';
import { aggregatePlans } from './aggregates.ts';
import { hasChoreography } from './choreographies.ts';
import type { CodeContext } from './code-context.ts';
import { ownProjections, queriesOf } from './projections.ts';

/** What a part of a runtime file can be for. */
export type RuntimeFeature =
  'database' | 'endpoints' | 'observers' | 'rebuilds' | 'requests';

/** What is used of the runtime. */
export type RuntimeFeatures = ReadonlySet<RuntimeFeature>;

/** Lists what the spec uses; `hasDatabase` says whether some service keeps anything. */
export function runtimeFeatures(
  context: CodeContext,
  hasDatabase: boolean,
): RuntimeFeatures {
  const { model } = context;
  const views = ownProjections(context);
  const uses: Readonly<Record<RuntimeFeature, boolean>> = {
    database: hasDatabase,
    endpoints:
      aggregatePlans(context).some(({ commands }) => commands.length > 0) ||
      views.some((view) => queriesOf(context, view).length > 0),
    observers: model.services.some(({ name }) =>
      hasChoreography(context, name),
    ),
    rebuilds: views.some((view) => rebuildSources(model, view).length > 0),
    requests: model.requests.length > 0,
  };
  return new Set(
    Object.entries(uses).flatMap(([name, isUsed]) =>
      // The keys of a record of them are features.
      isUsed ? [name as RuntimeFeature] : [],
    ),
  );
}

const opening = /^\s*\/\/ #if (\w+)$/;
const otherwise = /^\s*\/\/ #else$/;
const closing = /^\s*\/\/ #end$/;

interface Part {
  readonly isKept: boolean;
  isElse: boolean;
}

/**
 * Drops the parts of a runtime file that are not for this system, and the marks of those that are. A part is whole lines
 * between `// #if FEATURE` and `// #end`; what stands after `// #else`, as comments, takes its place where it is dropped.
 * Throws on marks that do not match.
 */
export function keepUsed(text: string, features: RuntimeFeatures): string {
  const open: Part[] = [];
  const kept: string[] = [];
  for (const row of text.split('\n')) {
    if (isMark(row, open, features)) continue;
    // Two blank lines meet where a part between them is dropped.
    if (row === '' && kept[kept.length - 1] === '') continue;
    if (open.some(({ isKept, isElse }) => isKept === isElse)) continue;
    const isElse = open[open.length - 1]?.isElse === true;
    kept.push(isElse ? row.replace(/^(\s*)\/\/ ?/, '$1') : row);
  }
  if (open.length > 0) throw new Error('a part of a runtime file is not ended');
  return `${kept.join('\n').trimEnd()}\n`;
}

/** Tells whether a row is a mark, and opens, turns or closes the part that it marks. */
function isMark(row: string, open: Part[], features: RuntimeFeatures): boolean {
  const feature = opening.exec(row)?.[1];
  if (feature !== undefined) {
    const known: ReadonlySet<string> = features;
    open.push({ isKept: known.has(feature), isElse: false });
    return true;
  }
  const isTurn = otherwise.test(row);
  if (!isTurn && !closing.test(row)) return false;
  const last = open[open.length - 1];
  if (last === undefined) throw new Error(`no part is open: ${row}`);
  if (isTurn) last.isElse = true;
  else open.pop();
  return true;
}
