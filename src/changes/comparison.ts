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

/**
 * A subscription is known by its service, pattern and group; what is left over on both sides is the same where it is the only
 * one of its service and pattern, and then where it is the only one of its group.
 */
function matchSubscriptions(
  before: Side,
  after: Side,
  renames: Renames,
): Matched<Subscription> {
  const oldParts = ({ service, pattern, group }: Subscription): Parts => ({
    service: renames.services.get(service) ?? service,
    pattern: renames.events.get(pattern) ?? pattern,
    group: renames.groups.get(group) ?? group,
  });
  let matched: Matched<Subscription> = {
    both: [],
    removed: before.model.subscriptions,
    added: after.model.subscriptions,
  };
  for (const keyOf of [
    ({ service, pattern, group }: Parts) => [service, pattern, group],
    ({ service, pattern }: Parts) => [service, pattern],
    ({ service, group }: Parts) => [service, group],
  ]) {
    const key = {
      before: (one: Subscription) => JSON.stringify(keyOf(oldParts(one))),
      after: (one: Subscription) => JSON.stringify(keyOf(one)),
    };
    const { both } = matchBy(
      single(matched.removed, key.before),
      single(matched.added, key.after),
      key,
    );
    const found = new Set(both.flatMap((pair) => [pair.before, pair.after]));
    matched = {
      both: [...matched.both, ...both],
      removed: matched.removed.filter((one) => !found.has(one)),
      added: matched.added.filter((one) => !found.has(one)),
    };
  }
  return matched;
}

type Parts = Pick<Subscription, 'service' | 'pattern' | 'group'>;

/** Those whose key no other has. */
function single(
  subscriptions: readonly Subscription[],
  key: (one: Subscription) => string,
): readonly Subscription[] {
  const counts = new Map<string, number>();
  for (const one of subscriptions)
    counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return subscriptions.filter((one) => counts.get(key(one)) === 1);
}
