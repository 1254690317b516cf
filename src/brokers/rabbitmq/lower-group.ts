// One consumer group to its queue or lanes, its bindings, its retry ladder, its dead-letter queue and their policies.
import { largest } from '../../core/lists.ts';
import {
  deadLetterExchange,
  exactly,
  laneQueueName,
  lanesExchangeName,
  unroutedName,
} from './names.ts';
import { deadLetters, retryLadder } from './lower-failures.ts';
import { joinParts, policyPriority } from './lowering-context.ts';
import { quorumArguments, sizePolicy } from './replication.ts';
import { slotArguments, slotsOf } from './slots.ts';
import type { JsonObject } from '../../core/json.ts';
import type { GroupPlan } from './group-plan.ts';
import type { LoweringContext, Part } from './lowering-context.ts';
import type { Binding, Policy, Provenance, Queue } from './topology.ts';

/** Makes everything that one consumer group needs. */
export function lowerGroup(plan: GroupPlan, context: LoweringContext): Part {
  return joinParts([
    workQueues(plan, context),
    {
      exchanges: [],
      queues: [],
      bindings: subscriptionBindings(plan, context),
      policies: [],
    },
    retryLadder(plan, context),
    deadLetters(plan, context),
  ]);
}

/** Lists the queues that the group's consumers read. */
export function queuesRead(plan: GroupPlan): readonly string[] {
  if (plan.lanes === null) return [plan.queue];
  return Array.from({ length: plan.lanes }, (_, lane) =>
    laneQueueName(plan.queue, lane),
  );
}

function workQueues(plan: GroupPlan, context: LoweringContext): Part {
  const { group } = plan;
  const names = queuesRead(plan);
  const queues = names.map((name): Queue => ({
    name,
    type: plan.isBestEffort ? 'classic' : 'quorum',
    role: plan.lanes === null ? 'work' : 'lane',
    isDurable: true,
    isAutoDelete: false,
    arguments: {
      ...(plan.isBestEffort
        ? { 'x-queue-type': 'classic' }
        : quorumArguments(context)),
      ...(plan.isOrdered ? { 'x-single-active-consumer': true } : {}),
    },
    why: { pointer: group.origin, because: queueReason(plan) },
  }));
  const policy: Policy = {
    name: `queue:${plan.queue}`,
    pattern: exactly(names),
    applyTo: 'queues',
    targets: names,
    definition: workPolicy(plan, context),
    priority: policyPriority,
    why: { pointer: plan.attempts.origin, because: policyReason(plan) },
  };
  return joinParts([
    { exchanges: [], queues, bindings: [], policies: [policy] },
    ...(plan.lanes === null ? [] : [lanesPart(plan, names, context)]),
  ]);
}

function lanesPart(
  plan: GroupPlan,
  lanes: readonly string[],
  { model }: LoweringContext,
): Part {
  const { value: slots, origin } = slotsOf(model);
  const exchange = lanesExchangeName(plan.queue);
  const why = {
    pointer: plan.group.ordering.origin,
    because: plan.lanesBecause,
  };
  const place: Provenance = {
    pointer: origin,
    because: `a message's slot is in its header, and slot s of ${slots} goes to lane s mod ${lanes.length}: a key keeps its lane whatever the broker forgets`,
  };
  return {
    exchanges: [{ name: exchange, type: 'headers', arguments: {}, why }],
    queues: [],
    bindings: Array.from({ length: slots }, (_, slot) => ({
      source: exchange,
      // Invariant: a group with lanes has at least one.
      destination: lanes[slot % lanes.length] ?? '',
      to: 'queue' as const,
      routingKey: '',
      arguments: slotArguments(slot),
      why: place,
    })),
    policies: [
      {
        name: `exchange:${exchange}`,
        pattern: exactly([exchange]),
        applyTo: 'exchanges',
        targets: [exchange],
        definition: { 'alternate-exchange': unroutedName },
        priority: policyPriority,
        why: {
          pointer: plan.group.ordering.origin,
          because:
            'a message whose header names no slot, as of a foreign publisher, is kept and counted instead of dropped',
        },
      },
    ],
  };
}

function queueReason(plan: GroupPlan): string {
  const kind = plan.isBestEffort
    ? 'classic: at-most-once needs no replica'
    : 'quorum: work that must not be lost';
  const order = plan.isOrdered
    ? `; single active consumer: ordering is ${plan.group.ordering.value}`
    : '';
  return `${kind}${order}; ${plan.lanesBecause}`;
}

function workPolicy(plan: GroupPlan, context: LoweringContext): JsonObject {
  const ttl = plan.ttlMs === null ? {} : { 'message-ttl': plan.ttlMs };
  if (plan.isBestEffort) {
    return { ...ttl, 'max-length': plan.maxLength, overflow: 'drop-head' };
  }
  const delayed = plan.retries.find(
    ({ mechanism }) => mechanism === 'delayed-retry',
  );
  return {
    // Limit N lets N + 1 deliveries happen.
    'delivery-limit': plan.attempts.value - 1,
    'max-length': plan.maxLength,
    overflow: 'reject-publish',
    ...ttl,
    ...(plan.hasDeadLetter
      ? {
          'dead-letter-exchange': deadLetterExchange,
          'dead-letter-routing-key': plan.queue,
          'dead-letter-strategy': 'at-least-once',
        }
      : {}),
    ...(delayed === undefined
      ? {}
      : {
          'delayed-retry-type': 'failed',
          'delayed-retry-min': delayed.delaysMs[0] ?? 0,
          'delayed-retry-max': largest(delayed.delaysMs),
        }),
    ...sizePolicy(context),
  };
}

function policyReason(plan: GroupPlan): string {
  if (plan.isBestEffort) {
    return `at-most-once: the oldest message makes room; ${plan.maxLengthBecause}`;
  }
  const attempts = plan.attempts.value;
  const end = plan.hasDeadLetter
    ? 'then the dead-letter queue, confirmed before the message leaves (at-least-once needs reject-publish)'
    : 'then dropped, as deadLetter is false';
  return `${attempts} ${attempts === 1 ? 'delivery' : 'deliveries'} in all (limit ${attempts - 1}), ${end}; max-length: ${plan.maxLengthBecause}`;
}

// Bindings name each matched event and never a pattern: a pattern would also take events that nobody declared,
// and would hide them from the alternate exchange.
function subscriptionBindings(
  plan: GroupPlan,
  context: LoweringContext,
): readonly Binding[] {
  const destination =
    plan.lanes === null ? plan.queue : lanesExchangeName(plan.queue);
  const bindings = plan.group.subscriptions.flatMap((id) => {
    const subscription = context.subscriptions.get(id);
    return (subscription?.events ?? []).map((name): Binding => ({
      source: context.events.get(name)?.channel ?? name,
      destination,
      to: plan.lanes === null ? 'queue' : 'exchange',
      routingKey: name,
      arguments: {},
      why: {
        pointer: subscription?.origin ?? plan.group.origin,
        because:
          subscription?.pattern === name
            ? `"${plan.group.service}" subscribes to "${name}"`
            : `"${plan.group.service}" subscribes to "${subscription?.pattern}", which matches "${name}"`,
      },
    }));
  });
  // Two patterns of one group may match the same event.
  return [
    ...new Map(
      bindings.map((binding) => [binding.routingKey, binding]),
    ).values(),
  ];
}
