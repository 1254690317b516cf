// Kafka's names for documents: topics for channels, groups by their own name, retry and dead-letter topics as planned.
import type { Model } from '../../model/model.ts';
import type { ResourceNames } from '../resource-names.ts';
import { principalName, replayGroup } from './names.ts';
import { planKafka } from './plan-kafka.ts';

/** Names what a model needs on Kafka. */
export function kafkaResourceNames(model: Model): ResourceNames {
  const { topics } = planKafka(model);
  const topicsOf = new Map<string, (typeof topics)[number][]>();
  for (const topic of topics) {
    if (topic.group === null) continue;
    const known = topicsOf.get(topic.group);
    if (known === undefined) topicsOf.set(topic.group, [topic]);
    else known.push(topic);
  }
  return {
    channel: (channel) => channel.name,
    positions: (group) => [group.name],
    stem: (group) => group.name,
    parked: (group) =>
      (topicsOf.get(group.name) ?? [])
        .filter((topic) => topic.role === 'dead-letter')
        .map((topic) => ({
          name: topic.name,
          returnsTo: topic.channel ?? group.name,
          way: 'direct',
        })),
    waiting: (group) =>
      (topicsOf.get(group.name) ?? [])
        .filter((topic) => topic.role === 'retry')
        .map((topic) => topic.name),
    user: principalName,
    replayer: (group) => replayGroup(group.name),
  };
}
