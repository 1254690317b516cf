// Consumer groups: the names under which a broker keeps a consumer's position.
import { defineKind } from '../change.ts';
import { broken, subject } from '../parties.ts';

/** Reports: `diff/group-*`. */
export const groups = defineKind(
  {
    'group-renamed': {
      severity: 'error',
      message: 'the group "{old}" of "{service}" is called "{group}" now',
      hint: 'Keep the name with "group: {old}", or let the new one begin where the old one ended.',
      why: 'A broker knows a group by its name: Kafka its offsets, RabbitMQ its queue. A group of a new name begins without either, so it reads everything again or misses what was waiting; an old queue goes on filling, and retries and dead letters are left behind.',
    },
    'group-changed': {
      severity: 'error',
      message:
        '"{service}" consumes "{pattern}" in the group "{group}" instead of "{old}"',
      hint: 'Keep "group: {old}", or let what is waiting in "{old}" run dry first.',
      why: 'Position, order with the other events of the group, retries and dead letters belong to the group. In another one the subscription begins anew.',
    },
  },
  (comparison, tell) => {
    const { before, renames } = comparison;
    return [
      ...comparison
        .groups()
        .both.filter(({ before: old, after: now }) => old.name !== now.name)
        .map(({ before: old, after: now }) =>
          tell(
            'group-renamed',
            {
              subject: subject('group', now.name),
              pointer: now.origin,
              breaks: [broken('consumers', [old.service])],
              told: before.broker.changeWords.groupRenamed,
            },
            { old: old.name, group: now.name, service: now.service },
          ),
        ),
      ...comparison
        .subscriptions()
        .both.filter(
          ({ before: old, after: now }) =>
            (renames.groups.get(old.group) ?? old.group) !== now.group,
        )
        .map(({ before: old, after: now }) =>
          tell(
            'group-changed',
            {
              subject: subject('service', now.service),
              pointer: now.origin,
              breaks: [broken('consumers', [old.service])],
            },
            {
              service: now.service,
              pattern: now.pattern,
              group: now.group,
              old: old.group,
            },
          ),
        ),
    ];
  },
);
