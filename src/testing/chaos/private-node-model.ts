// Specs for the one node that the harness starts.
import type { Model } from '../../model/model.ts';
import { checkText, modelOf } from '../load-model.ts';
import { rabbitmqRelease } from '../brokers/rabbitmq-installation.ts';

/** Loads a spec for a broker with one node, of the version that is installed. */
export function privateNodeModel(text: string, broker: string): Model {
  const model = modelOf(checkText(text, broker));
  const { version } = model.broker;
  return {
    ...model,
    broker: {
      ...model.broker,
      version:
        broker === 'rabbitmq'
          ? { ...version, value: rabbitmqRelease() }
          : version,
    },
    environments: model.environments.slice(0, 1).map((environment) => ({
      ...environment,
      name: 'dev',
      replication: { ...environment.replication, value: 1 },
      minInSync: { ...environment.minInSync, value: 1 },
    })),
  };
}
