// A choreography has a timeout, but nobody who ends it then.
import { formatDuration } from '../core/units.ts';
import { enderOf } from '../model/saga-ender.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unwatched-choreography`. */
export const unwatchedChoreography = defineRule(
  {
    name: 'unwatched-choreography',
    area: 'sagas',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A choreography has a timeout, but nobody who ends it then.',
    message:
      'saga "{saga}" is to end within {timeout}, but nobody ends it then: a message that is parked on the way leaves it open',
    hint: 'Let the service that publishes "{starts}" publish what "aborts" names, or write "style: orchestration" with a "coordinator".',
    why: 'Each participant of a choreography knows its own step. A message that fails for good stops the process in the middle, and a timer that nobody keeps undoes nothing.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4; Hohpe and Woolf, Enterprise Integration Patterns, "Process Manager"',
  },
  ({ model }) =>
    model.sagas
      .filter(
        (saga) =>
          saga.style === 'choreography' &&
          saga.timeoutMs.from === 'spec' &&
          enderOf(model, saga) === null,
      )
      .map(({ name, timeoutMs, starts }) => ({
        at: timeoutMs.origin,
        saga: name,
        timeout: formatDuration(timeoutMs.value),
        starts,
      })),
);
