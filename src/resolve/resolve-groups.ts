// Consumer groups: the subscriptions of one service that share one position.
import { child } from '../core/pointer.ts';
import { quotedList } from '../core/text.ts';
import type { Channel, ConsumerGroup, Subscription } from '../model/model.ts';
import type { Sourced } from '../model/settings.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { Scope } from './scope.ts';
import { strongestDelivery, strongestOrdering } from './strongest.ts';

interface Channels {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly channelOf: ReadonlyMap<string, string>;
}

/** Gathers subscriptions into groups, in spec order. Reports: repeated-subscription, group-of-two-services, group-with-two-deliveries. */
export function resolveGroups(
  scope: Scope,
  subscriptions: readonly Subscription[],
  context: Channels,
): readonly ConsumerGroup[] {
  const byGroup = new Map<string, Subscription[]>();
  for (const subscription of subscriptions) {
    const members = byGroup.get(subscription.group);
    if (members === undefined) byGroup.set(subscription.group, [subscription]);
    else members.push(subscription);
  }
  return [...byGroup].map(([name, members]) => {
    checkGroup(scope, name, members);
    return groupOf(name, members, context);
  });
}

function groupOf(
  name: string,
  members: readonly Subscription[],
  context: Channels,
): ConsumerGroup {
  // A group is made by its first subscription, so there is one.
  const first = members[0] as Subscription;
  const events = [...new Set(members.flatMap((member) => member.events))];
  const channels = [
    ...new Set(events.flatMap((event) => context.channelOf.get(event) ?? [])),
  ];
  const isCommandQueue =
    channels.length === 1 &&
    context.channels.get(channels[0] ?? '')?.kind === 'command';
  return {
    name,
    service: first.service,
    channels,
    subscriptions: members.map((member) => member.id),
    events,
    ordering:
      strongestOrdering(members.map((member) => member.ordering)) ??
      first.ordering,
    delivery:
      strongestDelivery(members.map((member) => member.delivery)) ??
      first.delivery,
    instances:
      most(members.map((member) => member.instances)) ?? first.instances,
    concurrency:
      most(members.map((member) => member.concurrency)) ?? first.concurrency,
    isCommandQueue,
    origin: first.origin,
  };
}

function most(numbers: readonly Sourced<number>[]): Sourced<number> | null {
  let best: Sourced<number> | null = null;
  for (const number of numbers)
    if (best === null || number.value > best.value) best = number;
  return best;
}

const isWritten = ({ delivery, origin }: Subscription): boolean =>
  delivery.origin.startsWith(`${origin}/`);

function checkGroup(
  scope: Scope,
  group: string,
  members: readonly Subscription[],
): void {
  const [first] = members;
  if (first === undefined) return;
  const stranger = members.find((member) => member.service !== first.service);
  if (stranger !== undefined) {
    reportStranger(scope, group, { first, stranger });
    return;
  }
  checkRepeated(scope, group, members);
  checkDeliveries(scope, group, members);
}

function reportStranger(
  scope: Scope,
  group: string,
  {
    first,
    stranger,
  }: { readonly first: Subscription; readonly stranger: Subscription },
): void {
  const related = [
    {
      message: `"${group}" is used here first`,
      pointer: first.origin,
      location: null,
    },
  ];
  scope.report(
    resolveDiagnostics.make(
      'group-of-two-services',
      { pointer: stranger.origin, related },
      { group, first: first.service, second: stranger.service },
    ),
  );
}

function checkRepeated(
  scope: Scope,
  group: string,
  members: readonly Subscription[],
): void {
  const seen = new Set<string>();
  for (const { pattern, service, origin } of members) {
    if (seen.has(pattern))
      scope.report(
        resolveDiagnostics.make(
          'repeated-subscription',
          { pointer: origin },
          { service, pattern, group },
        ),
      );
    seen.add(pattern);
  }
}

function checkDeliveries(
  scope: Scope,
  group: string,
  members: readonly Subscription[],
): void {
  const deliveries = [
    ...new Set(members.map((member) => member.delivery.value)),
  ];
  if (deliveries.length === 1) return;
  const other =
    members.find(isWritten) ??
    members.find((member) => member.delivery.value !== deliveries[0]);
  if (other === undefined) return;
  const at = other.delivery.origin.startsWith(other.origin)
    ? other.delivery.origin
    : child(other.origin);
  scope.report(
    resolveDiagnostics.make(
      'group-with-two-deliveries',
      { pointer: at },
      { group, deliveries: quotedList(deliveries) },
    ),
  );
}
