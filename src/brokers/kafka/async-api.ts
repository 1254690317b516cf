// Kafka as AsyncAPI sees it: topics with their settings, consumer groups, keys. Kafka bindings 0.5.0.
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Model } from '../../model/model.ts';
import type { AsyncApiChannel, AsyncApiWiring } from '../async-api.ts';
import type { Setting, Topic } from './design.ts';
import { indexModel } from './model-index.ts';
import { replyTopic, requestTopic, responderGroup } from './names.ts';
import { kafkaOptions } from './options.ts';
import { planKafka } from './plan-kafka.ts';

const bindingVersion = '0.5.0';
/** Settings that concern who publishes and who reads, as the binding names them; the others are the operator's. */
const relevant: ReadonlySet<string> = new Set([
  'cleanup.policy',
  'retention.ms',
  'retention.bytes',
  'delete.retention.ms',
  'max.message.bytes',
]);

/** Describes the topics, groups and security of a model's Kafka design. */
export function kafkaAsyncApi(model: Model): AsyncApiWiring {
  const options = kafkaOptions(model);
  const index = indexModel(model);
  const topics = new Map(
    planKafka(model).topics.map((topic) => [topic.name, topic]),
  );
  const replicas = sameReplication(model);
  const channel = (name: string): AsyncApiChannel => ({
    key: name,
    address: name,
    description: sentence(topics.get(name)?.why.because ?? 'a topic'),
    parameters: {},
    bindings: topicBindings(topics.get(name), replicas),
  });
  return {
    protocol:
      options.securityProtocol === 'SASL_SSL' ? 'kafka-secure' : 'kafka',
    protocolVersion: model.broker.version.value,
    pathname: null,
    security: {
      type:
        options.saslMechanism === 'SCRAM-SHA-256'
          ? 'scramSha256'
          : 'scramSha512',
      description:
        'One principal per service; passwords come from the environment.',
    },
    // The key is the record's own; nothing else is needed.
    headers: {},
    sendTo: (event) => channel(event.channel),
    receiveFrom: (group) =>
      group.channels.map((name) => {
        const carried = new Set(index.channels.get(name)?.events);
        return {
          channel: channel(name),
          events: group.events.filter((event) => carried.has(event)),
        };
      }),
    requestTo: (request) => channel(requestTopic(request.name)),
    replyFrom: (request) => ({
      channel: channel(replyTopic(request.name)),
      addressLocation: null,
      correlationHeader: 'correlationid',
    }),
    sendBindings: () => ({}),
    receiveBindings: (group) => groupBindings(group.name),
    answerBindings: (request) => groupBindings(responderGroup(request.name)),
    messageBindings: (_name, key) =>
      key === null ? {} : { kafka: { key, bindingVersion } },
  };
}

function groupBindings(group: string): JsonObject {
  return {
    kafka: { groupId: { type: 'string', enum: [group] }, bindingVersion },
  };
}

function topicBindings(
  topic: Topic | undefined,
  replicas: number | null,
): JsonObject {
  if (topic === undefined) return {};
  return {
    kafka: {
      topic: topic.name,
      partitions: topic.partitions,
      ...(replicas !== null && { replicas }),
      topicConfiguration: Object.fromEntries(
        topic.settings
          .filter(({ key }) => relevant.has(key))
          .map((setting) => [setting.key, settingValue(setting)]),
      ),
      bindingVersion,
    },
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function settingValue({ key, value }: Setting): JsonValue {
  if (key === 'cleanup.policy') return value.split(',');
  return Number(value);
}

/** A binding has one number of replicas: said only where all environments agree. */
function sameReplication(model: Model): number | null {
  const numbers = new Set(
    model.environments.map(({ replication }) => replication.value),
  );
  return numbers.size === 1 ? ([...numbers][0] ?? null) : null;
}
