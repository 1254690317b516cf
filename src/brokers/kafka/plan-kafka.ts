// Model to the whole Kafka design; one call for the files, the checks and the comparison with a live cluster.
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

/** Lowers a model to what it needs on Kafka, once for all who ask. Pure; the cost grows linearly with the model. */
export const planKafka: (model: Model) => KafkaDesign = onceFor(lower);

function lower(model: Model): KafkaDesign {
  const index = indexModel(model);
  const options = kafkaOptions(model.broker.options);
  const topics = planTopics(model, index);
  const principals = planPrincipals(model, options);
  const { quotas, missing } = planQuotas(model, index);
  return {
    topics,
    principals,
    grants: planGrants(model, index, { topics, principals, options }),
    quotas,
    missingQuotas: missing,
    clients: planClients(model, index, options),
  };
}
