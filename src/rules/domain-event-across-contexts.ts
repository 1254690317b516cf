// A domain event is consumed in another bounded context.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/domain-event-across-contexts`. */
export const domainEventAcrossContexts = defineRule(
  {
    name: 'domain-event-across-contexts',
    area: 'ownership',
    severity: 'info',
    profile: 'strict',
    summary: 'A domain event is consumed in another bounded context.',
    message:
      'the domain event "{event}" of context "{context}" is consumed in other contexts, by {consumers}',
    hint: 'Publish an event with "type: integration" for {consumers}, and keep "{event}" inside "{context}".',
    why: 'A domain event speaks the language of its context and changes with its model. Others that depend on it make every change of the model a breaking one.',
    source:
      'V. Vernon, Implementing Domain-Driven Design, chapter 13; M. Fowler, "Bounded Context"',
  },
  ({ model, services, publicationsByEvent, subscriptionsByEvent }) =>
    model.events.flatMap(({ name, kind, origin }) => {
      const [published] = publicationsByEvent().get(name) ?? [];
      const context = services().get(published?.service ?? '')?.context ?? null;
      if (kind !== 'domain' || context === null) return [];
      const consumers = (subscriptionsByEvent().get(name) ?? [])
        .map(({ service }) => services().get(service))
        .filter((service) => (service?.context ?? context) !== context)
        .map((service) => service?.name ?? '');
      if (consumers.length === 0) return [];
      return [
        {
          at: { pointer: origin, at: 'key' },
          event: name,
          context,
          consumers: shortList([...new Set(consumers)]),
        },
      ];
    }),
);
