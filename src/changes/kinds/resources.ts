// What is to exist on the broker: settings that it does not let anybody change, and what it keeps though nobody wants it.
// What can be changed, and how, is the broker's own knowledge.
import type { JsonValue } from '../../core/json.ts';
import { counted, shortList } from '../../core/text.ts';
import { gather } from '../../core/gather.ts';
import type {
  BrokerResource,
  ResourceSetting,
} from '../../brokers/resource.ts';
import type { Environment } from '../../model/model.ts';
import { canonical } from '../canonical.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { broken, consumersOf, distinct, subject } from '../parties.ts';
import { matchBy, type Side } from '../side.ts';

const entries = {
  'partitions-grown': {
    severity: 'warning',
    message: '{names} get {now} {setting} instead of {old}',
    hint: 'Let consumers work off what is there before the {setting} are added, or move to a new channel.',
    why: 'Keys are spread anew: events of one key after the change lie elsewhere than those before it, and may overtake them. State that consumers keep per partition no longer fits.',
  },
  'partitions-reduced': {
    severity: 'error',
    message:
      '{names} are to have {now} {setting} instead of {old}, which the broker refuses',
    hint: 'Keep {old}, or make a new channel and move to it.',
    why: 'A broker only ever adds to this number. Fewer means a new topic, with the messages and positions of the old one left behind.',
  },
  'setting-fixed': {
    severity: 'error',
    message:
      '"{setting}" of {names} goes from {old} to {now}, which the broker does not change in place',
    hint: 'Keep it, or make what needs it anew under another name and move to it.',
    why: 'The broker refuses to declare a thing again with other settings, so every service that declares it fails to start. Deleting it first loses what is in it.',
  },
  'resource-abandoned': {
    severity: 'warning',
    message:
      'the design has no use for {count} on the broker any more: {names}',
    hint: 'Delete them by hand once they are empty.',
    why: 'The broker keeps them, with what is in them, until somebody deletes them. Messages that wait there for a retry or were parked as dead letters are handled by nobody.',
  },
} as const;

/** Kinds of resources that hold messages; rights and bindings follow from those who take part. */
const keeping: ReadonlySet<string> = new Set(['topic', 'queue', 'stream']);
const compared: ReadonlySet<string> = new Set([...keeping, 'exchange']);

/** Reports: `diff/partitions-*`, `diff/setting-fixed`, `diff/resource-abandoned`. */
export const resources = defineKind(entries, (comparison, tell) => {
  const { before, after } = comparison;
  const [environment] = after.model.environments;
  // Another broker shares nothing that could be compared.
  if (
    environment === undefined ||
    before.model.broker.kind !== after.model.broker.kind
  )
    return [];
  const matched = matchBy(
    resourcesOf(before, environment),
    resourcesOf(after, environment),
    { before: identity, after: identity },
  );
  const changed = matched.both.flatMap(({ before: old, after: now }) =>
    changedSettings(old, now),
  );
  return [
    // What follows from one choice is told once: a channel's retry topics grow with it.
    ...[...gather(changed, ({ mark }) => [mark]).values()].map((alike) =>
      settingChange(comparison, { alike, tell }),
    ),
    ...[
      ...gather(
        matched.removed.filter(({ kind }) => keeping.has(kind)),
        ({ kind }) => [kind],
      ),
    ].map(([kind, gone]) =>
      tell(
        'resource-abandoned',
        { subject: subject('resource', kind), pointer: gone[0]?.origin ?? '' },
        {
          count: counted(gone.length, kind),
          names: shortList(distinct(gone.map(({ name }) => name))),
        },
      ),
    ),
  ];
});

/** Compared in one environment, the same for both: copies and addresses are another matter. */
function resourcesOf(
  { model, broker }: Side,
  environment: Environment,
): readonly BrokerResource[] {
  const placed = { ...model, environments: [environment] };
  return broker
    .desiredState(placed, environment)
    .resources.filter(({ kind }) => compared.has(kind));
}

const identity = ({ kind, name }: BrokerResource): string =>
  JSON.stringify([kind, name]);

interface ChangedSetting {
  readonly resource: BrokerResource;
  readonly key: string;
  readonly old: ResourceSetting;
  readonly now: ResourceSetting;
  readonly slug: Slug;
  /** The same for changes that follow from one choice. */
  readonly mark: string;
}

function changedSettings(
  old: BrokerResource,
  now: BrokerResource,
): readonly ChangedSetting[] {
  return Object.entries(now.settings).flatMap(([key, is]) => {
    const was = old.settings[key];
    const slug = was === undefined ? null : slugOf(was, is);
    if (was === undefined || slug === null) return [];
    if (canonical(was.value) === canonical(is.value)) return [];
    const mark = canonical([now.kind, key, was.value, is.value, is.origin]);
    return [{ resource: now, key, old: was, now: is, slug, mark }];
  });
}

function settingChange(
  comparison: Comparison,
  {
    alike,
    tell,
  }: {
    readonly alike: readonly ChangedSetting[];
    readonly tell: Teller<typeof entries>;
  },
): Change {
  const names = distinct(alike.map(({ resource }) => resource.name));
  const [first] = alike;
  if (first === undefined) throw new Error('a group has a member');
  const { key, old, now, slug, resource } = first;
  const readers = alike.flatMap(
    (one) => readersOf(comparison, one.resource).services,
  );
  // What others are derived from has the shortest name.
  const main = names.toSorted((left, right) => left.length - right.length)[0];
  return tell(
    slug,
    {
      subject: subject('resource', main ?? resource.name),
      pointer: now.origin,
      breaks: [broken('consumers', readers)],
    },
    {
      names: `the ${resource.kind}${names.length === 1 ? '' : 's'} ${shortList([
        ...new Set([main ?? '', ...names]),
      ])}`,
      setting: key,
      old: shown(old.value),
      now: shown(now.value),
    },
  );
}

type Slug = 'partitions-grown' | 'partitions-reduced' | 'setting-fixed';

function slugOf(old: ResourceSetting, now: ResourceSetting): Slug | null {
  switch (now.mutability) {
    case 'in-place':
    // What it follows from is compared itself.
    case 'elsewhere':
      return null;
    case 'grow-only':
      return Number(now.value) > Number(old.value)
        ? 'partitions-grown'
        : 'partitions-reduced';
    case 'fixed':
      return 'setting-fixed';
    default:
      return now.mutability satisfies never;
  }
}

const shown = (value: JsonValue): string =>
  typeof value === 'string' ? `"${value}"` : JSON.stringify(value);

/** The consumers behind a resource: of its channel, or of the group that it is made for. */
function readersOf(
  { after }: Comparison,
  { name }: BrokerResource,
): ReturnType<typeof broken> {
  const { model, broker } = after;
  const names = broker.names(model);
  const channel = model.channels.find((one) => names.channel(one) === name);
  const ofChannel = (channel?.events ?? []).flatMap(
    (event) => consumersOf(after, event).services,
  );
  const ofGroups = model.groups
    .filter(
      (group) =>
        names.positions(group).includes(name) ||
        name.startsWith(`${names.stem(group)}.`),
    )
    .map(({ service }) => service);
  return broken('consumers', [...ofChannel, ...ofGroups]);
}
