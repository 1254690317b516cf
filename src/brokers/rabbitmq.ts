// RabbitMQ as the rest of the tool sees it: what it can give and what it refuses.
import { rabbitAsyncApi } from './rabbitmq/async-api.ts';
import { checkLaneCount } from './rabbitmq/check-lane-count.ts';
import { checkNames } from './rabbitmq/check-names.ts';
import {
  checkHeaders,
  checkLanes,
  checkSettings,
  checkVersion,
} from './rabbitmq/check-settings.ts';
import { toDesiredState } from './rabbitmq/desired-state.ts';
import { rabbitmqChangeWords } from './rabbitmq/change-words.ts';
import { describeRabbitmq } from './rabbitmq/describe-rabbitmq.ts';
import { rabbitmqDiagnostics } from './rabbitmq/diagnostics.ts';
import { rabbitmqMonitoring } from './rabbitmq/monitoring.ts';
import { rabbitmqResourceNames } from './rabbitmq/resource-names.ts';
import { lowerToTopology } from './rabbitmq/lower.ts';
import { currentVersion } from './rabbitmq/version.ts';
import { readOptions } from './rabbitmq/options.ts';
import { slotsOf } from './rabbitmq/slots.ts';
import type { Broker } from './broker.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { JsonValue } from '../core/json.ts';
import type { Model } from '../model/model.ts';
import type { Sourced } from '../model/settings.ts';

/** The RabbitMQ broker, versions 3.10 to 4.3. */
export const rabbitmq: Broker = {
  name: 'rabbitmq',
  title: 'RabbitMQ',
  defaultVersion: currentVersion,
  capabilities: () => ({
    // AMQP transactions cover one queue and no consumption.
    hasTransactions: false,
    orderingScope: 'queue',
    // Streams, from 3.9.
    hasReplay: true,
    hasCompaction: false,
    // A queue's time to live dead-letters what it ends.
    keepsExpired: true,
  }),
  derivedOptions: (model): Readonly<Record<string, Sourced<JsonValue>>> => {
    const slots = slotsOf(model);
    return slots.from === 'spec' ? {} : { slots };
  },
  check,
  catalogue: rabbitmqDiagnostics,
  asyncApi: rabbitAsyncApi,
  monitoring: rabbitmqMonitoring,
  desiredState: (model, environment) =>
    toDesiredState(
      lowerToTopology(model, environment),
      readOptions(model).alsoAllowed,
    ),
  describe: describeRabbitmq,
  changeWords: rabbitmqChangeWords,
  names: rabbitmqResourceNames,
};

function check(model: Model): readonly Diagnostic[] {
  const version = checkVersion(model);
  const [environment] = model.environments;
  const settings = [
    ...version,
    ...checkSettings(model),
    ...checkHeaders(model),
  ];
  if (environment === undefined) return settings;
  const excess = checkLaneCount(model, environment);
  if (excess.length > 0) return [...settings, ...excess];
  // Names do not differ between environments.
  const topology = lowerToTopology(model, environment);
  return [...settings, ...checkNames(topology), ...checkLanes(model, topology)];
}
