// Who reads a payload in the direction of a finding, in which words, and against which versions it is held.
import type {
  CompatibilityMode,
  VersionFinding,
} from '../compat/check-compatibility.ts';
import type { Aggregate, Event } from '../model/model.ts';
import type { Comparison } from './comparison.ts';
import { consumersOf, hasConsumers, type Broken } from './parties.ts';
import {
  comparable,
  jointContent,
  jointMode,
  type KeptVersion,
} from './payload-check.ts';
import { aggregatesText, ownersOf, replayedFrom } from './replays.ts';
import type { Pair } from './side.ts';

/** What is demanded of the payloads of an event. */
export interface Demand {
  /** What both designs promise. */
  readonly promised: CompatibilityMode;
  /** With what a replay needs beside it: every old event, read by the new schema. */
  readonly mode: CompatibilityMode;
  readonly replayed: readonly Aggregate[];
}

/** Works out what is demanded: an aggregate that is the replay of its events has to read all of them, whatever is declared. */
export function demandOf(comparison: Comparison, pair: Pair<Event>): Demand {
  const promised = jointMode({
    before: pair.before.compatibility.value,
    after: pair.after.compatibility.value,
  });
  const replayed = replayedFrom(comparison, pair.after);
  if (replayed.length === 0) return { promised, mode: promised, replayed };
  const isForward = /forward|full/.test(promised);
  return {
    promised,
    mode: isForward ? 'full-transitive' : 'backward-transitive',
    replayed,
  };
}

/** Tells whether a mode promises what a finding says is broken; a replay may need more than is promised. */
export function isPromised(
  promised: CompatibilityMode,
  { direction, olderVersion }: VersionFinding,
  last: number,
): boolean {
  return (
    (promised.startsWith(direction) || promised.startsWith('full')) &&
    (promised.endsWith('-transitive') || Number(olderVersion) === last)
  );
}

/** Leaves out what a replay alone meets in an older version, and in a newer one too. */
export function newsOf(
  findings: readonly VersionFinding[],
  { pair, demand }: { readonly pair: Pair<Event>; readonly demand: Demand },
): readonly VersionFinding[] {
  const gapOf = ({ direction, path, kind }: VersionFinding): string =>
    JSON.stringify([direction, path, kind]);
  const newest = new Map<string, number>();
  for (const finding of findings)
    newest.set(
      gapOf(finding),
      Math.max(newest.get(gapOf(finding)) ?? 0, Number(finding.olderVersion)),
    );
  return findings.filter(
    (finding) =>
      isPromised(demand.promised, finding, pair.before.version) ||
      newest.get(gapOf(finding)) === Number(finding.olderVersion),
  );
}

/** Forward, those break who are there today; backward, those who are there once the change is deployed, and who replays. */
export function readersOf(
  { before, after }: Comparison,
  {
    pair,
    demand,
    finding,
  }: {
    readonly pair: Pair<Event>;
    readonly demand: Demand;
    readonly finding: VersionFinding;
  },
): { readonly breaks: readonly Broken[]; readonly who: string } {
  const version = finding.olderVersion;
  if (finding.direction === 'forward')
    return {
      breaks: [consumersOf(before, pair.before.name)],
      who: `consumers still on version ${version} break on the new events`,
    };
  const consumers = isPromised(demand.promised, finding, pair.before.version)
    ? [consumersOf(after, pair.after.name)]
    : [];
  const { replayed } = demand;
  const isConsumed = consumers.some(hasConsumers) || replayed.length === 0;
  return {
    breaks: [...consumers, ownersOf(replayed)],
    who: [
      ...(isConsumed
        ? [
            `consumers with the new schema break on events of version ${version} that are still on their way`,
          ]
        : []),
      ...(replayed.length > 0
        ? [
            `${aggregatesText(replayed)} can no longer be replayed from events of version ${version}`,
          ]
        : []),
    ].join(', and '),
  };
}

/** The versions that are older than the last one and still kept, as the old design had them. */
export function keptVersions(
  { before, after }: Comparison,
  pair: Pair<Event>,
): readonly KeptVersion[] {
  const content = jointContent(pair);
  const known = new Map(
    pair.before.versions.map((each) => [each.version, each.payload]),
  );
  return pair.after.versions
    .filter(({ version }) => version < pair.before.version)
    .map(({ version, payload }) => {
      const old = known.get(version);
      return {
        version,
        schema:
          old === undefined
            ? comparable(after, payload, content)
            : comparable(before, old, content),
      };
    });
}
