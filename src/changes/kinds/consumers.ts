// Who consumes what.
import { shortList } from '../../core/text.ts';
import type { ConsumerGroup, Subscription } from '../../model/model.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { broken, distinct, subject } from '../parties.ts';
import type { Pair } from '../side.ts';

const entries = {
  'consumer-added': {
    severity: 'info',
    message: '"{service}" consumes "{pattern}" now, in the group "{group}"',
    hint: null,
    why: 'Nobody else notices it. A group that is new begins at its start position.',
  },
  'consumer-removed': {
    severity: 'warning',
    message:
      '"{service}" no longer consumes "{pattern}" in the group "{group}"',
    hint: 'Take what consumes in "{group}" out of service first, then delete what the broker keeps for it.',
    why: 'What the broker keeps for a group stays until somebody deletes it: Kafka its offsets, RabbitMQ its queue, which goes on filling, and both its retries and dead letters. A copy of the service that is still deployed as before loses the right to read.',
  },
  'subscription-narrowed': {
    severity: 'warning',
    message:
      '"{service}" no longer consumes {lost} in the group "{group}": it subscribes to {now} instead of {old}',
    hint: 'Let "{service}" handle what waits of {lost} before it is deployed. The group goes on: delete nothing of it.',
    why: 'The group keeps what waits for it. What it no longer subscribes to is handled by nobody: on Kafka it is passed over, on RabbitMQ it still comes from the queue to a service that has no handler for it.',
  },
  'subscription-rewritten': {
    severity: 'info',
    message:
      '"{service}" subscribes to {now} instead of {old} in the group "{group}", and {gained}',
    hint: null,
    why: 'The group keeps its position and all that it received before.',
  },
} as const;

type Tell = Teller<typeof entries>;

/** Reports: `diff/consumer-*`, `diff/subscription-*`. */
export const consumers = defineKind(entries, (comparison, tell) => {
  const { renames } = comparison;
  const { both, removed, added } = comparison.subscriptions();
  const nowOf = (group: string): string => renames.groups.get(group) ?? group;
  const groups = comparison.groups().both;
  const lasting = groups.filter(
    ({ before, after }) =>
      (renames.services.get(before.service) ?? before.service) ===
      after.service,
  );
  const last = new Set(lasting.map(({ after }) => after.name));
  const taken = new Set(groups.map(({ after }) => after.name));
  // One that is written otherwise in its group went and came there.
  const rewritten = both.filter(
    ({ before, after }) =>
      nowOf(before.group) === after.group &&
      (renames.events.get(before.pattern) ?? before.pattern) !== after.pattern,
  );
  const gone = [...removed, ...rewritten.map(({ before }) => before)];
  const lostBy = new Set(gone.map(({ group }) => nowOf(group)));
  return [
    ...lasting
      .filter(({ after }) => lostBy.has(after.name))
      .map((pair) => changeOf(comparison, { pair, tell })),
    ...removed
      .filter(({ group }) => !last.has(nowOf(group)))
      .map(({ service, pattern, group, origin }) =>
        tell(
          'consumer-removed',
          {
            subject: subject('service', service),
            pointer: origin,
            breaks: [broken('consumers', [service])],
            told: taken.has(nowOf(group))
              ? takenOver
              : comparison.before.broker.changeWords.groupLeft,
          },
          { service, pattern, group },
        ),
      ),
    ...added
      .filter(({ group }) => !(last.has(group) && lostBy.has(group)))
      .map(({ service, pattern, group, origin }) =>
        tell(
          'consumer-added',
          { subject: subject('service', service), pointer: origin },
          { service, pattern, group },
        ),
      ),
  ];
});

const takenOver = {
  why: 'The group goes on in another service, with its position and all that waits in it. A copy of the service that is still deployed as before loses the right to read.',
  hint: 'Stop "{service}" in the group "{group}" before the other service begins, and delete nothing of it.',
};

/** A group that goes on and lost a subscription: what became of it, told once with those that it got. */
function changeOf(
  comparison: Comparison,
  { pair, tell }: { readonly pair: Pair<ConsumerGroup>; readonly tell: Tell },
): Change {
  const { before, after, renames } = comparison;
  const had = pair.before.events.map(
    (name) => renames.events.get(name) ?? name,
  );
  const lost = distinct(
    had.filter((name) => !pair.after.events.includes(name)),
  );
  const gained = distinct(
    pair.after.events.filter((name) => !had.includes(name)),
  );
  const { service, name: group, origin } = pair.after;
  const words = {
    ...{ service, group },
    old: patternsOf(before.facts.subscriptions(), pair.before),
    now: patternsOf(after.facts.subscriptions(), pair.after),
  };
  const about = { subject: subject('service', service), pointer: origin };
  return lost.length === 0
    ? tell('subscription-rewritten', about, {
        ...words,
        gained:
          gained.length === 0
            ? 'receives what it received'
            : `receives ${shortList(gained)} too`,
      })
    : tell(
        'subscription-narrowed',
        {
          ...about,
          breaks: [broken('consumers', [service])],
          told: before.broker.changeWords.eventLeft,
        },
        { ...words, lost: shortList(lost) },
      );
}

const patternsOf = (
  all: ReadonlyMap<string, Subscription>,
  { subscriptions }: ConsumerGroup,
): string =>
  shortList(distinct(subscriptions.map((id) => all.get(id)?.pattern ?? '')));
