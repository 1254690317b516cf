// A Kafka design as neutral resources of one environment, for comparison with a live cluster.
import type {
  BrokerResource,
  DesiredState,
  ResourceSetting,
} from '../resource.ts';
import type { Environment } from '../../model/model.ts';
import type {
  Grant,
  KafkaDesign,
  Operation,
  Quota,
  Topic,
  TopicRole,
  Why,
} from './design.ts';
import type { KafkaOptions } from './options.ts';
import { claimsOf } from './ownership.ts';

/**
 * Lists what is to be in an environment, in the order in which it has to be made: what takes failed messages before what
 * they come from, users before their limits, and the rights last: to set messages aside, to read, then to write. Until
 * its rights are there a service can do nothing.
 */
export function kafkaDesiredState(
  design: KafkaDesign,
  environment: Environment,
  options: KafkaOptions,
): DesiredState {
  const topics = design.topics.toSorted(
    (left, right) => topicOrder[left.role] - topicOrder[right.role],
  );
  return {
    resources: [
      ...topics.map((topic) => topicResource(topic, environment)),
      ...design.principals.map(({ name, why }) => ({
        kind: 'user',
        name,
        settings: {
          [options.saslMechanism]: {
            ...why,
            value: true,
            mutability: 'in-place' as const,
          },
        },
        ...why,
      })),
      ...design.quotas.map(quotaResource),
      ...aclResources(design),
    ],
    claimOf: claimsOf(design, options.alsoAllowed),
  };
}

const topicOrder: Readonly<Record<TopicRole, number>> = {
  'dead-letter': 0,
  retry: 1,
  reply: 2,
  request: 3,
  channel: 4,
};

/** The name of a right: user, operation, resource, pattern and name, as `plan` prints it. */
export function aclName(right: {
  readonly principal: string;
  readonly operation: string;
  readonly resource: string;
  readonly pattern: string;
  readonly name: string;
}): string {
  const { principal, operation, resource, pattern, name } = right;
  return `${principal} ${operation} ${resource} ${pattern} ${name}`;
}

function topicResource(topic: Topic, environment: Environment): BrokerResource {
  const settings: Record<string, ResourceSetting> = {
    partitions: {
      ...topic.partitionsWhy,
      value: topic.partitions,
      mutability: 'grow-only',
    },
    'replication.factor': {
      ...whyOf(environment.replication, 'copies of each message'),
      value: environment.replication.value,
      mutability: 'elsewhere',
    },
    'min.insync.replicas': {
      ...whyOf(environment.minInSync, 'copies before a write is confirmed'),
      value: String(environment.minInSync.value),
      mutability: 'in-place',
    },
  };
  for (const { key, value, origin, because } of topic.settings)
    settings[key] = { value, origin, because, mutability: 'in-place' };
  return { kind: 'topic', name: topic.name, settings, ...topic.why };
}

function quotaResource(quota: Quota): BrokerResource {
  const limits = [
    ['producer_byte_rate', quota.producerBytesPerSecond],
    ['consumer_byte_rate', quota.consumerBytesPerSecond],
  ] as const;
  const settings = limits.flatMap(
    ([key, value]): readonly (readonly [string, ResourceSetting])[] =>
      value === null
        ? []
        : [[key, { ...quota.why, value, mutability: 'in-place' }]],
  );
  return {
    kind: 'quota',
    name: quota.principal,
    settings: Object.fromEntries(settings),
    ...quota.why,
  };
}

function aclResources({
  topics,
  grants,
}: KafkaDesign): readonly BrokerResource[] {
  const aside = new Set(
    topics
      .filter(({ role }) => role === 'dead-letter' || role === 'retry')
      .map(({ name }) => name),
  );
  const order = (grant: Grant, operation: Operation): number => {
    if (grant.resource === 'topic' && aside.has(grant.name)) return 0;
    return operation === 'Write' ? 2 : 1;
  };
  return grants
    .flatMap((grant) =>
      grant.operations.map((operation) => ({
        rank: order(grant, operation),
        resource: aclResource(grant, operation),
      })),
    )
    .toSorted((left, right) => left.rank - right.rank)
    .map(({ resource }) => resource);
}

function aclResource(grant: Grant, operation: Operation): BrokerResource {
  const why = grant.whys[0] ?? { origin: '', because: '' };
  return {
    kind: 'acl',
    name: aclName({ ...grant, operation }),
    settings: {},
    ...why,
  };
}

function whyOf(
  sourced: { readonly origin: string; readonly because: string | null },
  otherwise: string,
): Why {
  return { origin: sourced.origin, because: sourced.because ?? otherwise };
}
