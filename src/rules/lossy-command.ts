// A command is delivered at most once.
import { defineRule } from './rule.ts';

/** Reports: `rule/lossy-command`. */
export const lossyCommand = defineRule(
  {
    name: 'lossy-command',
    area: 'delivery',
    severity: 'warning',
    profile: 'minimal',
    summary: 'A command is delivered at most once.',
    message:
      'the command "{command}" is delivered at most once to "{service}", so it can be lost and nobody would know',
    hint: 'Set "delivery: at-least-once" on "{command}", and handle it idempotently at "{service}".',
    why: 'The sender of a command counts on one receiver to act. When the only copy is lost, nothing happens and no event says so.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Command Message" and "Guaranteed Delivery"',
  },
  ({ model, subscriptionsByEvent }) =>
    model.events
      .filter(({ kind }) => kind === 'command')
      .flatMap(({ name }) => subscriptionsByEvent().get(name) ?? [])
      .filter(({ delivery }) => delivery.value === 'at-most-once')
      .map(({ pattern, service, delivery }) => ({
        at: delivery.origin,
        command: pattern,
        service,
      })),
);
