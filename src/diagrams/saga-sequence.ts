// One sequence diagram per saga: each step with its success, failure and time-out as branches of an `alt`.
import { keyName } from '../model/event-key.ts';
import { formatDuration } from '../core/units.ts';
import type { Saga } from '../model/model.ts';
import { choreographySteps } from './choreography.ts';
import type { Diagram } from './diagram.ts';
import { createDiagramIds } from './diagram-ids.ts';
import { plainLabel } from './label.ts';
import { orchestrationSteps } from './orchestration.ts';
import type { PlanContext } from './plan-context.ts';
import { sequenceView } from './sequence.ts';
import { say } from './words.ts';

/** Plans one sequence diagram per saga, orchestrated or choreographed. */
export function planSagaSequences(context: PlanContext): readonly Diagram[] {
  return context.model.sagas.map((saga) => planSagaSequence(context, saga));
}

function planSagaSequence(context: PlanContext, saga: Saga): Diagram {
  const { words } = context;
  const id = createDiagramIds();
  const script =
    saga.style === 'orchestration'
      ? orchestrationSteps(context, saga, id)
      : choreographySteps(context, saga, id);
  const title = say(words, 'saga.title', { saga: saga.name });
  return {
    kind: 'saga',
    subject: saga.name,
    name: `saga-${saga.name}`,
    template: 'sequence',
    pointers: [saga.origin],
    title,
    view: () =>
      sequenceView({
        title,
        description: say(words, `saga.description.${saga.style}`, {
          saga: saga.name,
          steps: saga.steps.map((step) => step.name).join(', '),
        }),
        participants: script.participants,
        steps: [
          {
            kind: 'note',
            over: script.noteOver,
            lines: plainLabel(
              say(words, 'saga.facts', {
                saga: saga.name,
                correlation: keyName(saga.correlation),
                timeout: formatDuration(
                  saga.timeoutMs.value,
                  context.model.locale,
                ),
              }),
            ),
          },
          ...script.steps,
        ],
      }),
  };
}
