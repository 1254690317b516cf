// What can be added to a spec: for each kind its section, its flags, and what of it is asked when it is not given.
import {
  compatibilities,
  deliveries,
  idempotencies,
  kinds,
  orderings,
} from '../init/choices.ts';

/** How the text of a flag becomes a value: `names` are divided by commas, `yaml` is read as YAML. */
export type FlagType = 'text' | 'number' | 'boolean' | 'names' | 'yaml';

export interface Flag {
  /** Property of the entry, which is the flag's name too. */
  readonly name: string;
  readonly type: FlagType;
  readonly help: string;
  /** Asked on a terminal when it is not given; without one it has to be. */
  readonly isNeeded?: boolean;
  /** Given once for each item of a list. */
  readonly isRepeated?: boolean;
  /** Property that it is written to, when that is not its name. */
  readonly property?: string;
}

export interface EntryKind {
  readonly name: string;
  readonly section: string;
  readonly flags: readonly Flag[];
  /** What follows the name, in the words of the help; null when nothing may. */
  readonly more: string | null;
}

const flag = (
  name: string,
  type: FlagType,
  help: string,
  more: Partial<Flag> = {},
): Flag => ({ name, type, help, ...more });

const needed = { isNeeded: true } as const;
const words = (choices: readonly { readonly value: string }[]): string =>
  choices.map(({ value }) => value).join(', ');

const handlingFlags: readonly Flag[] = [
  flag('handler', 'text', 'name of the function that handles it'),
  flag('group', 'text', 'consumer group of its own'),
  flag('idempotency', 'text', words(idempotencies)),
  flag('delivery', 'text', words(deliveries)),
  flag('ordering', 'text', words(orderings)),
  flag('deadLetter', 'boolean', 'set aside what cannot be handled'),
  flag('retry', 'yaml', 'e.g. "{ attempts: 5, first: 1s }"'),
];

/** Everything that `add` takes, in alphabetical order. */
export const entryKinds: readonly EntryKind[] = [
  {
    name: 'aggregate',
    section: 'aggregates',
    more: null,
    flags: [
      flag('service', 'text', 'service that keeps it', needed),
      flag('storage', 'text', 'event-sourced or state'),
      flag('states', 'names', 'its states, the first is the initial one'),
      flag(
        'commands',
        'yaml',
        'e.g. "{ create: { emits: order.created } }"',
        needed,
      ),
    ],
  },
  {
    name: 'channel',
    section: 'channels',
    more: null,
    flags: [
      flag('events', 'names', 'events that share it'),
      flag('partitions', 'number', 'number of partitions'),
      flag('retention', 'text', 'e.g. 7d, or forever'),
      flag('compaction', 'boolean', 'keep only the last message of each key'),
    ],
  },
  {
    name: 'consumer',
    section: 'consumers',
    more: 'events or patterns that it handles',
    flags: handlingFlags,
  },
  {
    name: 'event',
    section: 'events',
    more: null,
    flags: [
      flag('type', 'text', words(kinds)),
      flag('description', 'text', 'what it tells'),
      flag('aggregate', 'text', 'aggregate that it belongs to'),
      flag('key', 'text', 'field of the payload that orders it'),
      flag('once', 'text', 'per-key: at most one for each key'),
      flag(
        'payload',
        'yaml',
        'e.g. "{ orderId: uuid, note?: string }"',
        needed,
      ),
      flag('public', 'boolean', 'also consumed outside this spec'),
      flag('compatibility', 'text', words(compatibilities)),
      flag('publisher', 'names', 'services that publish it'),
      flag('consumer', 'names', 'services that handle it'),
    ],
  },
  {
    name: 'projection',
    section: 'projections',
    more: null,
    flags: [
      flag('service', 'text', 'service that keeps it', needed),
      flag('from', 'names', 'events that it reads', needed),
      flag('key', 'text', 'field that identifies a row', needed),
      flag('fields', 'yaml', 'e.g. "{ orderId: uuid, total: number }"', needed),
    ],
  },
  {
    name: 'publisher',
    section: 'publishers',
    more: 'events that it publishes',
    flags: [
      flag('outbox', 'boolean', 'commit state and event together'),
      flag('changesState', 'boolean', 'commits state beside its events'),
    ],
  },
  {
    name: 'query',
    section: 'queries',
    more: null,
    flags: [
      flag('projection', 'text', 'read model that answers it', needed),
      flag('by', 'names', 'fields that are asked for'),
      flag('sort', 'text', 'field, with - before it for descending'),
    ],
  },
  {
    name: 'request',
    section: 'requests',
    more: null,
    flags: [
      flag('requester', 'text', 'service that asks', needed),
      flag('responder', 'text', 'service that answers', needed),
      flag('timeout', 'text', 'e.g. 5s'),
      flag('request', 'yaml', 'fields of the question', needed),
      flag('reply', 'yaml', 'fields of the answer', needed),
    ],
  },
  {
    name: 'saga',
    section: 'sagas',
    more: null,
    flags: [
      flag('style', 'text', 'orchestration or choreography'),
      flag('coordinator', 'text', 'service that runs it'),
      flag('starts', 'text', 'event that starts it', needed),
      flag(
        'correlation',
        'text',
        'field that ties its messages together',
        needed,
      ),
      flag('timeout', 'text', 'e.g. 1h'),
      flag(
        'step',
        'yaml',
        'e.g. "{ name: pay, command: c, success: s, failure: f }"; may be repeated',
        {
          isNeeded: true,
          isRepeated: true,
          property: 'steps',
        },
      ),
      flag('completes', 'text', 'event that ends it'),
      flag('aborts', 'text', 'event that ends it without success'),
    ],
  },
  {
    name: 'service',
    section: 'services',
    more: null,
    flags: [
      flag('description', 'text', 'what it does'),
      flag('owner', 'text', 'team that answers for it'),
      flag('context', 'text', 'bounded context'),
      flag('database', 'text', 'where it keeps its state'),
      flag('external', 'boolean', 'outside this system'),
    ],
  },
  {
    name: 'type',
    section: 'types',
    more: null,
    flags: [
      flag('fields', 'yaml', 'e.g. "{ street: string, city: string }"', needed),
    ],
  },
];
