// Model to topics: one per channel, the retry ladder and dead letter of each group, the pairs of request/reply.
import { largest } from '../../core/lists.ts';
import { readablePath } from '../../core/pointer.ts';
import { formatDuration } from '../../core/units.ts';
import { planCapacity } from '../../model/capacity.ts';
import { failureHandling } from '../../model/failure-handling.ts';
import { retryDelays } from '../../model/retry-delays.ts';
import type {
  Channel,
  ConsumerGroup,
  Model,
  RequestReply,
  Subscription,
} from '../../model/model.ts';
import type { PartitionPlan } from '../../model/partitions.ts';
import type { Topic, Why } from './design.ts';
import { subscriptionsOn } from './model-index.ts';
import type { ModelIndex } from './model-index.ts';
import {
  deadLetterTopic,
  replayGroup,
  replyTopic,
  requestTopic,
  retryGroup,
  retryTopic,
} from './names.ts';
import {
  channelSettings,
  deadLetterMs,
  helperSettings,
} from './topic-settings.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Lists every topic, each channel followed by the topics that serve it. */
export function planTopics(model: Model, index: ModelIndex): readonly Topic[] {
  const capacity = planCapacity(model);
  const ofChannels = model.channels.flatMap((channel) => {
    const plan = capacity.channels.get(channel.name)?.partitions;
    // Every channel of the model is sized.
    if (plan === undefined) return [];
    const own = channelTopic(model, index, { channel, plan });
    const groups = index.groupsByChannel.get(channel.name) ?? [];
    return [
      own,
      ...groups.flatMap((group) => groupTopics(index, group, { channel, own })),
    ];
  });
  return [...ofChannels, ...model.requests.flatMap(requestTopics)];
}

function channelTopic(
  model: Model,
  index: ModelIndex,
  sized: { readonly channel: Channel; readonly plan: PartitionPlan },
): Topic {
  const { channel, plan } = sized;
  const declared = channel.partitions;
  return {
    name: channel.name,
    role: 'channel',
    channel: channel.name,
    group: null,
    readBy: null,
    partitions: plan.value,
    partitionsWhy: {
      origin: plan.origin,
      because:
        declared === null
          ? plan.formula
          : `${declared.because ?? 'as declared'}; the formula gives ${plan.computed}: ${plan.formula}`,
    },
    settings: channelSettings(model, index, channel),
    delayMs: null,
    isKeyed: channel.events.every(
      (event) => (index.events.get(event)?.key ?? null) !== null,
    ),
    why: {
      origin: channel.origin,
      because: `carries ${channel.events.join(', ')}`,
    },
  };
}

function groupTopics(
  index: ModelIndex,
  group: ConsumerGroup,
  on: { readonly channel: Channel; readonly own: Topic },
): readonly Topic[] {
  const subscriptions = subscriptionsOn(index, group, on.channel);
  const aside = subscriptions.filter(
    (one) => failureHandling(one).retry.mode === 'non-blocking',
  );
  const dead = subscriptions.find((one) => failureHandling(one).hasDeadLetter);
  const retries = aside.length === 0 ? [] : retryTopics(group, aside, on.own);
  return dead === undefined
    ? retries
    : [...retries, deadLetter(group, dead, on.own)];
}

function retryTopics(
  group: ConsumerGroup,
  subscriptions: readonly Subscription[],
  source: Topic,
): readonly Topic[] {
  const ladders = subscriptions.map((one) => retryDelays(one.retry.value));
  const steps = largest(
    ladders.map((ladder) => ladder.length),
    0,
  );
  const first = subscriptions[0];
  if (first === undefined) return [];
  return Array.from({ length: steps }, (_, step) => {
    // A shorter ladder has no part in the later steps.
    const asking = subscriptions.find((_, at) => step in (ladders[at] ?? []));
    const { origin } = (asking ?? first).retry;
    const delayMs = largest(ladders.map((ladder) => ladder[step] ?? 0));
    const keptMs = Math.max(24 * hour, 2 * delayMs);
    return serving(source, {
      name: retryTopic(source.name, group.name, step + 1),
      role: 'retry',
      group: group.name,
      readBy: retryGroup(group.name, step + 1),
      delayMs,
      settings: helperSettings(
        keptMs,
        { origin, because: 'outlives its delay and a day of outage' },
        first.delivery,
      ),
      why: {
        origin,
        because: `attempt ${step + 2} of ${group.name}, after ${formatDuration(delayMs)}`,
      },
    });
  });
}

function deadLetter(
  group: ConsumerGroup,
  subscription: Subscription,
  source: Topic,
): Topic {
  const origin = subscription.hasDeadLetter.origin;
  return serving(source, {
    name: deadLetterTopic(source.name, group.name),
    role: 'dead-letter',
    group: group.name,
    readBy: replayGroup(group.name),
    delayMs: null,
    settings: helperSettings(
      deadLetterMs,
      { origin, because: 'time for a person to look and to send again' },
      subscription.delivery,
    ),
    why: { origin, because: `what ${group.name} could not handle` },
  });
}

// As many partitions as the source: a message keeps its partition number on its way down the ladder and back.
function serving(
  source: Topic,
  topic: Pick<
    Topic,
    'name' | 'role' | 'group' | 'readBy' | 'delayMs' | 'settings' | 'why'
  >,
): Topic {
  // Written out in the order of a channel's own topic: the same shape for all, which a spread would not give.
  return {
    name: topic.name,
    role: topic.role,
    channel: source.channel,
    group: topic.group,
    readBy: topic.readBy,
    partitions: source.partitions,
    partitionsWhy: {
      origin: source.partitionsWhy.origin,
      because: `as many as ${source.name}: a message keeps its partition`,
    },
    settings: topic.settings,
    delayMs: topic.delayMs,
    isKeyed: source.isKeyed,
    why: topic.why,
  };
}

function requestTopics(request: RequestReply): readonly Topic[] {
  const keptMs = Math.max(10 * minute, 2 * request.timeoutMs.value);
  const kept: Why = {
    origin: request.timeoutMs.origin,
    because: `nobody waits longer than ${formatDuration(request.timeoutMs.value)}`,
  };
  const shared = {
    channel: null,
    group: null,
    readBy: null,
    partitions: 3,
    partitionsWhy: {
      origin: request.origin,
      because:
        'no volume is declared for requests; 3 spread over three brokers',
    },
    settings: helperSettings(keptMs, kept, request),
    delayMs: null,
    isKeyed: true,
  } as const;
  const path = readablePath(request.origin);
  return [
    {
      ...shared,
      name: requestTopic(request.name),
      role: 'request',
      why: {
        origin: request.origin,
        because: `questions of ${path}: ${request.requester} asks ${request.responder}`,
      },
    },
    {
      ...shared,
      name: replyTopic(request.name),
      role: 'reply',
      why: {
        origin: request.origin,
        because: `answers of ${path}, keyed by correlation id`,
      },
    },
  ];
}
