// Model to rights, by least privilege: what no line of the spec asks for is denied.
// Idempotent producers need no right of their own on the versions supported here (KIP-679).
import type { Model } from '../../model/model.ts';
import type { Grant, Principal, Topic } from './design.ts';
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
  const rank = (grant: Grant): number => order.get(grant.principal) ?? 0;
  return merge(rights).toSorted((left, right) => rank(left) - rank(right));
}

function merge(rights: readonly Right[]): readonly Grant[] {
  const grants = new Map<string, Grant>();
  for (const right of rights) {
    const pattern = right.pattern ?? 'literal';
    const { principal, resource, name } = right;
    // Kafka's names hold no line break.
    const key = [principal, resource, pattern, name].join('\n');
    const known = grants.get(key);
    const whys = known?.whys ?? [];
    const isTold = whys.some(
      (why) =>
        why.origin === right.why.origin && why.because === right.why.because,
    );
    grants.set(key, {
      principal,
      resource,
      name,
      pattern,
      operations: [
        ...new Set([...(known?.operations ?? []), ...right.operations]),
      ].sort(),
      whys: isTold ? whys : [...whys, right.why],
    });
  }
  return [...grants.values()];
}
