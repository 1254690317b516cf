// Services: who they are and whose.
import { defineKind, type Change } from '../change.ts';
import { broken, subject } from '../parties.ts';

/** Reports: `diff/service-*`, `diff/owner-changed`. */
export const services = defineKind(
  {
    'service-added': {
      severity: 'info',
      message: 'the service "{service}" is new',
      hint: null,
      why: 'It needs its rights on the broker before it is deployed.',
    },
    'service-removed': {
      severity: 'info',
      message: 'the service "{service}" is gone from the design',
      hint: null,
      why: 'Its rights go with it. What it published and consumed is told on its own.',
    },
    'service-renamed': {
      severity: 'error',
      message: 'the service "{old}" is called "{service}" now',
      hint: 'Keep the name "{old}" on the broker, or deploy "{service}" with its own rights before "{old}" is stopped.',
      why: 'Users, rights, consumer groups and queues are named after the service. Under the new name it begins without any of them.',
    },
    'owner-changed': {
      severity: 'info',
      message: 'the owner of "{service}" went from {old} to {now}',
      hint: null,
      why: 'Alerts and questions go to somebody else.',
    },
  },
  (comparison, tell) => {
    const { both, removed, added } = comparison.services();
    const found: Change[] = [];
    for (const { before: old, after: now } of both) {
      const about = {
        subject: subject('service', now.name),
        pointer: now.origin,
      };
      if (old.name !== now.name)
        found.push(
          tell(
            'service-renamed',
            {
              ...about,
              breaks: [
                broken(
                  'publishers',
                  publishing(comparison.before.model, old.name),
                ),
                broken(
                  'consumers',
                  consuming(comparison.before.model, old.name),
                ),
              ],
            },
            { old: old.name, service: now.name },
          ),
        );
      if (old.owner !== now.owner)
        found.push(
          tell('owner-changed', about, {
            service: now.name,
            old: old.owner === null ? 'nobody' : `"${old.owner}"`,
            now: now.owner === null ? 'nobody' : `"${now.owner}"`,
          }),
        );
    }
    return [
      ...found,
      ...removed.map(({ name, origin }) =>
        tell(
          'service-removed',
          { subject: subject('service', name), pointer: origin },
          { service: name },
        ),
      ),
      ...added.map(({ name, origin }) =>
        tell(
          'service-added',
          { subject: subject('service', name), pointer: origin },
          { service: name },
        ),
      ),
    ];
  },
);

type Parties = {
  readonly publications: readonly { readonly service: string }[];
  readonly subscriptions: readonly { readonly service: string }[];
};

const publishing = (model: Parties, name: string): readonly string[] =>
  model.publications.some(({ service }) => service === name) ? [name] : [];

const consuming = (model: Parties, name: string): readonly string[] =>
  model.subscriptions.some(({ service }) => service === name) ? [name] : [];
