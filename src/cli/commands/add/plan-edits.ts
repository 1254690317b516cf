// An entry to the places that it is written to: its own section, and for an event those who publish and consume it.
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../../../core/json.ts';
import { append } from '../../../core/lists.ts';
import type { EntryKind } from './entry-kinds.ts';

export interface Edit {
  readonly path: readonly string[];
  readonly value: JsonValue;
}

export interface NewEntry {
  readonly kind: EntryKind;
  readonly name: string;
  /** Events that follow the name of a publisher or consumer. */
  readonly more: readonly string[];
  readonly properties: JsonObject;
}

/** Lists what has to be put where; `spec` is the merged spec as it is. */
export function planEdits(spec: JsonObject, entry: NewEntry): readonly Edit[] {
  const { kind, name, more, properties } = entry;
  switch (kind.name) {
    case 'publisher':
      return oneByOne(
        spec,
        // Settings are of the publisher, and written once.
        more.map((event, index) => ({
          service: name,
          event,
          properties: index === 0 ? properties : {},
        })),
        publisherEdits,
      );
    case 'consumer':
      return oneByOne(
        spec,
        more.map((event) => ({ service: name, event, properties })),
        consumerEdits,
      );
    case 'event': {
      const { publisher = [], consumer = [], ...facts } = properties;
      const link = { event: name, properties: {} };
      return [
        { path: [kind.section, name], value: facts },
        ...listOf(publisher).flatMap((service) =>
          publisherEdits(spec, { ...link, service }),
        ),
        ...listOf(consumer).flatMap((service) =>
          consumerEdits(spec, { ...link, service }),
        ),
      ];
    }
    case 'type': {
      const { fields = {} } = properties;
      return [{ path: [kind.section, name], value: fields }];
    }
    default:
      return [{ path: [kind.section, name], value: properties }];
  }
}

/** Each link is planned for the spec with those before it. */
function oneByOne(
  spec: JsonObject,
  links: readonly Link[],
  plan: (spec: JsonObject, link: Link) => readonly Edit[],
): readonly Edit[] {
  const edits: Edit[] = [];
  let left = spec;
  for (const link of links) {
    const planned = plan(left, link);
    append(edits, planned);
    left = planned.reduce(
      (there, { path, value }) => withEdit(there, path, value),
      left,
    );
  }
  return edits;
}

/** A list gets one item more, as where the edit is applied; a list that is to be a mapping becomes one. */
function withEdit(
  owner: JsonObject,
  [key = '', ...rest]: readonly string[],
  value: JsonValue,
): JsonObject {
  const there = own(owner, key);
  if (rest.length > 0)
    return {
      ...owner,
      [key]: withEdit(isJsonObject(there) ? there : {}, rest, value),
    };
  return {
    ...owner,
    [key]: Array.isArray(there)
      ? [...(there as readonly JsonValue[]), value]
      : value,
  };
}

const listOf = (value: JsonValue): readonly string[] =>
  Array.isArray(value) ? (value as readonly string[]) : [];

interface Link {
  readonly service: string;
  readonly event: string;
  readonly properties: JsonObject;
}

function known(spec: JsonObject, section: string, name: string): JsonValue {
  const entries = own(spec, section);
  return isJsonObject(entries) ? (own(entries, name) ?? null) : null;
}

function publisherEdits(spec: JsonObject, link: Link): readonly Edit[] {
  const { service, event, properties } = link;
  const path = ['publishers', service];
  const there = known(spec, 'publishers', service);
  const settings = Object.entries(properties).map(([key, value]): Edit => ({
    path: [...path, key],
    value,
  }));
  if (isJsonObject(there)) {
    const value = Object.hasOwn(there, 'publishes') ? event : [event];
    return [{ path: [...path, 'publishes'], value }, ...settings];
  }
  if (Array.isArray(there)) return [{ path, value: event }, ...settings];
  const value =
    settings.length === 0 ? [event] : { publishes: [event], ...properties };
  return [{ path, value }];
}

function consumerEdits(spec: JsonObject, link: Link): readonly Edit[] {
  const { service, event, properties } = link;
  const path = ['consumers', service];
  const there = known(spec, 'consumers', service);
  const isPlain = Object.keys(properties).length === 0;
  if (isJsonObject(there)) {
    const subscribes = own(there, 'subscribes');
    const isList = Array.isArray(subscribes) && isPlain;
    return [
      isList
        ? { path: [...path, 'subscribes'], value: event }
        : { path: [...path, 'subscribes', event], value: properties },
    ];
  }
  if (Array.isArray(there))
    return isPlain
      ? [{ path, value: event }]
      : [{ path: [...path, 'subscribes', event], value: properties }];
  const value = isPlain ? [event] : { subscribes: { [event]: properties } };
  return [{ path, value }];
}
