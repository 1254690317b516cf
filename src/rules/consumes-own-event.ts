// A service subscribes to an event that it publishes itself.
import { defineRule } from './rule.ts';

/** Reports: `rule/consumes-own-event`. */
export const consumesOwnEvent = defineRule(
  {
    name: 'consumes-own-event',
    area: 'ownership',
    severity: 'info',
    profile: 'recommended',
    summary: 'A service subscribes to an event that it publishes itself.',
    message: '"{service}" publishes "{event}" and subscribes to it',
    hint: 'Do in "{service}" what follows from "{event}" where it is published, or give that work to a service, projection or saga of its own.',
    why: 'What a service tells itself through the broker it could do in its own transaction. If the handler publishes the event again, the two go round for ever.',
    source:
      'C. Richardson, Microservices Patterns; M. Fowler, "What do you mean by Event-Driven?"',
  },
  ({ model, publicationsByEvent, events }) =>
    model.subscriptions
      .filter(({ role }) => role.kind === 'written')
      .flatMap(({ service, events: names, origin }) =>
        names
          .filter(
            (name) =>
              events().get(name)?.kind !== 'command' &&
              (publicationsByEvent().get(name) ?? []).some(
                (one) => one.service === service,
              ),
          )
          .slice(0, 1)
          .map((event) => ({ at: origin, service, event })),
      ),
);
