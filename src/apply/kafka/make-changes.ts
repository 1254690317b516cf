// Wanted resources to calls of the admin protocol; neighbours of one kind go together in one call.
import type { JsonValue } from '../../core/json.ts';
import type { BrokerResource } from '../../brokers/resource.ts';
import type { Change } from '../diff-resources.ts';
import { aclOf } from './acl-text.ts';
import {
  alterTopicSettings,
  alterUserQuotas,
  setScramUsers,
} from './admin-requests.ts';
import type { KafkaAdmin } from './kafka-admin.ts';
import { scramCredential } from './scram.ts';

/** How long the cluster may take over one call. */
const patienceMs = 30_000;
/** How many things one call makes: few enough that a run that is interrupted has told most of what it did. */
const batchSize = 25;

/** Makes changes in their order and tells each when the broker has confirmed it. Throws: `HostError`, or what kafkajs throws. */
export async function makeChanges(
  changes: readonly Change[],
  kafka: KafkaAdmin,
  {
    passwordOf,
    tell,
  }: {
    readonly passwordOf: (user: string) => string;
    readonly tell: (change: Change) => void;
  },
): Promise<void> {
  for (const batch of batches(changes)) {
    const [first] = batch;
    if (first === undefined) continue;
    switch (first.resource.kind) {
      case 'topic':
        await (first.kind === 'create'
          ? createTopics(batch, kafka)
          : changeTopics(batch, kafka));
        break;
      case 'user':
        await setUsers(batch, kafka, passwordOf);
        break;
      case 'quota':
        await kafka.send(
          alterUserQuotas(
            batch.map(({ resource }) => ({
              user: resource.name,
              limits: valuesOf(resource, Number),
            })),
          ),
        );
        break;
      case 'acl':
        await kafka.admin.createAcls({
          acl: batch.map(({ resource }) => aclOf(resource.name)),
        });
        break;
      default:
        throw new Error(`Kafka has no resource of kind ${first.resource.kind}`);
    }
    for (const change of batch) tell(change);
  }
}

function batches(changes: readonly Change[]): readonly (readonly Change[])[] {
  const all: Change[][] = [];
  for (const change of changes) {
    const last = all.at(-1);
    const [before] = last ?? [];
    const isAlike =
      before !== undefined &&
      before.kind === change.kind &&
      before.resource.kind === change.resource.kind;
    if (last !== undefined && isAlike && last.length < batchSize)
      last.push(change);
    else all.push([change]);
  }
  return all;
}

function valuesOf<T>(
  { settings }: BrokerResource,
  read: (value: JsonValue) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, { value }]) => [key, read(value)]),
  );
}

// Kafka takes and gives every setting as text.
const textOf = (value: JsonValue): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

async function createTopics(
  batch: readonly Change[],
  { admin }: KafkaAdmin,
): Promise<void> {
  await admin.createTopics({
    // kafkajs would take a broker that has not heard of the topic yet for a failure; what is made is looked for later.
    waitForLeaders: false,
    timeout: patienceMs,
    topics: batch.map(({ resource }) => {
      const {
        partitions,
        'replication.factor': copies,
        ...settings
      } = valuesOf(resource, textOf);
      return {
        topic: resource.name,
        numPartitions: Number(partitions),
        replicationFactor: Number(copies),
        configEntries: Object.entries(settings).map(([name, value]) => ({
          name,
          value,
        })),
      };
    }),
  });
}

async function changeTopics(
  batch: readonly Change[],
  { admin, send }: KafkaAdmin,
): Promise<void> {
  const grown = batch.flatMap(({ resource, ...change }) =>
    'settings' in change
      ? change.settings
          .filter(({ key }) => key === 'partitions')
          .map(({ wanted }) => ({
            topic: resource.name,
            count: Number(wanted),
          }))
      : [],
  );
  if (grown.length > 0)
    await admin.createPartitions({ topicPartitions: grown });
  const altered = batch.flatMap(({ resource, ...change }) => {
    const settings = ('settings' in change ? change.settings : [])
      .filter(({ key }) => key !== 'partitions')
      .map(({ key, wanted }) => [key, textOf(wanted)]);
    return settings.length === 0
      ? []
      : [{ topic: resource.name, settings: Object.fromEntries(settings) }];
  });
  if (altered.length > 0) await send(alterTopicSettings(altered));
}

async function setUsers(
  batch: readonly Change[],
  kafka: KafkaAdmin,
  passwordOf: (user: string) => string,
): Promise<void> {
  const credentials = batch.flatMap(({ resource }) =>
    Object.keys(resource.settings).map(async (mechanism) =>
      scramCredential(resource.name, mechanism, passwordOf(resource.name)),
    ),
  );
  await kafka.send(setScramUsers(await Promise.all(credentials)));
}
