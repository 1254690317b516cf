// What people on duty and the lag exporter may do.
import type { Model } from '../../model/model.ts';
import type { Topic } from './design.ts';
import type { KafkaOptions } from './options.ts';
import { read, write } from './rights.ts';
import type { Right } from './rights.ts';

/** Rights of people: read dead letters, send them again to where they came from, and nothing more. */
export function operatorRights(
  topics: readonly Topic[],
  options: KafkaOptions,
): readonly Right[] {
  const principal = options.operatorPrincipal;
  const dead = topics.filter((topic) => topic.role === 'dead-letter');
  if (dead.length === 0) return [];
  return [
    ...dead.flatMap((topic) => [
      {
        principal,
        resource: 'topic' as const,
        name: topic.name,
        operations: read,
        why: { ...topic.why, because: 'looks at dead letters' },
      },
      {
        principal,
        resource: 'topic' as const,
        name: topic.channel ?? topic.name,
        operations: write,
        why: { ...topic.why, because: 'sends dead letters again' },
      },
      {
        principal,
        resource: 'group' as const,
        name: topic.readBy ?? topic.name,
        operations: read,
        why: { ...topic.why, because: 'replays dead letters' },
      },
    ]),
    {
      principal,
      resource: 'group',
      name: `${principal}.`,
      pattern: 'prefixed',
      operations: read,
      why: {
        origin: dead[0]?.why.origin ?? '',
        because: 'groups of the tools that people read dead letters with',
      },
    },
  ];
}

/** Rights of the lag exporter: describe, never read. */
export function exporterRights(
  model: Model,
  options: KafkaOptions,
): readonly Right[] {
  const why = {
    origin: model.broker.origin,
    because: 'consumer lag of every group on every topic',
  };
  const resources = [
    { resource: 'topic', name: '*' },
    { resource: 'group', name: '*' },
    { resource: 'cluster', name: 'kafka-cluster' },
  ] as const;
  return resources.map((resource) => ({
    ...resource,
    principal: options.exporterPrincipal,
    operations: ['Describe'],
    why,
  }));
}
