// Every producer and consumer of a model, each with its properties.
import type { Model } from '../../model/model.ts';
import { consumerSettings } from './consumer-settings.ts';
import type { ClientSettings, Why } from './design.ts';
import type { ModelIndex } from './model-index.ts';
import type { KafkaOptions } from './options.ts';
import { producerSettings } from './producer-settings.ts';
import { transactionalServices } from './transactions.ts';

/** Lists the producer of each service that publishes and a consumer for each of its groups, in the order of the services. */
export function planClients(
  model: Model,
  index: ModelIndex,
  options: KafkaOptions,
): readonly ClientSettings[] {
  const transactional = new Map(
    transactionalServices(model, index).map((one) => [one.service, one.why]),
  );
  const readers = committedReaders(model, transactional);
  return model.services.flatMap((service) => {
    const publications = index.publicationsByService.get(service.name) ?? [];
    const groups = index.groupsByService.get(service.name) ?? [];
    const why = transactional.get(service.name) ?? null;
    return [
      ...(publications.length === 0
        ? []
        : [
            producerSettings(service, {
              publications,
              transactional: why,
              options,
              index,
            }),
          ]),
      ...groups.map((group) =>
        consumerSettings(group, { readers, index, options }),
      ),
    ];
  });
}

// Channels that a transactional service writes to: their readers must not see what was aborted.
function committedReaders(
  model: Model,
  transactional: ReadonlyMap<string, Why>,
): ReadonlyMap<string, Why> {
  const channels = new Map(
    model.events.map((event) => [event.name, event.channel]),
  );
  const found = new Map<string, Why>();
  for (const publication of model.publications) {
    const why = transactional.get(publication.service);
    const channel = channels.get(publication.event);
    if (why !== undefined && channel !== undefined) found.set(channel, why);
  }
  return found;
}
