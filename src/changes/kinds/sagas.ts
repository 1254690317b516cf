// Sagas: what is under way when the change is deployed.
import { keyName } from '../../model/event-key.ts';
import type { Saga } from '../../model/model.ts';
import { canonical } from '../canonical.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { broken, subject } from '../parties.ts';
import { renamedSaga } from '../renamed-saga.ts';
import type { Renames } from '../renames.ts';
import { matchByName, type Pair } from '../side.ts';

const entries = {
  'saga-added': {
    severity: 'info',
    message: 'the saga "{saga}" is new',
    hint: null,
    why: 'Nothing of it is under way yet.',
  },
  'saga-removed': {
    severity: 'warning',
    message: 'the saga "{saga}" is gone',
    hint: 'Let what is under way end before its coordinator is stopped.',
    why: 'What is under way is never completed and never compensated.',
  },
  'saga-changed': {
    severity: 'warning',
    message: 'the saga "{saga}" changed: {changes}',
    hint: 'Let what is under way end by the old steps, or make the new ones able to take it over.',
    why: 'A saga that began by the old steps goes on by the new ones. A step that it has passed, or that is gone, leaves it where no event moves it on.',
  },
} as const;

type Tell = Teller<typeof entries>;

/** Reports: `diff/saga-*`. */
export const sagas = defineKind(entries, sagaChanges);

function sagaChanges(
  { before, after, renames }: Comparison,
  tell: Tell,
): readonly Change[] {
  const { both, removed, added } = matchByName(
    before.model.sagas,
    after.model.sagas,
  );
  const about = ({
    name,
    origin,
  }: Saga): { subject: ReturnType<typeof subject>; pointer: string } => ({
    subject: subject('saga', name),
    pointer: origin,
  });
  return [
    ...both.flatMap((pair) => {
      const changes = partsChanged(pair, renames);
      const { coordinator, name } = pair.after;
      const breaks = [
        broken('consumers', coordinator === null ? [] : [coordinator]),
      ];
      return [
        ...(changes.length === 0
          ? []
          : [
              tell(
                'saga-changed',
                { ...about(pair.after), breaks },
                { saga: name, changes: changes.join(', ') },
              ),
            ]),
      ];
    }),
    ...removed.map((saga) =>
      tell('saga-removed', about(saga), { saga: saga.name }),
    ),
    ...added.map((saga) =>
      tell('saga-added', about(saga), { saga: saga.name }),
    ),
  ];
}

function partsChanged(
  { before, after: now }: Pair<Saga>,
  renames: Renames,
): readonly string[] {
  const old = renamedSaga(before, renames);
  const parts: readonly (readonly [string, (saga: Saga) => string | null])[] = [
    ['its style', ({ style }) => style],
    ['its coordinator', ({ coordinator }) => quoted(coordinator)],
    ['what starts it', ({ starts }) => quoted(starts)],
    ['its correlation', ({ correlation }) => quoted(keyName(correlation))],
    ['what completes it', ({ completes }) => quoted(completes)],
    ['what aborts it', ({ aborts }) => quoted(aborts)],
  ];
  const steps = matchByName(old.steps, now.steps);
  const order = (saga: Saga): string =>
    canonical(saga.steps.map(({ name }) => name));
  const isReordered =
    steps.added.length + steps.removed.length === 0 &&
    order(old) !== order(now);
  return [
    ...parts.flatMap(([name, of]) => wentFromTo(name, of(old), of(now))),
    ...steps.added.map(({ name }) => `step "${name}" was added`),
    ...steps.removed.map(({ name }) => `step "${name}" was removed`),
    ...steps.both.flatMap(stepChanges),
    ...(isReordered ? ['its steps come in another order'] : []),
  ];
}

const quoted = (name: string | null): string | null =>
  name === null ? null : `"${name}"`;

function wentFromTo(
  what: string,
  old: string | null,
  now: string | null,
): readonly string[] {
  return old === now
    ? []
    : [`${what} went from ${old ?? 'none'} to ${now ?? 'none'}`];
}

const stepParts = [
  ['participant', 'participant'],
  ['command', 'command'],
  ['on', 'trigger'],
  ['success', 'success'],
  ['failure', 'failure'],
] as const;

function stepChanges({
  before,
  after,
}: Pair<Saga['steps'][number]>): readonly string[] {
  const of = `of step "${after.name}"`;
  return [
    ...stepParts.flatMap(([part, word]) =>
      wentFromTo(
        `the ${word} ${of}`,
        quoted(before[part]),
        quoted(after[part]),
      ),
    ),
    ...(before.compensate !== null && after.compensate === null
      ? []
      : wentFromTo(
          `the compensation ${of}`,
          quoted(before.compensate),
          quoted(after.compensate),
        )),
  ];
}
