// Who handles what, before settings are resolved: written under consumers, or derived from projections and sagas.
import { child, pointer, type Pointer } from '../core/pointer.ts';
import type { Publication } from '../model/model.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { isPattern, patternMatcher } from './pattern.ts';
import {
  adviceFor,
  entriesOf,
  entry,
  eventNamed,
  listOf,
  type Scope,
} from './scope.ts';
import { sagaDrafts } from './saga-drafts.ts';
import { derivedDraft, type SubscriptionDraft } from './subscription-draft.ts';
import { writtenEntries, type Entry, type Written } from './written-entries.ts';

/** Lists what every service handles, in spec order, derived ones last. Reports: unknown-event, pattern-without-match, repeated-event. */
export function subscriptionDrafts(
  scope: Scope,
  publications: readonly Publication[],
): readonly SubscriptionDraft[] {
  const events = Object.keys(scope.raw.events ?? {});
  const writtenOnes = entriesOf(scope.raw.consumers).flatMap(([service, raw]) =>
    writtenDrafts(scope, { service, raw, events }),
  );
  const derivedOnes = [
    ...projectionDrafts(scope, events),
    ...sagaDrafts(scope, publications),
  ];
  return merge(writtenOnes, derivedOnes);
}

const key = (draft: SubscriptionDraft): string =>
  `${draft.service} ${draft.pattern}`;

/** What is both derived and written is one subscription, with the written values. */
function merge(
  writtenOnes: readonly SubscriptionDraft[],
  derivedOnes: readonly SubscriptionDraft[],
): readonly SubscriptionDraft[] {
  const mergeable = new Map(
    writtenOnes
      .filter(({ group }) => group === null)
      .map((draft) => [key(draft), draft]),
  );
  const taken = new Set<SubscriptionDraft>();
  const merged = derivedOnes.map((draft) => {
    const same = mergeable.get(key(draft));
    if (same === undefined) return draft;
    taken.add(same);
    return {
      ...draft,
      settings: same.settings,
      settingsAt: same.settingsAt,
      origin: same.origin,
    };
  });
  return [...writtenOnes.filter((draft) => !taken.has(draft)), ...merged];
}

function writtenDrafts(
  scope: Scope,
  consumer: Written,
): readonly SubscriptionDraft[] {
  const entries = withoutRepeated(scope, consumer, writtenEntries(consumer));
  const named = new Set(
    entries
      .filter(({ group, pattern }) => group === null && !isPattern(pattern))
      .map(({ pattern }) => pattern),
  );
  const where = `consumer "${consumer.service}"`;
  return entries.flatMap(({ pattern, ...rest }) => {
    const matched = isPattern(pattern)
      ? matchedBy(scope, pattern, consumer.events)
      : [pattern];
    if (isPattern(pattern) && matched.length === 0) {
      reportNoMatch(scope, pattern, {
        pointer: rest.origin,
        at: rest.at,
        who: `service "${consumer.service}"`,
        events: consumer.events,
      });
      return [];
    }
    if (
      !isPattern(pattern) &&
      eventNamed(scope, pattern, {
        pointer: rest.origin,
        where,
        at: rest.at,
      }) === null
    )
      return [];
    const covered =
      isPattern(pattern) && rest.group === null
        ? matched.filter((event) => !named.has(event))
        : matched;
    const draft: SubscriptionDraft = {
      service: consumer.service,
      pattern,
      events: covered,
      group: rest.group,
      role: { kind: 'written', name: null },
      settingsAt: rest.origin,
      settings: rest.settings,
      origin: rest.origin,
    };
    return [draft];
  });
}

/** A list names each event once; a repeated name is told and dropped. */
function withoutRepeated(
  scope: Scope,
  consumer: Written,
  entries: readonly Entry[],
): readonly Entry[] {
  const seen = new Set<string>();
  return entries.filter(({ pattern, origin, isListed }) => {
    if (!isListed || !seen.has(pattern)) {
      seen.add(pattern);
      return true;
    }
    const where = `consumer "${consumer.service}"`;
    scope.report(
      resolveDiagnostics.make(
        'repeated-event',
        { pointer: origin, change: { kind: 'remove' } },
        { where, event: pattern },
      ),
    );
    return false;
  });
}

function reportNoMatch(
  scope: Scope,
  pattern: string,
  from: {
    readonly pointer: Pointer;
    readonly at: 'key' | 'value';
    readonly who: string;
    readonly events: readonly string[];
  },
): void {
  const { who, events, ...place } = from;
  const words = pattern.split('.');
  // What the pattern would be with the words of each event.
  const meant = events.map((event) => {
    const own = event.split('.');
    return words
      .map((word, index) =>
        word === '*' || word === '#' ? word : (own[index] ?? word),
      )
      .join('.');
  });
  const advice = adviceFor(
    pattern,
    meant,
    'Check its words against the names of the events; commands are left out.',
  );
  scope.report(
    resolveDiagnostics.make('pattern-without-match', place, {
      pattern,
      who,
      advice,
    }),
  );
}

/** Commands are point-to-point, so patterns pass them by. */
function matchedBy(
  scope: Scope,
  pattern: string,
  events: readonly string[],
): readonly string[] {
  const isMatch = patternMatcher(pattern);
  return events.filter(
    (event) =>
      isMatch(event) && entry(scope.raw.events, event)?.type !== 'command',
  );
}

function projectionDrafts(
  scope: Scope,
  events: readonly string[],
): readonly SubscriptionDraft[] {
  return entriesOf(scope.raw.projections).flatMap(([name, projection]) => {
    const origin = pointer('projections', name, 'from');
    const isList = typeof projection.from !== 'string';
    return listOf(projection.from).flatMap((text, index) => {
      const at = isList ? child(origin, index) : origin;
      const where = `projection "${name}"`;
      if (
        !isPattern(text) &&
        eventNamed(scope, text, { pointer: at, where }) === null
      )
        return [];
      const matched = isPattern(text) ? matchedBy(scope, text, events) : [text];
      if (matched.length === 0)
        reportNoMatch(scope, text, {
          pointer: at,
          at: 'value',
          who: where,
          events,
        });
      return matched.map((event) =>
        derivedDraft(
          { kind: 'projection', name },
          { service: projection.service, event, origin: at },
        ),
      );
    });
  });
}
