// The event that tells the end of a saga is published by nobody.
import { child } from '../core/pointer.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unpublished-end`. */
export const unpublishedEnd = defineRule(
  {
    name: 'unpublished-end',
    area: 'sagas',
    severity: 'warning',
    profile: 'minimal',
    summary: 'The event that tells the end of a saga is published by nobody.',
    message: 'saga "{saga}" ends with "{event}", which nobody publishes',
    hint: 'Add "{event}" to what "{service}" publishes.',
    why: 'The saga runs to its end and nobody hears of it: whoever waits for "completes" or "aborts" waits for ever.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Process Manager"',
  },
  ({ model, publicationsByEvent }) => {
    // Who starts a process is known to be there.
    const starter = (event: string): string =>
      publicationsByEvent().get(event)?.[0]?.service ?? '';
    return model.sagas.flatMap(
      ({ name, starts, completes, aborts, coordinator, steps, origin }) =>
        [
          { event: completes, at: child(origin, 'completes') },
          { event: aborts, at: child(origin, 'aborts') },
        ].flatMap(({ event, at }) =>
          event === null || publicationsByEvent().has(event)
            ? []
            : [
                {
                  at,
                  saga: name,
                  event,
                  service:
                    coordinator ?? steps.at(-1)?.participant ?? starter(starts),
                },
              ],
        ),
    );
  },
);
