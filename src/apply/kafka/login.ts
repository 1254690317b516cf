// The administrator's login at a cluster, from the environment of the process and the spec.
import { HostError } from '../../core/host.ts';
import { kafkaOptions } from '../../brokers/kafka/options.ts';
import type { Model } from '../../model/model.ts';
import type { ConnectionPlace, Variables } from '../deployer.ts';
import type { ClusterConfig } from './kafka-admin.ts';

/** Kafka's names of mechanisms, and kafkajs's. PLAIN is the administrator's of the composed broker and of hosted ones. */
const mechanisms: Readonly<Record<string, ClusterConfig['sasl']['mechanism']>> =
  {
    'SCRAM-SHA-512': 'scram-sha-512',
    'SCRAM-SHA-256': 'scram-sha-256',
    PLAIN: 'plain',
  };

const protocols = ['SASL_SSL', 'SASL_PLAINTEXT'] as const;

/** Who logs in, and how. */
export interface Login {
  readonly username: string;
  readonly password: string;
  readonly protocol: string;
  readonly mechanism: string;
}

/** Reads the administrator's login of the environment; what it does not say is the spec's. Throws: `HostError` for a value that nothing takes. */
export function loginOf(model: Model, variables: Variables): Login {
  const { securityProtocol, saslMechanism } = kafkaOptions(model);
  const protocol = chosen(variables, 'BROKER_SECURITY_PROTOCOL', protocols);
  const mechanism = chosen(
    variables,
    'BROKER_ADMIN_MECHANISM',
    Object.keys(mechanisms),
  );
  const password = variables['BROKER_ADMIN_PASSWORD'] ?? '';
  if (password === '') throw new HostError('BROKER_ADMIN_PASSWORD is not set');
  return {
    username: variables['BROKER_ADMIN_USER'] ?? 'admin',
    password,
    protocol: protocol ?? securityProtocol,
    mechanism: mechanism ?? saslMechanism,
  };
}

function chosen(
  variables: Variables,
  name: string,
  takes: readonly string[],
): string | null {
  const value = variables[name] ?? '';
  if (value === '') return null;
  if (takes.includes(value)) return value;
  throw new HostError(
    `${name} is "${value}", and takes ${takes.slice(0, -1).join(', ')} or ${takes.at(-1) ?? ''}`,
  );
}

/** Puts a place and a login as kafkajs takes them. */
export function configOf(
  { url, trust }: Pick<ConnectionPlace, 'url' | 'trust'>,
  { username, password, protocol, mechanism }: Login,
): ClusterConfig {
  const isSecure = protocol === 'SASL_SSL';
  return {
    clientId: 'event-arch',
    brokers: url.split(',').map((host) => host.trim()),
    ssl: isSecure && trust !== null ? { ca: [...trust.authorities] } : isSecure,
    sasl: {
      mechanism: mechanisms[mechanism] ?? 'scram-sha-512',
      username,
      password,
    },
    connectionTimeout: 10_000,
    requestTimeout: 60_000,
    retry: { retries: 3, initialRetryTime: 200 },
  };
}
