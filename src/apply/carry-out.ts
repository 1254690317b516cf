// Brings a live broker to the design: makes what is missing, repairs what differs, removes what a person named.
import { HostError } from '../core/host.ts';
import { counted, quotedList } from '../core/text.ts';
import type { LiveResource } from '../brokers/resource.ts';
import { compare, identity, type Comparison } from './compare.ts';
import type { Deployer, Deployment, LiveBroker } from './deployer.ts';
import { changesOf, type Change, type Drift } from './diff-resources.ts';

export interface Orders {
  /** `kind/name` of what is to be removed: extras for good, things that cannot be changed in place to be made anew. */
  readonly removals: readonly string[];
  readonly tell: (line: string) => void;
}

/** Rounds of looking and mending; the second finds nothing to do unless a removal took other things with it. */
const maxRounds = 3;
/** How often a change is looked for before it is made again; about twenty seconds, as hundreds of partitions take. */
const looks = 25;

/**
 * Makes all changes, then looks again until nothing is left to do; answers the last look. What is made anew goes first,
 * extras go last, when nothing leads to them any more. Stopping anywhere is safe: the next run goes on.
 * Throws: `HostError` when the broker refuses or what was made is not there afterwards.
 */
export async function carryOut(
  live: LiveBroker,
  deployment: Deployment,
  orders: Orders,
): Promise<Comparison> {
  let now = await compare(live, deployment);
  const named = new Set(orders.removals);
  const anew = blocked(now.drifts, named);
  await removeAll(live, anew, orders);
  if (anew.length > 0) now = await gone(live, deployment, anew);
  for (let round = 0; changesOf(now.drifts).length > 0; round += 1) {
    const changes = changesOf(now.drifts);
    if (round === maxRounds)
      throw new HostError(
        `${live.title} still differs after ${counted(maxRounds, 'round')}: ${quotedList(changes.slice(0, 5).map(({ resource }) => identity(resource)))}. Somebody else changes it, or it does not keep what it is told.`,
      );
    await live.make(changes, (change) => orders.tell(done(change)));
    now = await settled(
      live,
      deployment,
      ({ drifts }) => changesOf(drifts).length === 0,
    );
  }
  const extras = now.drifts.flatMap((drift) =>
    drift.kind === 'extra' && named.has(identity(drift.resource))
      ? [drift.resource]
      : [],
  );
  await removeAll(live, extras, orders);
  return extras.length === 0 ? now : gone(live, deployment, extras);
}

// What is made or removed shows only a moment later: a cluster's brokers learn of it one after the other.
async function settled(
  live: LiveBroker,
  deployment: Deployment,
  isSettled: (now: Comparison) => boolean,
): Promise<Comparison> {
  for (let look = 1; ; look += 1) {
    const now = await compare(live, deployment);
    if (look === looks || isSettled(now)) return now;
    await new Promise((resolve) =>
      setTimeout(resolve, Math.min(look * 100, 1000)),
    );
  }
}

async function gone(
  live: LiveBroker,
  deployment: Deployment,
  removed: readonly Pick<LiveResource, 'kind' | 'name'>[],
): Promise<Comparison> {
  const names = new Set(removed.map(identity));
  return settled(live, deployment, ({ drifts }) =>
    drifts.every(
      ({ kind, resource }) =>
        kind === 'create' || !names.has(identity(resource)),
    ),
  );
}

/**
 * Says what is wrong with a request to remove things, before anything is done; null when it can be followed. Only what
 * the design owns and does not want can go, and what has to be made anew.
 */
export function refusalOf(
  removals: readonly string[],
  { drifts, foreign }: Comparison,
  deployer: Pick<Deployer, 'removable'>,
): string | null {
  const possible = new Set(
    drifts.flatMap((drift) =>
      drift.kind === 'extra' || drift.kind === 'cannot-change'
        ? [identity(drift.resource)]
        : [],
    ),
  );
  const others = new Set(foreign.map(identity));
  for (const removal of removals) {
    const [kind = ''] = removal.split('/');
    if (!deployer.removable.includes(kind))
      return `--delete takes kind/name with a kind of ${quotedList(deployer.removable, 'or')}, and "${removal}" is none`;
    if (others.has(removal))
      return `"${removal}" is not of this design, so it is left alone: remove it with the broker's own tools`;
    if (!possible.has(removal))
      return `"${removal}" is not to be removed: it is wanted as it is, or not there`;
  }
  return null;
}

// What cannot be changed in place and was named: removed, so that it is missing and made anew.
function blocked(
  drifts: readonly Drift[],
  named: ReadonlySet<string>,
): readonly Pick<LiveResource, 'kind' | 'name'>[] {
  return drifts.flatMap((drift) =>
    drift.kind === 'cannot-change' && named.has(identity(drift.resource))
      ? [drift.resource]
      : [],
  );
}

async function removeAll(
  live: LiveBroker,
  resources: readonly Pick<LiveResource, 'kind' | 'name'>[],
  { tell }: Orders,
): Promise<void> {
  for (const resource of resources) {
    await live.remove(resource);
    tell(`deleted ${resource.kind} ${resource.name}`);
  }
}

const done = ({ kind, resource }: Change): string =>
  `${kind === 'create' ? 'created' : 'changed'} ${resource.kind} ${resource.name}`;
