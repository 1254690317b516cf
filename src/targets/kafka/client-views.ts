// View models of the properties files, one per producer, consumer and administrator.
import type { ClientSettings } from '../../brokers/kafka/design.ts';
import { passwordVariable } from '../../brokers/kafka/names.ts';
import type { KafkaOptions } from '../../brokers/kafka/options.ts';
import { told } from './told.ts';

/** View of one service's producer or consumer. */
export function clientView(
  client: ClientSettings,
  options: KafkaOptions,
): object {
  const what =
    client.group === null
      ? `Producer of ${client.service}`
      : `Consumer of ${client.service} in group ${client.group}`;
  return {
    title: `${what}, in the names of the Java client and librdkafka.`,
    settings: client.settings.map((setting) => ({
      key: setting.key,
      value: setting.value,
      why: told(setting),
    })),
    ...login(client.principal, options),
  };
}

/** View of the administrator's file: by SCRAM on a cluster, by PLAIN on the one-node broker, which is born without users. */
export function adminView(
  on: 'cluster' | 'one-node',
  options: KafkaOptions,
): object {
  const isPlain = on === 'one-node';
  return {
    title: 'Administrator, for the scripts in this folder.',
    settings: [],
    ...login('admin', options),
    password: fromEnvironment('BROKER_ADMIN_PASSWORD'),
    ...(isPlain ? { mechanism: 'PLAIN', module: 'plain.Plain' } : {}),
  };
}

function login(username: string, options: KafkaOptions): object {
  return {
    mechanism: options.saslMechanism,
    module: 'scram.Scram',
    username,
    password: fromEnvironment(passwordVariable(username)),
  };
}

// Kafka's own EnvVarConfigProvider fills it in when the client starts.
function fromEnvironment(variable: string): string {
  return `\${env:${variable}}`;
}
