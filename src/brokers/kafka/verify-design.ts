// Graph checks of a design: does everything that is mentioned exist, and does it hold together.
// The lowering should never fail them; they guard it, and files that were read back from disk, against silent gaps.
import type { KafkaDesign, Topic } from './design.ts';

/** What the graph checks need to know of the model: the groups that exist. */
export interface Surroundings {
  readonly groups: ReadonlySet<string>;
}

/** Lists what does not hold, one sentence each; empty when everything does. */
export function verifyDesign(
  design: Pick<KafkaDesign, 'topics' | 'principals' | 'grants' | 'quotas'>,
  around: Surroundings,
): readonly string[] {
  const topics = new Map(design.topics.map((topic) => [topic.name, topic]));
  return [
    ...verifyGrants(design, topics, around),
    ...verifyUse(design),
    ...design.topics.flatMap((topic) => verifyTopic(topic, topics)),
    ...twice(design.topics.map((topic) => topic.name)).map(
      (name) => `topic ${name} stands there twice`,
    ),
  ];
}

function verifyGrants(
  design: Pick<KafkaDesign, 'topics' | 'principals' | 'grants' | 'quotas'>,
  topics: ReadonlyMap<string, Topic>,
  around: Surroundings,
): readonly string[] {
  const users = new Set(design.principals.map((principal) => principal.name));
  const groups = new Set([
    ...around.groups,
    ...design.topics.flatMap((topic) => topic.readBy ?? []),
  ]);
  const strangers = [...design.grants, ...design.quotas]
    .filter((one) => !users.has(one.principal))
    .map((one) => `${one.principal} has rights or a quota and is no user`);
  const dangling = design.grants.flatMap((grant) => {
    if (grant.pattern === 'prefixed' || grant.name === '*') return [];
    const isKnown =
      grant.resource === 'topic'
        ? topics.has(grant.name)
        : grant.resource !== 'group' || groups.has(grant.name);
    return isKnown
      ? []
      : [
          `${grant.principal} has a right on ${grant.resource} ${grant.name}, which does not exist`,
        ];
  });
  return [...strangers, ...dangling];
}

// A topic that nobody can write or nobody can read is a right that was forgotten.
function verifyUse(
  design: Pick<KafkaDesign, 'topics' | 'grants'>,
): readonly string[] {
  const used = (operation: 'Read' | 'Write'): ReadonlySet<string> =>
    new Set(
      design.grants
        .filter(
          (grant) =>
            grant.resource === 'topic' && grant.operations.includes(operation),
        )
        .map((grant) => grant.name),
    );
  const written = used('Write');
  const read = used('Read');
  return design.topics
    .filter((topic) => topic.role !== 'channel')
    .flatMap((topic) => [
      ...(written.has(topic.name) ? [] : [`nobody may write ${topic.name}`]),
      ...(read.has(topic.name) ? [] : [`nobody may read ${topic.name}`]),
    ]);
}

function verifyTopic(
  topic: Topic,
  topics: ReadonlyMap<string, Topic>,
): readonly string[] {
  const source = topics.get(topic.channel ?? topic.name);
  const policy =
    topic.settings.find((one) => one.key === 'cleanup.policy')?.value ?? '';
  return [
    ...(source === undefined
      ? [`${topic.name} serves ${topic.channel ?? ''}, which does not exist`]
      : []),
    ...(source !== undefined && topic.partitions < source.partitions
      ? [`${topic.name} has fewer partitions than ${source.name}`]
      : []),
    ...(policy.includes('compact') && !topic.isKeyed
      ? [`${topic.name} is compacted and carries messages without a key`]
      : []),
  ];
}

function twice(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const isAgain = seen.has(name);
    seen.add(name);
    return isAgain;
  });
}
