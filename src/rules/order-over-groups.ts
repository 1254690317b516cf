// A service handles the events of one channel in several groups, so their order to each other is lost.
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/order-over-groups`. */
export const orderOverGroups = defineRule(
  {
    name: 'order-over-groups',
    area: 'ordering',
    severity: 'info',
    profile: 'strict',
    summary:
      'A service handles the events of one channel in several groups, so their order to each other is lost.',
    message:
      '"{service}" handles events of channel "{channel}" in the groups {groups}, each at its own position',
    hint: 'Remove "group" from these subscriptions of consumer "{service}", or say "ordering: none" where their order does not matter.',
    why: 'A group is one position in the channel. With two, the handler of a later event may run while the earlier one waits in the other group.',
    source: 'Apache Kafka documentation, "Consumer groups"',
  },
  ({ model, subscriptions }) => {
    const ordered = model.groups.filter(
      ({ ordering, subscriptions: ids }) =>
        ordering.value !== 'none' &&
        ids.every((id) => subscriptions().get(id)?.role.kind === 'written'),
    );
    const shared = gather(ordered, ({ service, channels }) =>
      channels.map((channel) => `${service} ${channel}`),
    );
    return [...shared].flatMap(([key, groups]) => {
      const [service = '', channel = ''] = key.split(' ');
      const events = groups.flatMap((group) => group.events);
      // Several groups for the same event are meant: each does something of its own with it.
      if (groups.length < 2 || new Set(events).size < events.length) return [];
      return [
        {
          at: groups[1]?.origin ?? '',
          service,
          channel,
          groups: shortList(groups.map(({ name }) => name).toSorted()),
        },
      ];
    });
  },
);
