// Sagas of a resolved spec.
import { writtenKey } from '../model/event-key.ts';
import { child } from '../core/pointer.ts';
import type { Saga, SagaStep } from '../model/model.ts';
import { durationText } from './show-system.ts';
import {
  compactMap,
  entry,
  filled,
  implied,
  shown,
  shownMap,
  told,
  type IsWritten,
  type ShownEntry,
  type ShownMap,
} from './shown.ts';

/** Shows a long-running process. */
export function showSaga(
  saga: Saga,
  isWritten: IsWritten,
): readonly ShownEntry[] {
  const { name, origin, timeoutMs } = saga;
  return entry(
    name,
    shownMap(
      told(origin, 'description', saga.description),
      entry(
        'style',
        filled(
          saga.style,
          { owner: origin, key: 'style' },
          {
            isWritten,
            because: 'A coordinator keeps the whole process in one place',
          },
        ),
      ),
      told(origin, 'coordinator', saga.coordinator),
      told(origin, 'starts', saga.starts),
      entry(
        'correlation',
        filled(
          writtenKey(saga.correlation),
          { owner: origin, key: 'correlation' },
          { isWritten, because: 'The key of the starting event' },
        ),
      ),
      entry(
        'timeout',
        shown(timeoutMs, child(origin, 'timeout'), durationText),
      ),
      entry('steps', { kind: 'list', items: saga.steps.map(showStep) }),
      told(origin, 'completes', saga.completes),
      told(origin, 'aborts', saga.aborts),
      timeoutMs.from === 'spec'
        ? told(origin, 'because', timeoutMs.because)
        : [],
    ),
  );
}

function showStep({
  name,
  participant,
  command,
  on,
  success,
  failure,
  compensate,
  undo,
  timeoutMs,
  origin,
}: SagaStep): ShownMap {
  return compactMap(
    told(origin, 'name', name),
    told(origin, 'command', command),
    told(origin, 'on', on),
    told(origin, 'success', success),
    told(origin, 'failure', failure),
    told(origin, 'compensate', compensate),
    entry(
      'undo',
      undo === null
        ? null
        : {
            ...shown(undo, child(origin, 'undo'), String),
            becauseBeside: 'choice',
          },
    ),
    entry(
      'timeout',
      timeoutMs === null
        ? null
        : shown(timeoutMs, child(origin, 'timeout'), durationText),
    ),
    participant === null
      ? []
      : implied('participant', {
          kind: 'value',
          value: participant,
          from: 'derived',
          at: child(origin, 'participant'),
          origin,
          because: 'The service that acts',
          becauseBeside: null,
        }),
  );
}
