// A domain event is open to consumers outside this system.
import { child } from '../core/pointer.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/public-domain-event`. */
export const publicDomainEvent = defineRule(
  {
    name: 'public-domain-event',
    area: 'ownership',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A domain event is open to consumers outside this system.',
    message:
      'the domain event "{event}" is public, so strangers depend on the inside of "{owner}"',
    hint: 'Publish an event with "type: integration" for them, and remove "public" from "{event}".',
    why: 'A domain event changes with the model behind it. Once consumers that nobody here knows read it, it cannot change any more.',
    source: 'V. Vernon, Implementing Domain-Driven Design, chapter 13',
  },
  ({ model }) =>
    model.events
      .filter(({ kind, isPublic }) => kind === 'domain' && isPublic)
      .map(({ name, aggregate, origin }) => ({
        at: child(origin, 'public'),
        event: name,
        owner: aggregate ?? model.name,
      })),
);
