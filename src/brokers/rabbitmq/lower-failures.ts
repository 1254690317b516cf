// What happens to a group's failed messages: the rungs of its retry ladder and its dead-letter queue.
import {
  deadLetterExchange,
  deadLetterQueueName,
  exactly,
  lanesExchangeName,
  retryExchangeName,
  retryQueueName,
  rungName,
} from './names.ts';
import { emptyPart, lookLimit, policyPriority } from './lowering-context.ts';
import { quorumArguments, sizePolicy } from './replication.ts';
import type { GroupPlan } from './group-plan.ts';
import type { LoweringContext, Part } from './lowering-context.ts';
import type { Policy } from './topology.ts';

/** Makes the retry ladder of a group: an exchange and one TTL queue for each delay; empty when nothing is set aside. */
export function retryLadder(plan: GroupPlan, context: LoweringContext): Part {
  const rungs = [
    ...new Set(
      plan.retries
        .filter(({ mechanism }) => mechanism === 'retry-queues')
        .flatMap(({ delaysMs }) => delaysMs),
    ),
  ].sort((left, right) => left - right);
  if (rungs.length === 0) {
    return emptyPart;
  }
  const exchange = retryExchangeName(plan.queue);
  const why = {
    pointer: plan.attempts.origin,
    because:
      'retry is non-blocking: one queue for each delay, as a message behind a longer delay would wait for it',
  };
  return {
    exchanges: [{ name: exchange, type: 'direct', arguments: {}, why }],
    queues: rungs.map((delay) => ({
      name: retryQueueName(plan.queue, delay),
      type: 'quorum',
      role: 'retry',
      isDurable: true,
      isAutoDelete: false,
      arguments: quorumArguments(context),
      why,
    })),
    bindings: rungs.map((delay) => ({
      source: exchange,
      destination: retryQueueName(plan.queue, delay),
      to: 'queue',
      routingKey: rungName(delay),
      arguments: {},
      why,
    })),
    policies: rungs.map((delay) => ({
      ...rungPolicy(plan, delay, context),
      why,
    })),
  };
}

function rungPolicy(
  plan: GroupPlan,
  delay: number,
  context: LoweringContext,
): Omit<Policy, 'why'> {
  const name = retryQueueName(plan.queue, delay);
  // Back to the lane of its key when there are lanes, else straight to the queue through the default exchange.
  const back =
    plan.lanes === null
      ? { 'dead-letter-exchange': '', 'dead-letter-routing-key': plan.queue }
      : { 'dead-letter-exchange': lanesExchangeName(plan.queue) };
  return {
    name: `queue:${name}`,
    pattern: exactly([name]),
    applyTo: 'queues',
    targets: [name],
    definition: {
      'message-ttl': delay,
      ...back,
      'dead-letter-strategy': 'at-least-once',
      'max-length': plan.maxLength,
      overflow: 'reject-publish',
      ...sizePolicy(context),
    },
    priority: policyPriority,
  };
}

/** Makes the dead-letter queue of a group; empty when its messages are dropped after the last attempt. */
export function deadLetters(plan: GroupPlan, context: LoweringContext): Part {
  if (!plan.hasDeadLetter) {
    return emptyPart;
  }
  const name = deadLetterQueueName(plan.queue);
  const why = {
    pointer: plan.group.origin,
    because: `keeps what "${plan.group.service}" gave up, until a person looks`,
  };
  return {
    exchanges: [],
    queues: [
      {
        name,
        type: 'quorum',
        role: 'dead-letter',
        isDurable: true,
        isAutoDelete: false,
        arguments: quorumArguments(context),
        why,
      },
    ],
    bindings: [
      {
        source: deadLetterExchange,
        destination: name,
        to: 'queue',
        routingKey: plan.queue,
        arguments: {},
        why,
      },
    ],
    policies: [
      {
        name: `queue:${name}`,
        pattern: exactly([name]),
        applyTo: 'queues',
        targets: [name],
        definition: {
          'max-length': plan.maxLength,
          overflow: 'reject-publish',
          'delivery-limit': lookLimit,
          ...sizePolicy(context),
        },
        priority: policyPriority,
        why: {
          pointer: plan.group.origin,
          because: `nothing expires here; a full queue holds dead letters back in their source; the high delivery limit lets people look (each look counts, and 4.0 and later drop at 20)`,
        },
      },
    ],
  };
}
