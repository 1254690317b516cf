// Which things of the old design are the same ones under another name. Only where it is certain: everything but the name is
// the same, and nothing else could be meant.
import { byCodeUnit } from '../core/artifact.ts';
import { shapeSchema } from '../model/json-schema.ts';
import type { Channel, ConsumerGroup, Event, Service } from '../model/model.ts';
import { canonical } from './canonical.ts';
import type { Side } from './side.ts';

/** Old name to new name. */
export interface Renames {
  readonly events: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
}

/** Finds the renames. A fingerprint of null is too little to tell by. */
export function findRenames(before: Side, after: Side): Renames {
  const events = renamed(
    { things: before.model.events, print: eventPrint(before) },
    { things: after.model.events, print: eventPrint(after) },
  );
  const services = renamed(
    { things: before.model.services, print: servicePrint(before) },
    { things: after.model.services, print: servicePrint(after) },
  );
  const same = new Map<string, string>();
  const channels = renamed(
    { things: before.model.channels, print: channelPrint(events) },
    { things: after.model.channels, print: channelPrint(same) },
  );
  const groups = renamed(
    {
      things: before.model.groups,
      print: groupPrint(before, { events, services }),
    },
    {
      things: after.model.groups,
      print: groupPrint(after, { events: same, services: same }),
    },
  );
  return { events, services, channels, groups };
}

interface Candidates<T> {
  readonly things: readonly T[];
  readonly print: (one: T) => string | null;
}

function renamed<T extends { readonly name: string }>(
  before: Candidates<T>,
  after: Candidates<T>,
): ReadonlyMap<string, string> {
  const gone = uniquePrints(before, after.things);
  const come = uniquePrints(after, before.things);
  return new Map(
    [...gone].flatMap(([print, old]) => {
      const now = come.get(print);
      return now === undefined ? [] : [[old, now] as const];
    }),
  );
}

/** The names that stand on this side only, by a fingerprint that no other of them has. */
function uniquePrints<T extends { readonly name: string }>(
  { things, print }: Candidates<T>,
  others: readonly T[],
): ReadonlyMap<string, string> {
  const known = new Set(others.map(({ name }) => name));
  const found = new Map<string, string | null>();
  for (const one of things) {
    const mark = known.has(one.name) ? null : print(one);
    if (mark !== null) found.set(mark, found.has(mark) ? null : one.name);
  }
  return new Map(
    [...found].flatMap(([mark, name]) =>
      name === null ? [] : [[mark, name] as const],
    ),
  );
}

/**
 * An event without participants looks like many others, and so does one of a single field, such as the key, unless both those
 * who publish it and those who consume it tell it apart.
 */
const eventPrint =
  (side: Side) =>
  (event: Event): string | null => {
    const { facts, types } = side;
    const publishers = (facts.publicationsByEvent().get(event.name) ?? []).map(
      ({ service }) => service,
    );
    const consumers = (facts.subscriptionsByEvent().get(event.name) ?? []).map(
      ({ service }) => service,
    );
    const isBetween = publishers.length > 0 && consumers.length > 0;
    const isKnown = publishers.length + consumers.length > 0;
    const enough = isBetween ? 1 : 2;
    if (!isKnown || event.payload.fields.length < enough) return null;
    return canonical([
      event.kind,
      event.key,
      event.aggregate,
      event.version,
      event.isPublic,
      event.description,
      shapeSchema(types, event.payload, 'open'),
      event.headers === null ? null : shapeSchema(types, event.headers, 'open'),
      [...new Set(publishers)].toSorted(byCodeUnit),
      [...new Set(consumers)].toSorted(byCodeUnit),
    ]);
  };

const servicePrint =
  ({ facts }: Side) =>
  ({ name, owner, context, database, isExternal }: Service): string | null => {
    const publishes = (facts.publicationsByService().get(name) ?? []).map(
      ({ event }) => event,
    );
    const consumes = (facts.subscriptionsByService().get(name) ?? []).map(
      ({ pattern }) => pattern,
    );
    if (publishes.length + consumes.length < 2) return null;
    return canonical([
      owner,
      context,
      database,
      isExternal,
      publishes.toSorted(byCodeUnit),
      consumes.toSorted(byCodeUnit),
    ]);
  };

const channelPrint =
  (events: ReadonlyMap<string, string>) =>
  ({ events: carried }: Channel): string =>
    canonical(carried.map((name) => events.get(name) ?? name).toSorted());

const groupPrint =
  (side: Side, renames: Pick<Renames, 'events' | 'services'>) =>
  ({ service, subscriptions }: ConsumerGroup): string => {
    const all = side.facts.subscriptions();
    const patterns = subscriptions.map((id) => {
      const pattern = all.get(id)?.pattern ?? '';
      return renames.events.get(pattern) ?? pattern;
    });
    return canonical([
      renames.services.get(service) ?? service,
      patterns.toSorted(byCodeUnit),
    ]);
  };
