// The topology of broker/rabbitmq, laid from the subscriptions: for tests, with a user who may declare.
import { type Channel, connect } from 'amqplib';
import { delayAfter } from '../consume/retry.js';
import { type Subscription, failurePolicyOf } from '../messaging/bus.js';
import {
  type RabbitTopology,
  deadLetterExchange,
  deadLetterKey,
  rabbitGroupOf,
  rungOf,
  slotHeader,
} from '../rabbitmq/names.js';
import type { ContractTopology } from './broker-contract.js';

/** Where a message goes whose headers name no slot. */
const unrouted = 'unrouted';

/** Lays what broker/rabbitmq/definitions.json would; a group has lanes where `names` gives it several queues. */
export async function layRabbitTopology(
  at: string,
  topology: ContractTopology,
  names: RabbitTopology,
): Promise<void> {
  const connection = await connect(at, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.assertExchange(deadLetterExchange, 'topic');
  await channel.assertExchange(unrouted, 'fanout');
  await channel.assertQueue(unrouted, {
    arguments: { 'x-queue-type': 'quorum' },
  });
  await channel.bindQueue(unrouted, unrouted, '');
  for (const subscription of topology.subscriptions)
    await layGroup(channel, subscription, names);
  // #if requests
  for (const address of topology.requests) {
    await channel.assertExchange(address, 'direct');
    await channel.assertQueue(address);
    await channel.bindQueue(address, address, address);
  }
  // #end
  await connection.close();
}

async function layGroup(
  channel: Channel,
  subscription: Subscription,
  names: RabbitTopology,
): Promise<void> {
  const { group } = subscription;
  const { queues, deadLetterQueue, retryExchange } = rabbitGroupOf(
    names,
    subscription,
  );
  const isOrdered = subscription.isOrdered
    ? { 'x-single-active-consumer': true }
    : {};
  for (const queue of queues)
    await channel.assertQueue(queue, {
      arguments: {
        'x-queue-type': 'quorum',
        'x-delivery-limit': 20,
        ...isOrdered,
      },
    });
  const lanes = queues.length > 1 ? `${group}.lanes` : null;
  if (lanes !== null)
    await layLanes(channel, lanes, { queues, slots: names.slots });
  for (const { address, types } of subscription.sources) {
    const kind = address.kind === 'queue' ? 'direct' : 'topic';
    await channel.assertExchange(address.channel, kind);
    for (const type of types) {
      if (lanes === null) await channel.bindQueue(group, address.channel, type);
      else await channel.bindExchange(lanes, address.channel, type);
    }
  }
  if (deadLetterQueue !== null) {
    await channel.assertQueue(deadLetterQueue, {
      arguments: { 'x-queue-type': 'quorum' },
    });
    const key = deadLetterKey(deadLetterQueue);
    await channel.bindQueue(deadLetterQueue, deadLetterExchange, key);
  }
  if (retryExchange === null) return;
  await channel.assertExchange(retryExchange, 'direct');
  for (const delayMs of delaysOf(subscription)) {
    const waiting = `${retryExchange}.${rungOf(delayMs)}`;
    await channel.assertQueue(waiting, {
      arguments: {
        'x-message-ttl': delayMs,
        'x-dead-letter-exchange': lanes ?? '',
        ...(lanes === null && { 'x-dead-letter-routing-key': group }),
      },
    });
    await channel.bindQueue(waiting, retryExchange, rungOf(delayMs));
  }
}

/** Slot s goes to lane s mod the number of lanes. */
async function layLanes(
  channel: Channel,
  exchange: string,
  {
    queues,
    slots,
  }: { readonly queues: readonly string[]; readonly slots: number },
): Promise<void> {
  await channel.assertExchange(exchange, 'headers', {
    alternateExchange: unrouted,
  });
  for (let slot = 0; slot < slots; slot += 1) {
    const lane = queues[slot % queues.length];
    if (lane === undefined) throw new Error(`${exchange} has no lanes`);
    await channel.bindQueue(lane, exchange, '', {
      'x-match': 'all',
      [slotHeader]: String(slot),
    });
  }
}

function delaysOf(subscription: Subscription): ReadonlySet<number> {
  const policies = subscription.sources
    .flatMap((source) => source.types)
    .map((type) => failurePolicyOf(subscription, type))
    .filter((policy) => policy.mode === 'non-blocking');
  return new Set(
    policies.flatMap((policy) =>
      Array.from({ length: policy.attempts - 1 }, (_, index) =>
        delayAfter(policy, index + 1),
      ),
    ),
  );
}
