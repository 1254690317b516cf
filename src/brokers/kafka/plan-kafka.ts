// Model to the whole Kafka design; one call for the files, the checks and the comparison with a live cluster.
import { lazy } from '../../core/lazy.ts';
import { onceFor } from '../../core/once-for.ts';
import type { Model } from '../../model/model.ts';
import { planClients } from './client-settings.ts';
import type { KafkaDesign } from './design.ts';
import { planGrants } from './grants.ts';
import { indexModel } from './model-index.ts';
import { kafkaOptions } from './options.ts';
import { planPrincipals } from './principals.ts';
import { planQuotas } from './quotas.ts';
import { planTopics } from './topics.ts';

/**
 * Lowers a model to what it needs on Kafka, once for all who ask. Pure; the cost grows linearly with the model.
 * Checks and documents ask for topics alone: rights, quotas and clients are planned when they are asked for.
 */
export const planKafka: (model: Model) => KafkaDesign = onceFor(lower);

function lower(model: Model): KafkaDesign {
  const index = indexModel(model);
  const options = kafkaOptions(model);
  const topics = planTopics(model, index);
  const principals = planPrincipals(model, options);
  const grants = lazy(() =>
    planGrants(model, index, { topics, principals, options }),
  );
  const limits = lazy(() => planQuotas(model, index));
  const clients = lazy(() => planClients(model, index, options));
  return {
    topics,
    principals,
    get grants() {
      return grants();
    },
    get quotas() {
      return limits().quotas;
    },
    get missingQuotas() {
      return limits().missing;
    },
    get clients() {
      return clients();
    },
  };
}
