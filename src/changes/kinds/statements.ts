// What an author states and no tool can check: that a key comes once, that nothing is stored beside an event, that a step
// leaves nothing to undo. What weakens a flow by it is told of the flow.
import { gather } from '../../core/gather.ts';
import { shortList } from '../../core/text.ts';
import type { Sourced } from '../../model/settings.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { broken, consumersOf, distinct, subject } from '../parties.ts';
import { matchBy, matchByName } from '../side.ts';

const entries = {
  'once-dropped': {
    severity: 'warning',
    message: '"once" of "{event}" went from "per-key" to none',
    hint: 'Make sure that its consumers bear a second message of a key, in whatever order.',
    why: 'Until now no two messages had the same key, so none could overtake another and a state had one message. From now on there may be more.',
  },
  'once-promised': {
    severity: 'info',
    message: '"once" of "{event}" went from none to "per-key"',
    hint: null,
    why: 'The order of messages of one key is taken for had, since there is only one. Messages that were published before are not bound by it.',
  },
  'state-disclaimed': {
    severity: 'warning',
    message:
      '"changesState" of "{service}" went from true to false for {events}',
    hint: 'Keep "changesState: true" if "{service}" commits anything to its database when it publishes.',
    why: 'State and event that are not committed together are told as a dual write, and no longer once nothing is said to be committed. If that is wrong, a crash between the two loses the event, and no check says so.',
  },
  'state-declared': {
    severity: 'info',
    message:
      '"changesState" of "{service}" went from false to true for {events}',
    hint: null,
    why: 'State and event have to be committed together from now on; where they are not, that is told of the flow.',
  },
  'undo-waived': {
    severity: 'warning',
    message:
      '"undo" of step "{step}" of the saga "{saga}" went from not said to "none"',
    hint: 'Make sure that a saga that fails after "{step}" may leave its effect as it is.',
    why: 'A step that leaves nothing to undo needs no compensation, so none is asked for any more. If that is wrong, a saga that fails behind it leaves a half-done business.',
  },
  'undo-withdrawn': {
    severity: 'info',
    message:
      '"undo" of step "{step}" of the saga "{saga}" went from "none" to not said',
    hint: null,
    why: 'A compensation of the step is asked for again.',
  },
} as const;

type Tell = Teller<typeof entries>;

/** Reports: `diff/once-*`, `diff/state-*`, `diff/undo-*`. */
export const statements = defineKind(entries, (comparison, tell) => [
  ...onceChanges(comparison, tell),
  ...stateChanges(comparison, tell),
  ...undoChanges(comparison, tell),
]);

/** What follows from an aggregate or a database is told of those. */
const isRestated = (old: Sourced<boolean>, now: Sourced<boolean>): boolean =>
  old.value !== now.value && (old.from === 'spec' || now.from === 'spec');

function onceChanges(comparison: Comparison, tell: Tell): readonly Change[] {
  return comparison
    .events()
    .both.filter(({ before, after }) =>
      isRestated(before.isOncePerKey, after.isOncePerKey),
    )
    .map(({ before, after: { name, isOncePerKey, origin } }) => {
      const about = { subject: subject('event', name), pointer: origin };
      const breaks = [consumersOf(comparison.before, before.name)];
      return isOncePerKey.value
        ? tell('once-promised', about, { event: name })
        : tell('once-dropped', { ...about, breaks }, { event: name });
    });
}

/** Told once for all events of a service of which the same is said. */
function stateChanges(
  { before, after, renames }: Comparison,
  tell: Tell,
): readonly Change[] {
  const { both } = matchBy(
    before.model.publications,
    after.model.publications,
    {
      before: ({ service, event }) =>
        JSON.stringify([
          renames.services.get(service) ?? service,
          renames.events.get(event) ?? event,
        ]),
      after: ({ service, event }) => JSON.stringify([service, event]),
    },
  );
  const changed = both
    .filter((pair) =>
      isRestated(pair.before.changesState, pair.after.changesState),
    )
    .map((pair) => pair.after);
  const alike = gather(changed, ({ service, changesState }) => [
    JSON.stringify([service, changesState.value]),
  ]);
  return [...alike.values()].flatMap((publications) =>
    publications.slice(0, 1).map(({ service, changesState, origin }) => {
      const about = { subject: subject('service', service), pointer: origin };
      const names = distinct(publications.map(({ event }) => event));
      const words = { service, events: shortList(names) };
      return changesState.value
        ? tell('state-declared', about, words)
        : tell('state-disclaimed', about, words);
    }),
  );
}

function undoChanges(
  { before, after }: Comparison,
  tell: Tell,
): readonly Change[] {
  return matchByName(before.model.sagas, after.model.sagas).both.flatMap(
    ({ before: old, after: saga }) =>
      matchByName(old.steps, saga.steps)
        .both.filter(
          (pair) => pair.before.undo?.value !== pair.after.undo?.value,
        )
        .map(({ after: { name: step, undo, participant, origin } }) => {
          const about = {
            subject: subject('saga', saga.name),
            pointer: origin,
          };
          const who = saga.coordinator ?? participant;
          const breaks = [broken('consumers', who === null ? [] : [who])];
          const words = { saga: saga.name, step };
          return undo === null
            ? tell('undo-withdrawn', about, words)
            : tell('undo-waived', { ...about, breaks }, words);
        }),
  );
}
