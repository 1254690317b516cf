// What a saga in both designs owes: what is taken back, and until when what has to be done.
import { formatDuration } from '../../core/units.ts';
import type { Saga } from '../../model/model.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import { broken, subject } from '../parties.ts';
import { renamedSaga } from '../renamed-saga.ts';
import { matchByName, type Pair } from '../side.ts';

const entries = {
  'compensation-dropped': {
    severity: 'error',
    message:
      'step "{step}" of the saga "{saga}" is no longer compensated by "{command}"',
    hint: 'Keep "compensate: {command}" while anything under way has passed the step.',
    why: 'What the step did stays done when the saga fails later, also for what is under way and has passed it.',
  },
  'saga-timeout-shortened': {
    severity: 'warning',
    message: 'the timeout of {what} went from {old} to {now}',
    hint: 'Make sure that {what} is done within {now}, also what is under way and under load.',
    why: 'What was in time comes too late now, and the saga is compensated though nothing failed.',
  },
  'saga-timeout-lengthened': {
    severity: 'info',
    message: 'the timeout of {what} went from {old} to {now}',
    hint: null,
    why: 'A failure that nobody tells is noticed later, and what the saga holds is held longer.',
  },
} as const;

type Tell = Teller<typeof entries>;

/** Reports: `diff/compensation-dropped`, `diff/saga-timeout-*`. */
export const sagaLimits = defineKind(
  entries,
  ({ before: old, after: now, renames }, tell) =>
    matchByName(old.model.sagas, now.model.sagas).both.flatMap(
      ({ before, after }) => {
        const pair = { before: renamedSaga(before, renames), after };
        return [
          ...compensationChanges(pair, tell),
          ...timeoutChanges(pair, tell),
        ];
      },
    ),
);

/** Steps whose effect nothing takes back any more. */
function compensationChanges(
  { before, after }: Pair<Saga>,
  tell: Tell,
): readonly Change[] {
  const steps = matchByName(before.steps, after.steps);
  return steps.both.flatMap(({ before: old, after: now }) =>
    old.compensate === null || now.compensate !== null
      ? []
      : [
          tell(
            'compensation-dropped',
            {
              subject: subject('saga', after.name),
              pointer: now.origin,
              breaks: [
                broken(
                  'consumers',
                  [after.coordinator ?? now.participant].filter(
                    (name) => name !== null,
                  ),
                ),
              ],
            },
            { saga: after.name, step: now.name, command: old.compensate },
          ),
        ],
  );
}

/** Timeouts of a saga and of its steps. */
function timeoutChanges(
  { before, after }: Pair<Saga>,
  tell: Tell,
): readonly Change[] {
  const steps = matchByName(before.steps, after.steps);
  const saga = `the saga "${after.name}"`;
  const places = [
    {
      what: saga,
      pointer: after.origin,
      old: before.timeoutMs.value,
      now: after.timeoutMs.value,
    },
    ...steps.both.map(({ before: old, after: now }) => ({
      what: `step "${now.name}" of ${saga}`,
      pointer: now.origin,
      old: old.timeoutMs?.value ?? Infinity,
      now: now.timeoutMs?.value ?? Infinity,
    })),
  ];
  return places
    .filter(({ old, now }) => old !== now)
    .map(({ what, pointer, old, now }) =>
      tell(
        now < old ? 'saga-timeout-shortened' : 'saga-timeout-lengthened',
        { subject: subject('saga', after.name), pointer },
        { what, old: durationText(old), now: durationText(now) },
      ),
    );
}

const durationText = (ms: number): string =>
  ms === Infinity ? 'none' : formatDuration(ms);
