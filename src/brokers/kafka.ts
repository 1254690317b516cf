// Apache Kafka as a broker: what each version can give, and what it refuses of a model.
import type { Broker } from './broker.ts';
import { kafkaAsyncApi } from './kafka/async-api.ts';
import { kafkaChangeWords } from './kafka/change-words.ts';
import { describeKafka } from './kafka/describe-kafka.ts';
import { kafkaDiagnostics } from './kafka/catalogue.ts';
import { checkChannels } from './kafka/check-channels.ts';
import { checkCluster } from './kafka/check-cluster.ts';
import { checkNames } from './kafka/check-names.ts';
import { checkHeaders } from './kafka/check-headers.ts';
import { kafkaDesiredState } from './kafka/desired-state.ts';
import { kafkaMonitoring } from './kafka/monitoring.ts';
import { kafkaResourceNames } from './kafka/resource-names.ts';
import { kafkaOptions } from './kafka/options.ts';
import { planKafka } from './kafka/plan-kafka.ts';
import { currentVersion } from './kafka/versions.ts';

/** Kafka 3.9 to 4.4. */
export const kafka: Broker = {
  name: 'kafka',
  title: 'Apache Kafka',
  defaultVersion: currentVersion,
  // The same in every version supported here; what differs is looked up where it is written.
  capabilities: () => ({
    hasTransactions: true,
    orderingScope: 'partition',
    hasReplay: true,
    hasCompaction: true,
    keepsExpired: false,
  }),
  check: (model) => {
    const design = planKafka(model);
    return [
      ...checkCluster(model),
      ...checkNames(design),
      ...checkHeaders(model),
      ...checkChannels(model, design),
    ];
  },
  catalogue: kafkaDiagnostics,
  asyncApi: kafkaAsyncApi,
  monitoring: kafkaMonitoring,
  derivedOptions: () => ({}),
  desiredState: (model, environment) =>
    kafkaDesiredState(planKafka(model), environment, kafkaOptions(model)),
  describe: describeKafka,
  changeWords: kafkaChangeWords,
  names: kafkaResourceNames,
};
