// View model of the folder's README: what a person needs who has to run it.
import { pathSegment } from '../../core/artifact.ts';
import { toolOptions } from '../../brokers/kafka/tool-options.ts';
import type { KafkaDesign } from '../../brokers/kafka/design.ts';
import type { KafkaOptions } from '../../brokers/kafka/options.ts';
import type { Model } from '../../model/model.ts';
import { strimziRelease } from './strimzi-release.ts';

/** View of `README.md`; the commands name the last environment, which is production where there are several. */
export function readmeView(given: {
  readonly model: Model;
  readonly design: KafkaDesign;
  readonly options: KafkaOptions;
}): object {
  const { model, design, options } = given;
  const overlay = pathSegment(model.environments.at(-1)?.name ?? 'prod');
  const tools = toolOptions(model.broker.version.value);
  const publicEvents = model.events.filter((event) => event.isPublic);
  return {
    project: model.name,
    version: model.broker.version.value,
    topicCount: design.topics.length,
    userCount: design.principals.length,
    grantCount: design.grants.length,
    mechanism: options.saslMechanism,
    isOtherMechanism: options.saslMechanism !== 'SCRAM-SHA-512',
    firstEnvironment: `environments/${overlay}.env`,
    firstOverlay: overlay,
    strimzi: strimziRelease(model.broker.version.value),
    clusterName: options.clusterName,
    operator: options.operatorPrincipal,
    operatorFolder: pathSegment(options.operatorPrincipal),
    formatter: tools.formatter,
    consumerConfig: tools.consumerConfig,
    hasPublic: publicEvents.length > 0,
    publicEvents: publicEvents.map((event) => event.name).join(', '),
  };
}
