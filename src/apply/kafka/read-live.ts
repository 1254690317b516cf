// What a cluster holds, read through its admin protocol and spelt as the desired resources are.
import type { JsonValue } from '../../core/json.ts';
import type { LiveResource } from '../../brokers/resource.ts';
import { describeScramUsers, describeUserQuotas } from './admin-requests.ts';
import { aclParts, aclText, anyAcl, type LiveAcl } from './acl-text.ts';
import type { AdminClient, KafkaAdmin } from './kafka-admin.ts';
import { whenSettled } from './when-settled.ts';

/** kafkajs's number for configurations of topics. */
const topicConfigs = 2;
/** Where a setting comes from: set on the topic itself. */
const setOnTopic = 1;

export interface LiveKafka {
  readonly resources: readonly LiveResource[];
  /** The rights behind the texts, for removing them. */
  readonly acls: ReadonlyMap<string, LiveAcl>;
}

/** Reads topics with the settings made on them, users, quotas and rights. Settings are read only of topics that `isOfInterest` names. Throws: what kafkajs throws. */
export async function readLive(
  kafka: KafkaAdmin,
  isOfInterest: (topic: string) => boolean,
): Promise<LiveKafka> {
  // A topic that was just deleted may still be listed, and one that was just made may not answer yet.
  const topics = await whenSettled(async () =>
    readTopics(kafka.admin, isOfInterest),
  );
  const users = await kafka.send(describeScramUsers());
  const quotas = await kafka.send(describeUserQuotas());
  const { resources } = await kafka.admin.describeAcls(anyAcl);
  const acls = new Map(
    resources.flatMap(({ acls: rights, ...resource }) =>
      rights.map((right): readonly [string, LiveAcl] => {
        const acl = { ...resource, ...right };
        return [aclText(acl), acl];
      }),
    ),
  );
  return {
    resources: [
      ...topics,
      ...users.map(({ user, mechanisms }) => ({
        kind: 'user',
        name: user,
        settings: Object.fromEntries(mechanisms.map((one) => [one, true])),
      })),
      ...quotas.map(({ user, limits }) => ({
        kind: 'quota',
        name: user,
        settings: limits,
      })),
      ...[...acls].map(([name, acl]) => ({
        kind: 'acl',
        name,
        settings: { ...aclParts(acl) },
      })),
    ],
    acls,
  };
}

async function readTopics(
  admin: AdminClient,
  isOfInterest: (topic: string) => boolean,
): Promise<readonly LiveResource[]> {
  const { topics } = await admin.fetchTopicMetadata();
  // Kafka's own, such as __consumer_offsets.
  const own = topics.filter(({ name }) => !name.startsWith('__'));
  const names = own.map(({ name }) => name).filter(isOfInterest);
  const settings = await readSettings(admin, names);
  return own.map(({ name, partitions }) => ({
    kind: 'topic',
    name,
    settings: {
      partitions: partitions.length,
      'replication.factor': partitions[0]?.replicas.length ?? 0,
      ...settings.get(name),
    },
  }));
}

async function readSettings(
  admin: AdminClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, JsonValue>>>> {
  if (names.length === 0) return new Map();
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: topicConfigs, name })),
  });
  return new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      Object.fromEntries(
        configEntries
          .filter(({ configSource }) => configSource === setOnTopic)
          .map((entry) => [entry.configName, entry.configValue]),
      ),
    ]),
  );
}
