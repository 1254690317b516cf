// Who consumes what.
import { defineKind } from '../change.ts';
import { broken, subject } from '../parties.ts';

/** Reports: `diff/consumer-*`. */
export const consumers = defineKind(
  {
    'consumer-added': {
      severity: 'info',
      message: '"{service}" consumes "{pattern}" now, in the group "{group}"',
      hint: null,
      why: 'A new group begins at its start position; nobody else notices it.',
    },
    'consumer-removed': {
      severity: 'warning',
      message:
        '"{service}" no longer consumes "{pattern}" in the group "{group}"',
      hint: 'Take "{service}" out of service first, then delete what the broker keeps for "{group}".',
      why: 'The broker goes on keeping the position, and a queue goes on filling, until somebody deletes it. A copy of the service that is still deployed as before loses the right to read.',
    },
  },
  (comparison, tell) => {
    const { removed, added } = comparison.subscriptions();
    return [
      ...removed.map(({ service, pattern, group, origin }) =>
        tell(
          'consumer-removed',
          {
            subject: subject('service', service),
            pointer: origin,
            breaks: [broken('consumers', [service])],
          },
          { service, pattern, group },
        ),
      ),
      ...added.map(({ service, pattern, group, origin }) =>
        tell(
          'consumer-added',
          { subject: subject('service', service), pointer: origin },
          { service, pattern, group },
        ),
      ),
    ];
  },
);
