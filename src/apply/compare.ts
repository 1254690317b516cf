// One look at a live broker: what differs from the design, what is as wanted, and what is not the design's.
import type { Claim, LiveResource } from '../brokers/resource.ts';
import type { Deployer, Deployment, LiveBroker } from './deployer.ts';
import { diffResources, type Drift } from './diff-resources.ts';

export interface Comparison {
  readonly drifts: readonly Drift[];
  /** How many wanted things are there and as wanted. */
  readonly asWanted: number;
  /** Rights of the design's users on what is not the design's: another design's business, told and never touched. */
  readonly shared: readonly LiveResource[];
  /** What is there and neither wanted nor in the design's names: never touched. */
  readonly foreign: readonly LiveResource[];
}

/** Reads the broker and compares. Throws: `HostError`. */
export async function compare(
  live: LiveBroker,
  { state: whole, refine }: Deployment,
): Promise<Comparison> {
  const found = await live.read();
  const state = {
    ...whole,
    resources: whole.resources.filter(
      ({ kind }) => !live.unseen.includes(kind),
    ),
  };
  const drifts = refine(diffResources(state, found));
  const wanted = new Set(state.resources.map(identity));
  const differing = new Set(
    drifts.flatMap((drift) =>
      drift.kind === 'extra' ||
      drift.kind === 'release' ||
      drift.kind === 'stranger'
        ? []
        : [identity(drift.resource)],
    ),
  );
  const unwanted = (claim: Claim['kind']): readonly LiveResource[] =>
    found.filter(
      (one) => !wanted.has(identity(one)) && state.claimOf(one).kind === claim,
    );
  return {
    drifts,
    asWanted: wanted.size - differing.size,
    shared: unwanted('shared'),
    foreign: unwanted('foreign'),
  };
}

/** Leaves the users out whose password is not given and who need not be made here; answers their variables. */
export function withoutSkippedUsers(
  deployment: Deployment,
  deployer: Pick<Deployer, 'canSkipUsers'>,
  isGiven: (variable: string) => boolean,
): { readonly deployment: Deployment; readonly skipped: readonly string[] } {
  if (!deployer.canSkipUsers) return { deployment, skipped: [] };
  const skipped = deployment.logins.filter(
    ({ variable }) => !isGiven(variable),
  );
  const names = new Set(skipped.map(({ user }) => user));
  const resources = deployment.state.resources.filter(
    ({ kind, name }) => kind !== 'user' || !names.has(name),
  );
  return {
    deployment: { ...deployment, state: { ...deployment.state, resources } },
    skipped: skipped.map(({ variable }) => variable),
  };
}

/** The text by which a person names a thing: `kind/name`. */
export function identity(one: {
  readonly kind: string;
  readonly name: string;
}): string {
  return `${one.kind}/${one.name}`;
}
