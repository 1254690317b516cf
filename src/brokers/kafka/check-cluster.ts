// Checks of what the cluster has to be: version, options, copies per environment.
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Environment, Model } from '../../model/model.ts';
import { kafkaDiagnostics } from './catalogue.ts';
import { kafkaOptions } from './options.ts';
import { isAtLeast, isSupported, supportedVersions } from './versions.ts';

/**
 * Checks version, options and environments.
 * Reports: `broker/kafka-unknown-version`, `broker/kafka-group-protocol`, `broker/kafka-min-in-sync-*`.
 */
export function checkCluster(model: Model): readonly Diagnostic[] {
  return [
    ...checkVersion(model),
    ...checkGroupProtocol(model),
    ...model.environments.flatMap((environment) =>
      checkCopies(environment, model),
    ),
  ];
}

function checkVersion(model: Model): readonly Diagnostic[] {
  const { version } = model.broker;
  if (isSupported(version.value)) return [];
  return [
    kafkaDiagnostics.make(
      'kafka-unknown-version',
      { pointer: version.origin },
      { version: version.value, known: supportedVersions.join(', ') },
    ),
  ];
}

function checkGroupProtocol(model: Model): readonly Diagnostic[] {
  const options = kafkaOptions(model);
  const version = model.broker.version.value;
  if (options.groupProtocol !== 'consumer') return [];
  const place = { pointer: `${model.broker.origin}/options/groupProtocol` };
  const told = (what: string, alternative: string): Diagnostic =>
    kafkaDiagnostics.make('kafka-group-protocol', place, { what, alternative });
  return [
    ...(isAtLeast(version, 4, 0)
      ? []
      : [told(`Kafka ${version}`, 'Use "classic", or Kafka 4.0 or newer.')]),
    ...(options.client === 'kafkajs'
      ? [told('kafkajs', 'Use "classic", or set client to "platformatic".')]
      : []),
  ];
}

function checkCopies(
  environment: Environment,
  model: Model,
): readonly Diagnostic[] {
  const minInSync = environment.minInSync.value;
  const replication = environment.replication.value;
  const place = { pointer: environment.minInSync.origin };
  const facts = { environment: environment.name, replication };
  if (replication === 1) return [];
  if (minInSync === replication)
    return [kafkaDiagnostics.make('kafka-min-in-sync-all', place, facts)];
  const isLossy = model.channels.every(
    (channel) => channel.delivery.value === 'at-most-once',
  );
  return minInSync > 1 || isLossy
    ? []
    : [kafkaDiagnostics.make('kafka-min-in-sync-one', place, facts)];
}
