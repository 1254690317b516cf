// Model to rights, by least privilege: what no line of the spec asks for is denied.
// Idempotent producers need no right of their own on the versions supported here (KIP-679).
import type { Model } from '../../model/model.ts';
import type { Grant, Operation, Principal, Topic, Why } from './design.ts';
import { exporterRights, operatorRights } from './duty-rights.ts';
import type { ModelIndex } from './model-index.ts';
import type { KafkaOptions } from './options.ts';
import type { Right } from './rights.ts';
import {
  consumerRights,
  publisherRights,
  requestRights,
  servingRights,
  transactionRights,
} from './service-rights.ts';

/** Lists every right, one entry per principal and resource, in the order of the principals. */
export function planGrants(
  model: Model,
  index: ModelIndex,
  design: {
    readonly topics: readonly Topic[];
    readonly principals: readonly Principal[];
    readonly options: KafkaOptions;
  },
): readonly Grant[] {
  const rights = [
    ...publisherRights(model, index),
    ...consumerRights(model),
    ...servingRights(model, design.topics),
    ...requestRights(model),
    ...transactionRights(model, index),
    ...operatorRights(design.topics, design.options),
    ...exporterRights(model, design.options),
  ];
  const order = new Map(
    design.principals.map((principal, at) => [principal.name, at]),
  );
  const byRank: Grant[][] = design.principals.map(() => []);
  for (const grant of merge(rights))
    byRank[order.get(grant.principal) ?? 0]?.push(grant);
  return byRank.flat();
}

/** A grant that rights are still added to. */
interface Growing extends Grant {
  operations: readonly Operation[];
  readonly whys: Why[];
}

function merge(rights: readonly Right[]): Iterable<Grant> {
  const grants = new Map<string, Growing>();
  for (const right of rights) {
    const { principal, resource, name, pattern = 'literal' } = right;
    const { operations, why } = right;
    // Kafka's names hold no line break.
    const key = `${principal}\n${resource}\n${pattern}\n${name}`;
    const known = grants.get(key);
    if (known === undefined) {
      const whys = [why];
      grants.set(key, { principal, resource, name, pattern, operations, whys });
    } else add(known, right);
  }
  return grants.values();
}

function add(grant: Growing, { operations, why }: Right): void {
  if (!operations.every((one) => grant.operations.includes(one)))
    grant.operations = [
      ...new Set([...grant.operations, ...operations]),
    ].sort();
  const { origin, because } = why;
  if (!grant.whys.some((w) => w.origin === origin && w.because === because))
    grant.whys.push(why);
}
