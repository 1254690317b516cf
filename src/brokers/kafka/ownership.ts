// Which live things are a design's own (ADR-0017): a design guards its own topics, groups and transactional ids, whoever
// has rights on them, and leaves to their owners what its users may do elsewhere. Kafka has no place for a mark.
import type { Claim, LiveResource } from '../resource.ts';
import type { Grant, KafkaDesign } from './design.ts';
import { principalName } from './names.ts';

/** One live right, as `settings` of a live resource of kind `acl` spell it. */
export interface LiveRight {
  /** Without `User:`; `*` is everybody. */
  readonly principal: string;
  readonly operation: string;
  readonly resource: string;
  readonly pattern: string;
  readonly name: string;
  readonly isDenied: boolean;
}

/** Operations that neither bring messages nor change anything. */
const harmless: ReadonlySet<string> = new Set(['Describe', 'DescribeConfigs']);

/** Everybody's principal. */
const everybody = '*';

/** Answers how a live thing stands to the design. `alsoAllowed` names users of others who may reach what is its own. */
export function claimsOf(
  design: Pick<KafkaDesign, 'topics' | 'principals' | 'grants'>,
  alsoAllowed: readonly string[],
): (live: LiveResource) => Claim {
  const users = new Map(design.principals.map((user) => [user.name, user]));
  const allowed = new Set(alsoAllowed);
  const isOwnTopic = ownTopicsOf(design);
  const isServing = servingTopics(design, isOwnTopic, alsoAllowed);
  const own = namesOf(design, () => true);
  const guarded = namesOf(design, isOwnTopic);
  const claimRight = (right: LiveRight): Claim => {
    const user = users.get(right.principal);
    if (user === undefined) {
      const reached =
        isEffective(right) && !allowed.has(right.principal)
          ? reach(right, guarded, isServing)
          : null;
      return reached === null
        ? foreign
        : {
            kind: 'stranger',
            reaches: reached,
            goesFurther: isOfMany(right),
          };
    }
    // What is neither a topic nor a group nor an id is nobody's in particular, and no design gives it to a service.
    const isOwn =
      !isGuardedType(right.resource) ||
      reach(right, user.isExternal ? guarded : own, isServing) !== null;
    return { kind: isOwn ? 'own' : 'shared' };
  };
  return ({ kind, name, settings }) => {
    switch (kind) {
      case 'topic':
        return isServing(name) ? { kind: 'own' } : foreign;
      case 'acl':
        // What is read of a live right: see `aclParts` of the deployer.
        return claimRight(settings as unknown as LiveRight);
      default:
        return foreign;
    }
  };
}

const foreign: Claim = { kind: 'foreign' };

// A denial to somebody who has no part in the design takes nothing from it.
const isEffective = ({ operation, isDenied, principal }: LiveRight): boolean =>
  isDenied ? principal === everybody : !harmless.has(operation);

interface Names {
  readonly literal: ReadonlyMap<string, ReadonlySet<string>>;
  readonly prefixes: readonly Grant[];
  /** Channels of which the design owns the groups that are named after them. */
  readonly channels: readonly string[];
}

// Topics, groups and ids that rights of the design name; the exporter's `*` is nobody's own.
function namesOf(
  { topics, grants }: Pick<KafkaDesign, 'topics' | 'grants'>,
  isOwnTopic: (topic: string) => boolean,
): Names {
  const literal = new Map<string, Set<string>>();
  const add = (type: string, name: string): void => {
    literal.set(type, (literal.get(type) ?? new Set<string>()).add(name));
  };
  for (const { name } of topics) if (isOwnTopic(name)) add('topic', name);
  for (const { resource, pattern, name } of grants)
    if (resource !== 'topic' && pattern === 'literal' && name !== everybody)
      add(resource, name);
  return {
    literal,
    prefixes: grants.filter(({ pattern }) => pattern === 'prefixed'),
    channels: topics
      .filter(({ role, name }) => role === 'channel' && isOwnTopic(name))
      .map(({ name }) => name),
  };
}

