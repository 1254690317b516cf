// Which services use transactions: exactly-once is had only where they consume, process and produce inside the cluster.
import type { Model } from '../../model/model.ts';
import type { Why } from './design.ts';
import type { ModelIndex } from './model-index.ts';

/** Services that consume, process and produce in one transaction: an exactly-once subscription of a service that publishes. */
export function transactionalServices(
  model: Model,
  index: ModelIndex,
): readonly { readonly service: string; readonly why: Why }[] {
  const found = new Map<string, Why>();
  for (const subscription of model.subscriptions) {
    const { service, delivery } = subscription;
    const publishes = index.publicationsByService.has(service);
    if (delivery.value !== 'exactly-once' || !publishes) continue;
    if (found.has(service)) continue;
    found.set(service, {
      origin: delivery.origin,
      because: 'output and consumed offset are committed together',
    });
  }
  return [...found].map(([service, why]) => ({ service, why }));
}
