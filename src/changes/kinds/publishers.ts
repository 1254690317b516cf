// Who publishes an event.
import { quotedList } from '../../core/text.ts';
import { defineKind, type Change } from '../change.ts';
import { broken, consumersOf, publishersOf, subject } from '../parties.ts';

/** Reports: `diff/publisher-*`, `diff/event-unpublished`. */
export const publishers = defineKind(
  {
    'publisher-added': {
      severity: 'info',
      message: '{services} {publish} "{event}" now',
      hint: null,
      why: 'Consumers see more of the same event. Where several publish, order holds only per publisher.',
    },
    'publisher-removed': {
      severity: 'warning',
      message: '{services} no longer {publish} "{event}"; {left} still {do}',
      hint: 'Make sure that what {left} {leftPublish} is everything that consumers of "{event}" need.',
      why: 'Consumers receive only a part of what they received. A service that is still deployed as before loses the right to write.',
    },
    'event-unpublished': {
      severity: 'error',
      message: 'nobody in the design publishes "{event}" any more',
      hint: 'Name a service that publishes "{event}", or remove the event and its consumers.',
      why: 'Its consumers wait for something that never comes, and no error says so. A publisher that is still deployed as before loses the right to write.',
    },
  },
  (comparison, tell) =>
    comparison.events().both.flatMap(({ before: old, after: now }) => {
      const { before, after, renames } = comparison;
      const had = publishersOf(before, old.name).services.map(
        (name) => renames.services.get(name) ?? name,
      );
      const has = publishersOf(after, now.name).services;
      const gone = had.filter((name) => !has.includes(name));
      const come = has.filter((name) => !had.includes(name));
      const about = {
        subject: subject('event', now.name),
        pointer: now.origin,
      };
      const breaks = [
        consumersOf(before, old.name),
        broken('publishers', gone),
      ];
      const found: Change[] = [];
      if (gone.length > 0 && has.length === 0)
        found.push(
          tell('event-unpublished', { ...about, breaks }, { event: now.name }),
        );
      else if (gone.length > 0)
        found.push(
          tell(
            'publisher-removed',
            { ...about, breaks },
            {
              event: now.name,
              services: quotedList(gone),
              publish: publish(gone),
              left: quotedList(has),
              leftPublish: publish(has),
              do: has.length === 1 ? 'does' : 'do',
            },
          ),
        );
      if (come.length > 0)
        found.push(
          tell('publisher-added', about, {
            event: now.name,
            services: quotedList(come),
            publish: publish(come),
          }),
        );
      return found;
    }),
);

const publish = (services: readonly string[]): string =>
  services.length === 1 ? 'publishes' : 'publish';
