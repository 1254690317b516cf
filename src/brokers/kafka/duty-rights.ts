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
    ...dead.flatMap(({ name, channel, readBy, why: { origin } }) => [
      {
        principal,
        resource: 'topic' as const,
        name,
        operations: read,
        why: { origin, because: 'looks at dead letters' },
      },
      {
        principal,
        resource: 'topic' as const,
        name: channel ?? name,
        operations: write,
        why: { origin, because: 'sends dead letters again' },
      },
      {
        principal,
        resource: 'group' as const,
        name: readBy ?? name,
        operations: read,
        why: { origin, because: 'replays dead letters' },
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
