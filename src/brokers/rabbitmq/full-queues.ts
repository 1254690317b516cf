// What a queue's limit means for people: how long its consumer may be away before it is full, and what happens then.
import type { Locale } from '../../core/locale.ts';
import { formatDuration, formatNumber } from '../../core/units.ts';
import type { Model } from '../../model/model.ts';
import { fact, type Fact, type Failure } from '../description.ts';
import { planGroup, type GroupPlan } from './group-plan.ts';
import type { LoweringContext } from './lowering-context.ts';

/** Says what happens when the queue of a group fills; null where its messages expire before. */
export function fullQueue(plan: GroupPlan, locale: Locale): Failure | null {
  if (expiresFirst(plan)) return null;
  const { isBestEffort, fullAfterMs, group, maxLength } = plan;
  const known = {
    length: formatNumber(maxLength, locale),
    channels: group.channels,
  };
  const key = `failure.full.${isBestEffort ? 'drops' : 'refuses'}`;
  return {
    failure: fact('failure.full'),
    effect:
      fullAfterMs === null
        ? fact(key, known)
        : fact(`${key}.timed`, {
            ...known,
            duration: readable(fullAfterMs, locale),
          }),
  };
}

/** Says which queue refuses publishers first when nobody empties them; empty when messages expire before in all. */
export function firstToRefuse(
  model: Model,
  context: LoweringContext,
): readonly Fact[] {
  const refusing = model.groups
    .map((group) => planGroup(group, context))
    .filter((plan) => !plan.isBestEffort && !expiresFirst(plan));
  const [first] = refusing.toSorted(
    (left, right) =>
      (left.fullAfterMs ?? Infinity) - (right.fullAfterMs ?? Infinity),
  );
  if (first === undefined) return [];
  const length = formatNumber(first.maxLength, model.locale);
  return [
    first.fullAfterMs === null
      ? fact('retention.bound', { length })
      : fact('retention.bound.timed', {
          length,
          queue: first.queue,
          duration: readable(first.fullAfterMs, model.locale),
        }),
  ];
}

const expiresFirst = ({ fullAfterMs, ttlMs }: GroupPlan): boolean =>
  fullAfterMs !== null && ttlMs !== null && fullAfterMs >= ttlMs;

/** Writes a reckoned time in whole seconds, minutes or hours, rounded down: what it promises is kept. */
function readable(ms: number, locale: Locale): string {
  const [step = 1000] = [3_600_000, 60_000].filter((unit) => ms >= 24 * unit);
  return formatDuration(Math.floor(ms / step) * step, locale);
}
