// A read model takes events from several channels, which come in any order to each other.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/joined-projection`. */
export const joinedProjection = defineRule(
  {
    name: 'joined-projection',
    area: 'ordering',
    severity: 'info',
    profile: 'recommended',
    summary:
      'A read model takes events from several channels, which come in any order to each other.',
    message:
      'read model "{projection}" is built from {events} of the channels {channels}, which can come in any order to each other',
    hint: 'Let each event of "{projection}" set only its own fields and make the row when there is none, or put them into one channel, with "events: [{list}]" under one name of "channels" and nowhere else.',
    why: 'Order holds within a channel. A row can be changed by an event that comes before the one that was to create it.',
    source:
      'M. Kleppmann, Designing Data-Intensive Applications, chapter 11; G. Young, "CQRS Documents"',
  },
  ({ weakened, subscriptions }) =>
    (weakened().get('several-channels') ?? []).flatMap(({ origin, flows }) => {
      const read = flows.flatMap((flow) => {
        const role = subscriptions().get(flow.subscription ?? '')?.role;
        return role?.kind === 'projection'
          ? [{ ...flow, projection: role.name ?? '' }]
          : [];
      });
      const [first] = read;
      if (first === undefined) return [];
      const names = [...new Set(read.map(({ event }) => event))];
      return [
        {
          at: { pointer: origin, at: 'key' },
          projection: first.projection,
          events: shortList(names),
          list: names.join(', '),
          channels: shortList([...new Set(read.map(({ channel }) => channel))]),
        },
      ];
    }),
);
