// Every complete example as a design for one node, made real on a running broker.
import { carryOut } from '../apply/carry-out.ts';
import { compare, type Comparison } from '../apply/compare.ts';
import { deployers } from '../apply/deployers.ts';
import type { LiveBroker } from '../apply/deployer.ts';
import { loadPeer } from '../host/load-peer.ts';
import type { Model } from '../model/model.ts';
import { loadModel } from './load-model.ts';

/** The specs of `fixtures/specs`, the shop first. */
export const liveFixtures: readonly string[] = [
  'shop',
  'by-context/library',
  'eshop',
  'ftgo',
  'hello',
  'streetlights',
  'wikimedia',
];

/** Loads a spec for a broker, with one copy of everything, as one node can hold no more; `version` replaces the spec's. */
export function oneNodeModel(
  fixture: string,
  broker: string,
  version: string | null = null,
): Model {
  const model = loadModel(fixture, broker);
  const written = model.broker.version;
  return {
    ...model,
    broker: {
      ...model.broker,
      version: version === null ? written : { ...written, value: version },
    },
    environments: model.environments.slice(0, 1).map((environment) => ({
      ...environment,
      name: 'dev',
      replication: { ...environment.replication, value: 1 },
      minInSync: { ...environment.minInSync, value: 1 },
    })),
  };
}

export interface AppliedModel {
  readonly steps: readonly string[];
  /** What is left to do; empty when the broker is as wanted. */
  readonly comparison: Comparison;
  readonly wanted: number;
}

/** Makes a model's design real, as `event-arch apply --yes` does. */
export async function applyModel(
  model: Model,
  url: string,
  variables: Readonly<Record<string, string>>,
): Promise<AppliedModel> {
  const steps: string[] = [];
  return withLive(model, { url, variables }, async (live, deployment) => ({
    comparison: await carryOut(live, deployment, {
      removals: [],
      withMessages: false,
      tell: (line) => steps.push(line),
    }),
    steps,
    wanted: deployment.state.resources.length,
  }));
}

/** Compares a live broker with a model's design, as `event-arch plan` does. */
export async function planModel(
  model: Model,
  url: string,
  variables: Readonly<Record<string, string>>,
): Promise<Comparison> {
  return withLive(model, { url, variables }, compare);
}

async function withLive<T>(
  model: Model,
  place: {
    readonly url: string;
    readonly variables: Readonly<Record<string, string>>;
  },
  work: (
    live: LiveBroker,
    deployment: Parameters<typeof compare>[1],
  ) => Promise<T>,
): Promise<T> {
  const deployer = deployers.find(({ broker }) => broker === model.broker.kind);
  const [environment] = model.environments;
  if (deployer === undefined || environment === undefined)
    throw new Error('a model has a broker and an environment');
  const deployment = deployer.deploy(model, environment);
  if (deployment.faults.length > 0) throw new Error(deployment.faults.join());
  const live = await deployer.connect(
    { ...place, model, trust: null, loadPeer },
    deployment,
  );
  try {
    return await work(live, deployment);
  } finally {
    await live.close();
  }
}
