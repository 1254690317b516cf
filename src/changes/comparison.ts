// Two designs side by side: what is in both, what came and what went, with renames taken out where they are certain.
import { lazy } from '../core/lazy.ts';
import type { Policy } from '../compat/check-readable.ts';
import type {
  Channel,
  ConsumerGroup,
  Event,
  Model,
  Service,
  Subscription,
} from '../model/model.ts';
import { findRenames, type Renames } from './renames.ts';
import { matchBy, sideOf, type Matched, type Side } from './side.ts';

export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly policy: Policy;
  readonly renames: Renames;
  readonly events: () => Matched<Event>;
  readonly channels: () => Matched<Channel>;
  readonly services: () => Matched<Service>;
  readonly groups: () => Matched<ConsumerGroup>;
  readonly subscriptions: () => Matched<Subscription>;
}

/** Prepares two designs for comparison. */
export function compareSides(
  before: Pick<Side, 'model' | 'broker'>,
  after: Pick<Side, 'model' | 'broker'>,
  policy: Policy,
): Comparison {
  const [old, now] = [sideOf(before), sideOf(after)];
  const renames = findRenames(old, now);
  const named =
    <T extends { readonly name: string }>(
      of: (model: Model) => readonly T[],
      names: ReadonlyMap<string, string>,
    ) =>
    () =>
      matchBy(of(old.model), of(now.model), {
        before: ({ name }) => names.get(name) ?? name,
        after: ({ name }) => name,
      });
  return {
    before: old,
    after: now,
    policy,
    renames,
    events: lazy(named(({ events }) => events, renames.events)),
    channels: lazy(named(({ channels }) => channels, renames.channels)),
    services: lazy(named(({ services }) => services, renames.services)),
    groups: lazy(named(({ groups }) => groups, renames.groups)),
    subscriptions: lazy(() => matchSubscriptions(old, now, renames)),
  };
}

/** A subscription is known by its service and pattern; of several, by its group, and the one left over on both sides is the same. */
function matchSubscriptions(
  before: Side,
  after: Side,
  renames: Renames,
): Matched<Subscription> {
  const oldKey = ({ service, pattern, group }: Subscription): string =>
    JSON.stringify([
      renames.services.get(service) ?? service,
      renames.events.get(pattern) ?? pattern,
      renames.groups.get(group) ?? group,
    ]);
  const newKey = ({ service, pattern, group }: Subscription): string =>
    JSON.stringify([service, pattern, group]);
  const exact = matchBy(before.model.subscriptions, after.model.subscriptions, {
    before: oldKey,
    after: newKey,
  });
  const withoutGroup = (key: string): string =>
    JSON.stringify((JSON.parse(key) as readonly string[]).slice(0, 2));
  const single = (
    subscriptions: readonly Subscription[],
    key: (one: Subscription) => string,
  ): readonly Subscription[] => {
    const counts = new Map<string, number>();
    for (const one of subscriptions)
      counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
    return subscriptions.filter((one) => counts.get(key(one)) === 1);
  };
  const loose = {
    before: (one: Subscription) => withoutGroup(oldKey(one)),
    after: (one: Subscription) => withoutGroup(newKey(one)),
  };
  const regrouped = matchBy(
    single(exact.removed, loose.before),
    single(exact.added, loose.after),
    loose,
  );
  const moved = new Set(
    regrouped.both.flatMap(({ before: old, after: now }) => [old, now]),
  );
  return {
    both: [...exact.both, ...regrouped.both],
    removed: exact.removed.filter((one) => !moved.has(one)),
    added: exact.added.filter((one) => !moved.has(one)),
  };
}
