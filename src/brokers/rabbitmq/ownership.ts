// How what a virtual host holds stands to the design: its own, left behind by an earlier one, a right of somebody else on it, or
// nobody's business here.
import { isFound } from './patterns.ts';
import { readBindingName } from './resource-texts.ts';
import {
  deadLetterExchange,
  defaultExchangeAlias,
  unroutedName,
} from './names.ts';
import type { JsonValue } from '../../core/json.ts';
import type { Claim, DesiredState, LiveResource } from '../resource.ts';
import type { Topology } from './topology.ts';

/** Ends of the names that are made for a group's queue or a channel's exchange. */
const madeFor = /\.(?:dlq|log|lanes|lane\.\d+|retry|retry\.\w+)$/;

/**
 * Tells how a live thing stands to the design. Others may keep queues of their own in the virtual host, as outside consumers
 * of public events do. What this tool made is told by its name, or by its policy: each object has one that is named after
 * it, also when the design has dropped it.
 *
 * @param alsoAllowed users of others who may have rights on what is the design's own
 */
export function claimsOf(
  topology: Topology,
  alsoAllowed: readonly string[],
): DesiredState['claimOf'] {
  const users = new Set(topology.users.map(({ name }) => name));
  const allowed = new Set(alsoAllowed);
  const isNamed = namesOf(topology);
  const claimOn = (isOwn: boolean): Claim => ({
    kind: isOwn ? 'own' : 'foreign',
  });
  return (live) => {
    const { kind, name } = live;
    switch (kind) {
      case 'permission':
        if (users.has(name)) return { kind: 'own' };
        return allowed.has(name)
          ? { kind: 'foreign' }
          : claimOfRight(live, topology);
      case 'topic-permission':
        // Of another's user it only narrows a right, which is judged by itself.
        return claimOn(users.has(name.split(' on ')[0] ?? ''));
      case 'policy':
        return claimOn(/^(?:queue|exchange):/.test(name));
      case 'queue':
      case 'exchange':
        return claimOn(
          isNamed(name) ||
            wasMade(kind, name, live.settings['policy']) ||
            live.mark?.startsWith(`queue:${name}.`) === true,
        );
      case 'binding':
        return claimOfBinding(live, topology, isNamed);
      case 'slots':
        return claimOn(isNamed(name) || wasMade('exchange', name, live.mark));
      default:
        return { kind: 'foreign' };
    }
  };
}

// The queue that a group had before it got lanes is named as their stem.
function namesOf({ queues, exchanges }: Topology): (name: string) => boolean {
  const own = new Set([...queues, ...exchanges].map(({ name }) => name));
  const stems = new Set([...own].map((name) => name.replace(madeFor, '')));
  const spread = new Set(
    exchanges
      .filter(({ type }) => type === 'headers')
      .map(({ name }) => name.replace(madeFor, '')),
  );
  return (name) =>
    own.has(name) ||
    spread.has(name) ||
    (madeFor.test(name) && stems.has(name.replace(madeFor, '')));
}

// Lanes share the policy of their group.
function wasMade(
  kind: 'queue' | 'exchange',
  name: string,
  policy: JsonValue | undefined,
): boolean {
  const stem = name.replace(/\.lane\.\d+$/, '');
  return policy === `${kind}:${name}` || policy === `${kind}:${stem}`;
}

// A queue that has left the design and is still bound fills, as nobody may read it any more; at its limit it refuses what its
// exchange gets, for everybody. Dead letters keep their way: what waits in such a queue may still be given up.
function claimOfBinding(
  { name, mark }: LiveResource,
  { queues, exchanges }: Topology,
  isNamed: (name: string) => boolean,
): Claim {
  const parts = readBindingName(name);
  if (parts === null) return { kind: 'foreign' };
  const { source, destination, to } = parts;
  if (!isNamed(destination) && !wasMade(to, destination, mark))
    return { kind: 'foreign' };
  const isWanted = (to === 'queue' ? queues : exchanges).some(
    (one) => one.name === destination,
  );
  const feeds =
    source !== deadLetterExchange &&
    source !== unroutedName &&
    exchanges.some((one) => one.name === source);
  return feeds && !isWanted
    ? {
        kind: 'dangling',
        because: `the design no longer has ${to} ${destination}: nobody reads it, and when it is full it refuses what is published to ${source}`,
      }
    : { kind: 'own' };
}

type Verb = 'configure' | 'write' | 'read';

function claimOfRight(
  { settings }: LiveResource,
  { queues, exchanges }: Topology,
): Claim {
  const things = [
    ...exchanges.map(({ name }) => ({ name, text: `exchange ${name}` })),
    ...queues.map(({ name }) => ({ name, text: `queue ${name}` })),
  ];
  const reached = (verb: Verb): readonly string[] => {
    const pattern = String(settings[verb] ?? '');
    const byName = things
      .filter(({ name }) => reaches(pattern, name))
      .map(({ text }) => text);
    return verb === 'write' && reaches(pattern, defaultExchangeAlias)
      ? [...byName, 'every queue by the default exchange']
      : byName;
  };
  const verbs = (['configure', 'write', 'read'] as const)
    .map((verb) => ({ verb, all: reached(verb) }))
    .filter(({ all }) => all.length > 0);
  if (verbs.length === 0) return { kind: 'foreign' };
  const told = verbs.map(({ verb, all }) => {
    const [first = ''] = all;
    return `${verb}: ${first}${all.length === 1 ? '' : ` and ${all.length - 1} more`}`;
  });
  // A right is one on this virtual host, which is the design's.
  return { kind: 'stranger', reaches: told.join('; '), goesFurther: false };
}

/** An empty pattern reaches nothing; one that only the broker can read may reach anything. */
const reaches = (pattern: string, name: string): boolean =>
  pattern !== '' && (isFound(pattern, name) ?? true);
