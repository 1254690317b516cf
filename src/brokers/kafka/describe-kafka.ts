// Kafka's own account of a design: topics with their partitions, retention and cleanup.
import type { Locale } from '../../core/locale.ts';
import { formatDuration } from '../../core/units.ts';
import type { Model } from '../../model/model.ts';
import { fact, type Description, type Fact } from '../description.ts';
import type { Topic } from './design.ts';
import { replyTopic, requestTopic } from './names.ts';
import { kafkaOptions } from './options.ts';
import { planKafka } from './plan-kafka.ts';
import { toolOptions } from './tool-options.ts';

/** Describes what a model comes to on Kafka, read from the planned topics. */
export function describeKafka(model: Model): Description {
  const topics = new Map(
    planKafka(model).topics.map((topic) => [topic.name, topic]),
  );
  const version = model.broker.version.value;
  return {
    channels: {
      heads: ['head.partitions', 'head.retention', 'head.cleanup'],
      cells: ({ name }) => topicCells(topics.get(name), model.locale),
    },
    groups: { heads: [], cells: () => [] },
    requests: {
      heads: [
        'head.questions',
        'head.answers',
        'head.partitions',
        'head.retention',
      ],
      cells: ({ name }) => [
        [fact('topic', { topic: requestTopic(name) })],
        [fact('topic', { topic: replyTopic(name) })],
        ...topicCells(topics.get(requestTopic(name)), model.locale).slice(0, 2),
      ],
    },
    // A topic keeps what was read.
    history: ({ name }) => name,
    retention: ({ name }) => {
      const ms = keptMs(topics.get(name));
      return ms < 0 ? 'forever' : ms;
    },
    bound: [],
    away: () => null,
    dropped: () => [],
    keeps: ({ name }) => {
      const [, retention = [], cleanup = []] = topicCells(
        topics.get(name),
        model.locale,
      );
      return [
        ...retention,
        ...cleanup.filter(({ key }) => key === 'cleanup.compact'),
      ];
    },
    copiesNeeded: ({ minInSync }) => minInSync.value,
    unreplicated: [],
    commandParameters: {
      ...toolOptions(version),
      // The operator may read with any group under its own name.
      lookGroups: `${kafkaOptions(model).operatorPrincipal}.look.`,
    },
  };
}

function topicCells(
  topic: Topic | undefined,
  locale: Locale,
): readonly (readonly Fact[])[] {
  // Every channel and request has a topic.
  if (topic === undefined) return [[], [], []];
  const retentionMs = keptMs(topic);
  const isCompacted =
    settingOf(topic, 'cleanup.policy')?.includes('compact') ?? false;
  return [
    [fact('partition-count', { count: topic.partitions })],
    [
      retentionMs < 0
        ? fact('stays.forever')
        : fact('stays.for', { duration: formatDuration(retentionMs, locale) }),
    ],
    [fact(isCompacted ? 'cleanup.compact' : deletion(retentionMs))],
  ];
}

const settingOf = (topic: Topic | undefined, key: string): string | null =>
  topic?.settings.find((one) => one.key === key)?.value ?? null;

/** How long a topic keeps messages, ms; below 0 for ever. */
const keptMs = (topic: Topic | undefined): number =>
  Number(settingOf(topic, 'retention.ms') ?? '-1');

const deletion = (retentionMs: number): string =>
  retentionMs < 0 ? 'cleanup.never' : 'cleanup.delete';
