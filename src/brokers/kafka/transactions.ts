// Which services may use transactions: exactly-once is had only where they consume, process and produce inside the cluster,
// by code that opens a transaction. The code that is generated opens none; settings and rights are there for code by hand.
import type { Model } from '../../model/model.ts';
import type { Why } from './design.ts';
import type { ModelIndex } from './model-index.ts';

/** Services that can consume, process and produce in one transaction: an exactly-once subscription of a service that publishes. */
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
      because:
        'for code written by hand, which commits output and consumed offset together; the generated code opens no transaction',
    });
  }
  return [...found].map(([service, why]) => ({ service, why }));
}
