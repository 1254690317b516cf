// Aggregates: how they are kept, and what states and commands they have.
import { byCodeUnit } from '../../core/artifact.ts';
import { quotedList } from '../../core/text.ts';
import type { Aggregate } from '../../model/model.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { broken, subject } from '../parties.ts';
import { matchByName, type Pair } from '../side.ts';

const entries = {
  'aggregate-added': {
    severity: 'info',
    message: 'the aggregate "{aggregate}" is new',
    hint: null,
    why: 'It has no history yet.',
  },
  'aggregate-removed': {
    severity: 'warning',
    message: 'the aggregate "{aggregate}" is gone',
    hint: 'Decide what becomes of its history.',
    why: 'Its history stays in the store and is read by nobody.',
  },
  'aggregate-stored-anew': {
    severity: 'error',
    message: 'the aggregate "{aggregate}" is kept as {now} instead of {old}',
    hint: 'Move what is there before the new code is deployed: replay the history into rows, or write a first event for each.',
    why: 'The new code looks for the aggregate in another form and finds nothing.',
  },
  'states-removed': {
    severity: 'warning',
    message: 'the aggregate "{aggregate}" lost {states}',
    hint: 'Move the aggregates that are in {states} first.',
    why: 'An aggregate that is in such a state accepts no command any more.',
  },
  'states-added': {
    severity: 'info',
    message: 'the aggregate "{aggregate}" got {states}',
    hint: null,
    why: 'No aggregate is in them yet.',
  },
  'commands-changed': {
    severity: 'info',
    message: 'the commands of the aggregate "{aggregate}" changed: {commands}',
    hint: null,
    why: 'They are calls inside its service; what they publish is told on its own.',
  },
} as const;

type Tell = Teller<typeof entries>;

/** Reports: `diff/aggregate-*`, `diff/states-*`, `diff/commands-changed`. */
export const aggregates = defineKind(entries, aggregateChanges);

function aggregateChanges(
  { before, after }: Comparison,
  tell: Tell,
): readonly Change[] {
  const { both, removed, added } = matchByName(
    before.model.aggregates,
    after.model.aggregates,
  );
  return [
    ...both.flatMap((pair) => changesOf(pair, tell)),
    ...removed.map(({ name, origin }) =>
      tell(
        'aggregate-removed',
        { subject: subject('aggregate', name), pointer: origin },
        { aggregate: name },
      ),
    ),
    ...added.map(({ name, origin }) =>
      tell(
        'aggregate-added',
        { subject: subject('aggregate', name), pointer: origin },
        { aggregate: name },
      ),
    ),
  ];
}

function changesOf(pair: Pair<Aggregate>, tell: Tell): readonly Change[] {
  return [
    ...storageChanges(pair, tell),
    ...stateChanges(pair, tell),
    ...commandChanges(pair, tell),
  ];
}

const about = ({
  name,
  origin,
}: Aggregate): {
  readonly subject: ReturnType<typeof subject>;
  readonly pointer: string;
} => ({ subject: subject('aggregate', name), pointer: origin });

const whoBreaks = ({
  service,
}: Aggregate): readonly [ReturnType<typeof broken>] => [
  broken('publishers', [service]),
];

function storageChanges(
  { before, after }: Pair<Aggregate>,
  tell: Tell,
): readonly Change[] {
  const [old, now] = [before.storage.value, after.storage.value];
  return old === now
    ? []
    : [
        tell(
          'aggregate-stored-anew',
          { ...about(after), breaks: whoBreaks(after) },
          { aggregate: after.name, old, now },
        ),
      ];
}

function stateChanges(
  { before, after }: Pair<Aggregate>,
  tell: Tell,
): readonly Change[] {
  const aggregate = after.name;
  const gone = before.states.filter((state) => !after.states.includes(state));
  const come = after.states.filter((state) => !before.states.includes(state));
  const named = (states: readonly string[]): string =>
    `the ${states.length === 1 ? 'state' : 'states'} ${quotedList(states)}`;
  return [
    ...(gone.length === 0
      ? []
      : [
          tell(
            'states-removed',
            { ...about(after), breaks: whoBreaks(after) },
            { aggregate, states: named(gone) },
          ),
        ]),
    ...(come.length === 0
      ? []
      : [
          tell('states-added', about(after), {
            aggregate,
            states: named(come),
          }),
        ]),
  ];
}

function commandChanges(
  { before, after }: Pair<Aggregate>,
  tell: Tell,
): readonly Change[] {
  const { both, removed, added } = matchByName(before.commands, after.commands);
  const changed = [
    ...removed.map(({ name }) => `"${name}" is gone`),
    ...added.map(({ name }) => `"${name}" is new`),
    ...both.flatMap(commandParts),
  ];
  return changed.length === 0
    ? []
    : [
        tell('commands-changed', about(after), {
          aggregate: after.name,
          commands: changed.join(', '),
        }),
      ];
}

type Command = Aggregate['commands'][number];

function commandParts({ before, after }: Pair<Command>): readonly string[] {
  const parts: readonly (readonly [string, (of: Command) => string])[] = [
    ['from', ({ from }) => quotedList(from.toSorted(byCodeUnit))],
    ['to', ({ to }) => quotedList(to === null ? [] : [to])],
    ['emits', ({ emits }) => quotedList(emits.toSorted(byCodeUnit))],
  ];
  return parts
    .filter(([, textOf]) => textOf(before) !== textOf(after))
    .map(
      ([name, textOf]) =>
        `"${name}" of "${after.name}" went from ${textOf(before)} to ${textOf(after)}`,
    );
}
