// Brings a live broker to the design: makes what is missing, repairs what differs, removes what a person named.
import { HostError } from '../core/host.ts';
import { counted, quotedList } from '../core/text.ts';
import { compare, identity, type Comparison } from './compare.ts';
import type { Deployer, Deployment, LiveBroker, Named } from './deployer.ts';
import {
  changesOf,
  isMendedAnew,
  releasesOf,
  type Change,
  type Drift,
} from './diff-resources.ts';

export interface Orders {
  /** `kind/name` of what is to be removed: extras for good, things that cannot be changed in place to be made anew. */
  readonly removals: readonly string[];
  /** Whether what still holds messages may be removed with them. */
  readonly withMessages: boolean;
  readonly tell: (line: string) => void;
}

/** Rounds of looking and mending; the second finds nothing to do unless a removal took other things with it. */
const maxRounds = 3;
/** How often a change is looked for before it is made again; about twenty seconds, as hundreds of partitions take. */
const looks = 25;

/**
 * Makes all changes, then looks again until nothing is left to do, and lets go of what does harm; answers the last look.
 * What is made anew goes first, extras go last, when nothing leads to them any more. Stopping anywhere is safe: the next run goes on.
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
  // After the changes, which may be the other way for what came by these.
  const loose = releasesOf(now.drifts);
  for (const resource of loose) {
    await live.remove(resource, { withMessages: false });
    orders.tell(`let go of ${resource.kind} ${resource.name}`);
  }
  if (loose.length > 0) now = await gone(live, deployment, loose);
  const extras = now.drifts.flatMap((drift) =>
    isRemovable(drift) && named.has(identity(drift.resource))
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
  removed: readonly Named[],
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
  { drifts, foreign, shared }: Comparison,
  deployer: Pick<Deployer, 'removable'>,
): string | null {
  const possible = new Set(
    drifts.flatMap((drift) =>
      isRemovable(drift) || isMendedAnew(drift)
        ? [identity(drift.resource)]
        : [],
    ),
  );
  const others = new Set([...foreign, ...shared].map(identity));
  const strangers = new Set(
    drifts.flatMap((drift) =>
      drift.kind === 'stranger' && drift.goesFurther
        ? [identity(drift.resource)]
        : [],
    ),
  );
  for (const removal of removals) {
    const [kind = ''] = removal.split('/');
    if (!deployer.removable.includes(kind))
      return `--delete takes kind/name with a kind of ${quotedList(deployer.removable, 'or')}, and "${removal}" is none`;
    if (others.has(removal))
      return `"${removal}" is not of this design, so it is left alone: remove it with the broker's own tools`;
    if (strangers.has(removal))
      return `"${removal}" is a right of others that reaches more than this design: take it away with the broker's own tools, or allow its user by name in broker.options.alsoAllowed`;
    if (possible.has(removal)) continue;
    if (drifts.some((drift) => isMisplaced(drift, removal)))
      return `"${removal}" is not removed, since it would come back as it is: "plan" tells what changes it`;
    return `"${removal}" is not to be removed: it is wanted as it is, or not there`;
  }
  return null;
}

const isMisplaced = (drift: Drift, removal: string): boolean =>
  drift.kind === 'cannot-change' && identity(drift.resource) === removal;

const isRemovable = (drift: Drift): boolean =>
  drift.kind === 'extra' || (drift.kind === 'stranger' && !drift.goesFurther);

// What cannot be changed in place and was named: removed, so that it is missing and made anew.
function blocked(
  drifts: readonly Drift[],
  named: ReadonlySet<string>,
): readonly Named[] {
  return drifts.flatMap((drift) =>
    isMendedAnew(drift) && named.has(identity(drift.resource))
      ? [drift.resource]
      : [],
  );
}

async function removeAll(
  live: LiveBroker,
  resources: readonly Named[],
  { tell, withMessages }: Orders,
): Promise<void> {
  for (const resource of resources) {
    // Counted again: what is told is what goes now, not what was there when the question was asked.
    const held = (await live.held([resource])).get(identity(resource)) ?? 0;
    const refusal = withMessages ? null : heldRefusal([[resource, held]]);
    if (refusal !== null) throw new HostError(refusal);
    await live.remove(resource, { withMessages });
    tell(
      `deleted ${resource.kind} ${resource.name}${held === 0 ? '' : ` with ${counted(held, 'message')}`}`,
    );
  }
}

/** Says that things still hold messages and so are not removed without `--force`; null when all are empty. */
export function heldRefusal(
  held: Iterable<readonly [Named, number]>,
): string | null {
  const full = [...held].filter(([, count]) => count > 0);
  if (full.length === 0) return null;
  const told = full.map(
    ([one, count]) => `"${identity(one)}" holds ${counted(count, 'message')}`,
  );
  return `${told.join(', ')}: drain what is needed first, or delete with the messages by --force`;
}

const done = ({ kind, resource }: Change): string =>
  `${kind === 'create' ? 'created' : 'changed'} ${resource.kind} ${resource.name}`;
