// The versions of an event: the number, and the payloads of old ones that are still in logs and queues.
import { append } from '../../core/lists.ts';
import type { Event } from '../../model/model.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { changesText, describeChange } from '../describe-change.ts';
import { consumersOf, subject } from '../parties.ts';
import { comparable, isSameSchema, jointContent } from '../payload-check.ts';
import { aggregatesText, ownersOf, replayedFrom } from '../replays.ts';
import { matchBy, type Pair } from '../side.ts';

const byVersion = {
  before: ({ version }: { readonly version: number }) => String(version),
  after: ({ version }: { readonly version: number }) => String(version),
};

const entries = {
  'version-raised': {
    severity: 'info',
    message: 'the version of "{event}" went from {old} to {version}',
    hint: null,
    why: 'The envelope\'s "dataschema" tells consumers which version a payload has. The generated ones set aside a version that they do not know, so whatever the mode says, consumers are deployed before the first publisher writes it.',
  },
  'version-lowered': {
    severity: 'error',
    message: 'the version of "{event}" went back from {old} to {version}',
    hint: 'Raise "version" of "{event}" above {old}; never use a number twice.',
    why: 'Payloads under the higher number are in logs and queues. A number that is given out again names two payloads, and no consumer can tell them apart.',
  },
  'version-forgotten': {
    severity: 'warning',
    message:
      'version {version} of "{event}" is no longer kept under "versions"',
    hint: 'Keep version {version} until no log, queue or dead letter can hold it.',
    why: 'A version that is not written down is not checked and not published, though payloads of it may still be in logs, queues and dead letters until the retention ends.',
  },
  'history-forgotten': {
    severity: 'error',
    message:
      'version {version} of "{event}" is no longer kept under "versions", though {aggregates} is replayed from it',
    hint: 'Keep version {version} under "versions" for ever.',
    why: 'An event store forgets nothing: an event of a version that is not written down cannot be read, and no aggregate that has one in its history can be loaded.',
  },
  'version-documented': {
    severity: 'info',
    message: 'version {version} of "{event}" is kept under "versions" now',
    hint: null,
    why: 'It is checked and its schema published as long as it is kept.',
  },
  'version-rewritten': {
    severity: 'warning',
    message:
      'the payload of the old version {version} of "{event}" changed: {changes}',
    hint: 'Restore version {version}, unless it was written down wrongly.',
    why: 'What is in logs and queues does not change with the design. A rewritten past makes every check against it worthless.',
  },
} as const;

type Tell = Teller<typeof entries>;

/** Reports: `diff/version-*`, `diff/history-forgotten`. */
export const versions = defineKind(entries, (comparison, tell) =>
  comparison.events().both.flatMap((pair) => {
    const { before: old, after: now } = pair;
    const found: Change[] = [];
    const about = {
      subject: subject('event', now.name),
      pointer: now.origin,
    };
    const numbers = {
      event: now.name,
      old: old.version,
      version: now.version,
    };
    if (now.version > old.version)
      found.push(tell('version-raised', about, numbers));
    if (now.version < old.version) {
      const breaks = [consumersOf(comparison.before, old.name)];
      found.push(tell('version-lowered', { ...about, breaks }, numbers));
    }
    const kept = matchBy(old.versions, now.versions, byVersion);
    append(found, forgotten(comparison, { pair, tell }));
    append(
      found,
      kept.added
        .filter(({ version }) => version !== old.version)
        .map(({ version, origin }) =>
          tell(
            'version-documented',
            { ...about, pointer: origin },
            { event: now.name, version },
          ),
        ),
    );
    const content = jointContent(pair);
    for (const each of kept.both) {
      const was = comparable(comparison.before, each.before.payload, content);
      const is = comparable(comparison.after, each.after.payload, content);
      if (isSameSchema(was, is)) continue;
      const { version, origin } = each.after;
      const changes = changesText(describeChange(was, is));
      found.push(
        tell(
          'version-rewritten',
          { ...about, pointer: origin },
          { event: now.name, version, changes },
        ),
      );
    }
    return found;
  }),
);

/** Old versions that are no longer written down. */
function forgotten(
  comparison: Comparison,
  { pair, tell }: { readonly pair: Pair<Event>; readonly tell: Tell },
): readonly Change[] {
  const { before: old, after: now } = pair;
  const replayed = replayedFrom(comparison, now);
  const about = { subject: subject('event', now.name), pointer: now.origin };
  const kept = matchBy(old.versions, now.versions, byVersion);
  const lost = [
    ...kept.removed,
    ...(now.version > old.version && !isKept(now, old.version)
      ? [{ version: old.version, origin: old.origin }]
      : []),
  ].filter(({ version }) => version < now.version);

  return lost.map(({ version }) => {
    const words = { event: now.name, version };
    return replayed.length === 0
      ? tell('version-forgotten', about, words)
      : tell(
          'history-forgotten',
          { ...about, breaks: [ownersOf(replayed)] },
          { ...words, aggregates: aggregatesText(replayed) },
        );
  });
}

const isKept = ({ versions: all }: Event, wanted: number): boolean =>
  all.some(({ version }) => version === wanted);
