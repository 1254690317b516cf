// A compensation travels in another queue than the command that it undoes.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/overtaking-compensation`. */
export const overtakingCompensation = defineRule(
  {
    name: 'overtaking-compensation',
    area: 'sagas',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A compensation travels in another queue than the command that it undoes.',
    message:
      '{compensations} of saga "{saga}" can be carried out before {commands}, as they wait in other queues',
    hint: 'Put each compensation into the queue of its command, as with "queue: {queue}" on "{compensation}".',
    why: 'When a step gives no answer in time, its compensation is sent while its command may still wait. A compensation that comes first finds nothing to undo, and the step is done after it. One queue keeps the two in order for each key.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4; Hohpe and Woolf, Enterprise Integration Patterns, "Message Sequence"',
  },
  ({ model, events, subscriptionsByEvent }) => {
    const handlerOf = (command: string): string | undefined =>
      subscriptionsByEvent().get(command)?.[0]?.service;
    return model.sagas.flatMap(({ name, steps }) => {
      const apart = steps.flatMap(({ command, compensate, origin }) => {
        if (command === null || compensate === null) return [];
        const queue = events().get(command)?.channel ?? command;
        const isApart = events().get(compensate)?.channel !== queue;
        // A queue has one service; what two do cannot wait in one.
        const isCurable = handlerOf(command) === handlerOf(compensate);
        return isApart && isCurable
          ? [{ command, compensate, queue, origin }]
          : [];
      });
      const [first] = apart;
      if (first === undefined) return [];
      return [
        {
          at: first.origin,
          saga: name,
          compensations: shortList(apart.map(({ compensate }) => compensate)),
          commands: shortList(apart.map(({ command }) => command)),
          queue: first.queue,
          compensation: first.compensate,
        },
      ];
    });
  },
);
