// View models of the plain tables that the scripts read: topics, users, rights, environments.
import type { Grant, KafkaDesign, Quota } from '../../brokers/kafka/design.ts';
import { passwordVariable } from '../../brokers/kafka/names.ts';
import type { KafkaOptions } from '../../brokers/kafka/options.ts';
import type { Environment } from '../../model/model.ts';
import { told } from './told.ts';

/** A topic with its reasons as both the table and Strimzi's resources tell them. */
export interface ToldTopic {
  readonly name: string;
  readonly why: string;
  readonly partitions: number;
  readonly partitionsWhy: string;
  readonly settings: readonly {
    readonly key: string;
    readonly value: string;
    readonly why: string;
  }[];
}

/** Tells the reasons of every topic, in the order of the design. */
export function toldTopics(design: KafkaDesign): readonly ToldTopic[] {
  return design.topics.map((topic) => ({
    name: topic.name,
    why: told(topic.why),
    partitions: topic.partitions,
    partitionsWhy: told(topic.partitionsWhy),
    settings: topic.settings.map((setting) => ({
      key: setting.key,
      value: setting.value,
      why: told(setting),
    })),
  }));
}

/** View of `users.conf`. */
export function usersView(design: KafkaDesign): object {
  const quotas = new Map(
    design.quotas.map((quota) => [quota.principal, quota]),
  );
  const gaps = new Map(
    design.missingQuotas.map((gap) => [gap.principal, gap.because]),
  );
  return {
    users: design.principals.map((principal) => {
      const quota = quotas.get(principal.name);
      const gap = gaps.get(principal.name);
      return {
        name: principal.name,
        why: told(principal.why),
        variable: passwordVariable(principal.name),
        quotas: quota === undefined ? [] : quotaLines(quota),
        gaps: gap === undefined ? [] : [gap],
      };
    }),
  };
}

/** The limits of a quota by Kafka's own names. */
export function quotaLines(quota: Quota): readonly {
  readonly key: string;
  readonly value: number;
  readonly why: string;
}[] {
  const limits = [
    ['producer_byte_rate', quota.producerBytesPerSecond],
    ['consumer_byte_rate', quota.consumerBytesPerSecond],
  ] as const;
  return limits.flatMap(([key, value]) =>
    value === null ? [] : [{ key, value, why: told(quota.why) }],
  );
}

/** A right with its reasons as both the table and Strimzi's resources tell them. */
export interface ToldGrant extends Pick<
  Grant,
  'resource' | 'pattern' | 'name' | 'operations'
> {
  readonly why: string;
}

/** Tells the rights of every user that has any, by name. */
export function toldGrants(
  design: KafkaDesign,
): ReadonlyMap<string, readonly ToldGrant[]> {
  const byUser = new Map<string, ToldGrant[]>();
  for (const grant of design.grants) {
    const line = {
      resource: grant.resource,
      pattern: grant.pattern,
      name: grant.name,
      operations: grant.operations,
      why: grant.whys.map(told).join('; '),
    };
    const known = byUser.get(grant.principal);
    if (known === undefined) byUser.set(grant.principal, [line]);
    else known.push(line);
  }
  return byUser;
}

/** View of `acls.conf`: users without rights are left out. */
export function aclsView(
  byUser: ReadonlyMap<string, readonly ToldGrant[]>,
  { principals }: Pick<KafkaDesign, 'principals'>,
): object {
  const external = new Set(
    principals.filter((user) => user.isExternal).map(({ name }) => name),
  );
  return {
    users: [...byUser].map(([name, grants]) => ({
      name,
      isExternal: external.has(name),
      grants,
    })),
  };
}

/** View of one `environments/<name>.env`. */
export function environmentView(
  environment: Environment,
  options: KafkaOptions,
): object {
  return {
    title: `Environment ${environment.name}: what differs from the others.`,
    replication: environment.replication.value,
    replicationWhy: told({
      origin: environment.replication.origin,
      because: environment.replication.because ?? 'copies of each message',
    }),
    minInSync: environment.minInSync.value,
    minInSyncWhy: told({
      origin: environment.minInSync.origin,
      because:
        environment.minInSync.because ??
        'copies that have a write before acks=all confirms it',
    }),
    hosts: environment.hosts.join(','),
    hostsWhy: told({ origin: environment.origin, because: 'hosts' }),
    ...securityView(options),
  };
}

/** View of the environment file of the one-node compose project. */
export function oneNodeView(options: KafkaOptions): object {
  return {
    title: 'One node on a developer machine, as compose.yaml starts it.',
    replication: 1,
    replicationWhy: 'one node holds one copy',
    minInSync: 1,
    minInSyncWhy: 'one node: more would refuse every write',
    hosts: 'kafka:19092',
    hostsWhy: 'the listener inside the compose network',
    ...securityView(options),
    securityProtocol: 'SASL_PLAINTEXT',
    securityWhy: 'no certificates on a developer machine',
  };
}

function securityView(options: KafkaOptions): object {
  return {
    securityProtocol: options.securityProtocol,
    securityWhy: 'broker.options.securityProtocol',
    mechanism: options.saslMechanism,
    mechanismWhy: 'broker.options.saslMechanism',
  };
}
