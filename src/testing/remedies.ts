// The lines that a hint gives, read as a person reads them: what to write, and where.
import type { Diagnostic } from '../core/diagnostic.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { segmentsOf } from '../core/pointer.ts';
import { parse } from 'yaml';

export interface Remedy {
  /** The words of the hint that are followed. */
  readonly words: string;
  readonly apply: (spec: JsonObject) => JsonObject;
}

type Path = readonly string[];

const sections: Readonly<Record<string, string>> = {
  publisher: 'publishers',
  consumer: 'consumers',
  service: 'services',
  channel: 'channels',
  environment: 'environments',
};
const names = String.raw`"[^"]+"(?:(?:, | and )"[^"]+")*`;
const line = /"(\w+): ([^"]+)"/g;
const owner = new RegExp(
  String.raw`^(?: \([^)]*\))? (?:for|at|to) (publisher|consumer|service|channel|environment) (${names})`,
);
const event = new RegExp(
  String.raw`^(?: \([^)]*\))? (?:for|on|of) (?:event )?(${names})(?! (?:of|at|and) |, ")`,
);
const subscription = new RegExp(
  String.raw`^ (?:for|of) (${names}) (?:of|at) consumer "([^"]+)"`,
);
const instead = new RegExp(
  String.raw`in place of "([^"]+)" at consumer (${names})`,
  'g',
);
const alternative = /^[^"]*, or "([\w-]+)" when/;

/** Lists what can be followed word by word; what asks for judgement or several steps is left out. */
export function remediesOf({
  hint,
  pointer: at,
}: Diagnostic): readonly Remedy[] {
  const text = hint ?? '';
  const written = [...text.matchAll(line)].flatMap((match): Remedy[] => {
    const [words, key = '', value = ''] = match;
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + words.length);
    // It is half of a remedy, or what is to go.
    const isOther = /\b(?:and|with|[Rr]emove) $/.test(before);
    if (isOther && !before.endsWith('so with ')) return [];
    const places = placesOf(before, after);
    if (places === null) return [];
    const values = [value, ...(alternative.exec(after)?.slice(1) ?? [])];
    return values.map((one) => ({
      words: `${key}: ${one}`,
      apply: (spec) => places(spec, key, parse(one) as JsonValue),
    }));
  });
  const removed = /(?:^R|\br)emove "(\w+)"(?=[.,]| |$)/.exec(text)?.[1];
  return removed !== undefined && segmentsOf(at).at(-1) === removed
    ? [
        ...written,
        {
          words: `remove ${removed}`,
          apply: (spec) => changed(spec, segmentsOf(at), undefined),
        },
      ]
    : written;
}

type Write = (spec: JsonObject, key: string, value: JsonValue) => JsonObject;

function placesOf(before: string, after: string): Write | null {
  const owned = owner.exec(after);
  if (owned !== null) {
    const section = sections[owned[1] ?? ''] ?? '';
    return writeAt(quotedIn(owned[2]).map((name) => [section, name]));
  }
  const subscribed = subscription.exec(after);
  if (subscribed !== null)
    return writeAt(
      quotedIn(subscribed[1]).map((name) => [
        'consumers',
        subscribed[2] ?? '',
        'subscribes',
        name,
      ]),
    );
  const [upToNext = ''] = after.split(new RegExp(line.source));
  const overridden = [...upToNext.matchAll(instead)];
  const events = event.exec(after);
  if (events !== null || overridden.length > 0) {
    const atEvents = writeAt(
      quotedIn(events?.[1]).map((name) => ['events', name]),
    );
    return (spec, key, value) =>
      overridden.reduce(
        (left, [, old = '', consumers]) =>
          quotedIn(consumers).reduce(
            (one, name) =>
              replaced(one, ['consumers', name], { key, old, value }),
            left,
          ),
        atEvents(spec, key, value),
      );
  }
  if (/^ (?:\([^)]*\) )?under "guarantees"/.test(after))
    return writeAt([['guarantees']]);
  if (after.startsWith(' under one name of "channels"'))
    return writeAt([['channels', 'together']]);
  const publisher = /publisher "([^"]+)"/.exec(before)?.[1];
  if (before.endsWith('say so with ') && publisher !== undefined)
    return writeAt([['publishers', publisher]]);
  return null;
}

const quotedIn = (list: string | undefined): readonly string[] =>
  [...(list ?? '').matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);

const writeAt =
  (paths: readonly Path[]): Write =>
  (spec, key, value) =>
    paths.reduce((left, path) => changed(left, [...path, key], value), spec);

/** Writes a value into a copy, or takes out what stands there; a list of events is brought to its long form. */
function changed(
  spec: JsonObject,
  path: Path,
  value: JsonValue | undefined,
): JsonObject {
  const [key = '', ...rest] = path;
  const { [key]: inner, ...others } = spec;
  if (rest.length === 0)
    return value === undefined ? others : { ...spec, [key]: value };
  return { ...spec, [key]: changed(longForm(inner, rest), rest, value) };
}

function longForm(
  value: JsonValue | undefined,
  [key = '', ...rest]: Path,
): JsonObject {
  if (isJsonObject(value)) return value;
  if (!Array.isArray(value)) return {};
  const isSubscription = rest.length === 1;
  if (isSubscription)
    return Object.fromEntries(value.map((name) => [String(name), {}]));
  const isPublisher = key === 'outbox' || key === 'changesState';
  return { [isPublisher ? 'publishes' : 'subscribes']: value };
}

/** Replaces a setting wherever it stands below a place. */
function replaced(
  spec: JsonObject,
  path: Path,
  change: { key: string; old: string; value: JsonValue },
): JsonObject {
  const walk = (node: JsonValue): JsonValue =>
    isJsonObject(node)
      ? Object.fromEntries(
          Object.entries(node).map(([key, one]) => [
            key,
            key === change.key && one === change.old ? change.value : walk(one),
          ]),
        )
      : node;
  const [section = '', name = ''] = path;
  const owners = spec[section] as JsonObject;
  return {
    ...spec,
    [section]: { ...owners, [name]: walk(owners[name] ?? null) },
  };
}
