// View models of the properties files, one per producer, consumer and administrator.
import type { ClientSettings } from '../../brokers/kafka/design.ts';
import { passwordVariable } from '../../brokers/kafka/names.ts';
import type { KafkaOptions } from '../../brokers/kafka/options.ts';
import { told } from './told.ts';

/** View of one service's producer or consumer, for the Java client. */
export function clientView(
  client: ClientSettings,
  options: KafkaOptions,
): object {
  return {
    title: `${titleOf(client)}, for the Java client.`,
    settings: client.settings.map(lineOf),
    ...login(client.principal, options),
  };
}

/**
 * View of the same for clients that are built on librdkafka, whose files know no variables and whose names differ:
 * it has no `max.poll.records`, and a partitioner of its own unless told to go by Java's.
 */
export function librdkafkaView(
  client: ClientSettings,
  options: KafkaOptions,
): object {
  const partitioner = {
    key: 'partitioner',
    value: 'murmur2_random',
    why: 'as the Java client and kafkajs place keys: a key has one partition, whoever publishes it',
  };
  return {
    title: `${titleOf(client)}, for clients on librdkafka 2.6.1 or newer (C, Python, Go, .NET, kcat -F).`,
    settings: [
      ...client.settings
        .filter(({ key }) => key !== 'max.poll.records')
        .map(lineOf),
      ...(client.role === 'producer' ? [partitioner] : []),
    ],
    ...login(client.principal, options),
    variable: passwordVariable(client.principal),
    securityProtocol: options.securityProtocol,
  };
}

/** View of the file by which people run tools as the user who handles dead letters. */
export function operatorView(options: KafkaOptions): object {
  return {
    title: `Tools of ${options.operatorPrincipal}, who reads dead letters and sends them again.`,
    settings: [],
    ...login(options.operatorPrincipal, options),
  };
}

const titleOf = ({ group, service }: ClientSettings): string =>
  group === null
    ? `Producer of ${service}`
    : `Consumer of ${service} in group ${group}`;

const lineOf = (
  setting: ClientSettings['settings'][number],
): { readonly key: string; readonly value: string; readonly why: string } => ({
  key: setting.key,
  value: setting.value,
  why: told(setting),
});

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
    ...(isPlain
      ? { mechanism: 'PLAIN', module: 'plain.Plain', isEncrypted: false }
      : {}),
  };
}

function login(username: string, options: KafkaOptions): object {
  return {
    mechanism: options.saslMechanism,
    module: 'scram.Scram',
    username,
    isEncrypted: options.securityProtocol === 'SASL_SSL',
    password: fromEnvironment(passwordVariable(username)),
  };
}

// Kafka's own EnvVarConfigProvider fills it in when the client starts.
function fromEnvironment(variable: string): string {
  return `\${env:${variable}}`;
}
