// Keys that get another queue: where order lies in lanes, and their number or that of the slots is another.
import type { BrokerResource } from '../../brokers/resource.ts';
import { defineKind } from '../change.ts';
import { broken, subject } from '../parties.ts';
import { matchByName, type Side } from '../side.ts';

const entries = {
  'keys-moved': {
    severity: 'warning',
    message:
      'keys of "{group}" move to other lanes: {now} lanes share {slots} slots instead of {old} lanes {before}',
    hint: 'Stop the publishers and let the lanes run empty before the change is applied, and deploy consumers that read every lane.',
    why: 'Messages of one key that are published after the change lie in another lane than those before it, and may overtake them. While slots move, a message may come twice.',
  },
} as const;

interface Spread {
  /** Name of the exchange. */
  readonly name: string;
  readonly slots: number;
  readonly lanes: number;
  readonly resource: BrokerResource;
}

/** Reports: `diff/keys-moved`. */
export const lanes = defineKind(entries, ({ before, after }, tell) =>
  matchByName(spreadsOf(before), spreadsOf(after))
    .both.filter(({ before: old, after: now }) => !isSame(old, now))
    .map(({ before: old, after: now }) => {
      const names = after.broker.names(after.model);
      const group = after.model.groups.find((one) =>
        now.name.startsWith(`${names.stem(one)}.`),
      );
      return tell(
        'keys-moved',
        {
          subject: subject('group', group?.name ?? now.name),
          pointer: group?.origin ?? now.resource.origin,
          breaks: [
            broken('consumers', group === undefined ? [] : [group.service]),
          ],
        },
        {
          group: group?.name ?? now.name,
          now: now.lanes,
          slots: now.slots,
          old: old.lanes,
          before: old.slots,
        },
      );
    }),
);

// A key's slot leaves the same rest by the lanes when both numbers of slots are multiples of them.
const isSame = (old: Spread, now: Spread): boolean =>
  old.lanes === now.lanes &&
  (old.slots === now.slots ||
    (old.slots % old.lanes === 0 && now.slots % now.lanes === 0));

/** In one environment: lanes do not differ between them. */
function spreadsOf({ model, broker }: Side): readonly Spread[] {
  const [environment] = model.environments;
  if (environment === undefined) return [];
  return broker
    .desiredState(model, environment)
    .resources.filter(({ kind }) => kind === 'slots')
    .map((resource) => {
      const queues = Object.values(resource.settings).map(({ value }) => value);
      return {
        name: resource.name,
        slots: queues.length,
        lanes: new Set(queues).size,
        resource,
      };
    });
}