// A topic that only services outside the design write is theirs, though the design makes it where it is missing.
function ownTopicsOf({
  grants,
  principals,
  topics,
}: Pick<KafkaDesign, 'topics' | 'principals' | 'grants'>): (
  topic: string,
) => boolean {
  const inside = new Set(
    principals
      .filter(({ role, isExternal }) => role === 'service' && !isExternal)
      .map(({ name }) => name),
  );
  const written = new Set(
    grants
      .filter(
        ({ resource, operations, principal }) =>
          resource === 'topic' &&
          operations.includes('Write') &&
          inside.has(principal),
      )
      .map(({ name }) => name),
  );
  const unwritten = new Set(
    topics.map(({ name }) => name).filter((name) => !written.has(name)),
  );
  return (topic) => !unwritten.has(topic);
}

// Retry and dead-letter topics of a channel, also of a group that has left the design; those of users of others are
// theirs, and on a channel of others only those of the design's own services are the design's.
function servingTopics(
  { topics, principals }: Pick<KafkaDesign, 'topics' | 'principals'>,
  isOwnTopic: (topic: string) => boolean,
  allowed: readonly string[],
): (name: string) => boolean {
  const channels = topics.filter((topic) => topic.role === 'channel');
  const inside = principals
    .filter(({ isExternal }) => !isExternal)
    .map(({ name }) => name);
  const isOfOne = (group: string, users: readonly string[]): boolean =>
    users.some((user) => group.startsWith(`${user}.`));
  return (name) =>
    /\.(retry\.\d+|dlt)$/.test(name) &&
    channels.some((channel) => {
      if (!name.startsWith(`${channel.name}.`)) return false;
      const group = principalName(name.slice(channel.name.length + 1));
      return isOwnTopic(channel.name)
        ? !isOfOne(group, allowed)
        : isOfOne(group, inside);
    });
}

const isGuardedType = (type: string): boolean =>
  type === 'topic' || type === 'group' || type === 'transactional-id';

// What a right reaches of the design's own, as `topic order.created`, or null.
function reach(
  right: LiveRight,
  names: Names,
  isServing: (name: string) => boolean,
): string | null {
  const { resource, name } = right;
  if (!isGuardedType(resource)) return null;
  if (isOfMany(right)) return reachOfMany(right, names);
  return isOwnName(right, names) || (resource === 'topic' && isServing(name))
    ? `${resource} ${name}`
    : null;
}

const isOfMany = ({ pattern, name }: LiveRight): boolean =>
  pattern !== 'literal' || name === everybody;

const isOwnName = ({ resource, name }: LiveRight, names: Names): boolean =>
  (names.literal.get(resource)?.has(name) ?? false) ||
  prefixesOf(names, resource).some((begin) => name.startsWith(begin)) ||
  (resource === 'group' && isGroupOf(name, names.channels));

function reachOfMany(
  { resource, pattern, name }: LiveRight,
  names: Names,
): string | null {
  const start = pattern === 'prefixed' ? name : '';
  const [first, ...others] = [
    ...[...(names.literal.get(resource) ?? [])].filter((one) =>
      one.startsWith(start),
    ),
    ...prefixesOf(names, resource).filter(
      (begin) => begin.startsWith(start) || start.startsWith(begin),
    ),
  ];
  if (first === undefined) return null;
  return others.length === 0
    ? `${resource} ${first}`
    : `${resource} ${first} and ${others.length} more`;
}

const prefixesOf = ({ prefixes }: Names, resource: string): readonly string[] =>
  prefixes.filter((one) => one.resource === resource).map(({ name }) => name);

// Groups are called by service and channel; those of a service that has left the design too.
const isGroupOf = (group: string, channels: readonly string[]): boolean =>
  channels.some((channel) =>
    group.replace(/\.(?:retry\.\d+|replay)$/, '').endsWith(`.${channel}`),
  );
