// Channels and operations of an AsyncAPI document: who sends and who receives which message where.
import { documentKey } from './document-key.ts';
import type { JsonObject } from '../../core/json.ts';
import { quotedList } from '../../core/text.ts';
import { formatDuration } from '../../core/units.ts';
import type {
  AsyncApiChannel,
  AsyncApiWiring,
} from '../../brokers/async-api.ts';
import { failureHandling } from '../../model/failure-handling.ts';
import type {
  ConsumerGroup,
  Model,
  Publication,
  RequestReply,
  Subscription,
} from '../../model/model.ts';
import { bindingsOf } from './bindings-of.ts';
import type { Messages } from './messages.ts';

export interface Wired {
  readonly channels: JsonObject;
  readonly operations: JsonObject;
}

/** Wires services to channels: an operation per service and channel it sends to, per group and channel it reads. */
export function planChannels(
  model: Model,
  wiring: AsyncApiWiring,
  messages: Messages,
): Wired {
  const context: Context = {
    model,
    wiring,
    messages,
    channels: new Map(),
    operations: new Map(),
    subscriptions: new Map(model.subscriptions.map((each) => [each.id, each])),
  };
  addSends(context);
  for (const group of model.groups) addReceives(group, context);
  for (const request of model.requests) addRequest(request, context);
  return {
    channels: Object.fromEntries(
      [...context.channels].map(([key, each]) => [key, channelObject(each)]),
    ),
    operations: Object.fromEntries(context.operations),
  };
}

interface OpenChannel {
  readonly channel: AsyncApiChannel;
  readonly messages: Set<string>;
}
interface Context {
  readonly model: Model;
  readonly wiring: AsyncApiWiring;
  readonly messages: Messages;
  readonly channels: Map<string, OpenChannel>;
  readonly operations: Map<string, JsonObject>;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
}

function addSends({ model, wiring, messages, ...context }: Context): void {
  const events = new Map(model.events.map((event) => [event.name, event]));
  const sends = new Map<
    string,
    { channel: string; publications: Publication[] }
  >();
  for (const publication of model.publications) {
    const event = events.get(publication.event);
    if (event === undefined) continue;
    const keys = messages.ofEvent(event.name);
    const channel = open(context.channels, wiring.sendTo(event), keys);
    const name = `${publication.service}.send.${channel}`;
    const send = sends.get(name) ?? { channel, publications: [] };
    send.publications.push(publication);
    sends.set(name, send);
  }
  for (const [name, { channel, publications }] of sends) {
    const [first] = publications;
    if (first === undefined) continue;
    const names = publications.map(({ event }) => event);
    const outbox = publications.every(({ hasOutbox }) => hasOutbox.value);
    addOperation(context.operations, name, {
      action: 'send',
      channel: { $ref: `#/channels/${channel}` },
      summary: `${first.service} publishes ${quotedList(names)}${outbox ? ' through its outbox' : ''}.`,
      tags: [{ name: first.service }],
      ...bindingsOf(wiring.sendBindings(first)),
      // What is sent is the current version only.
      messages: names.flatMap((event) =>
        refs(channel, messages.ofEvent(event).slice(0, 1)),
      ),
    });
  }
}

function addReceives(group: ConsumerGroup, context: Context): void {
  const { wiring, messages } = context;
  const places = wiring
    .receiveFrom(group)
    .filter(({ events }) => events.length > 0);
  for (const { channel: described, events } of places) {
    const keys = events.flatMap((event) => messages.ofEvent(event));
    const channel = open(context.channels, described, keys);
    addOperation(context.operations, `${group.name}.receive.${channel}`, {
      action: 'receive',
      channel: { $ref: `#/channels/${channel}` },
      summary: `${group.service} handles ${quotedList(events)}.`,
      description: handling(group, events, context),
      tags: [{ name: group.service }],
      ...bindingsOf(wiring.receiveBindings(group)),
      messages: refs(channel, keys),
    });
  }
}

function handling(
  group: ConsumerGroup,
  events: readonly string[],
  context: Context,
): string {
  const taken = new Set(events);
  const lines = group.subscriptions.flatMap((id) => {
    const subscription = context.subscriptions.get(id);
    if (!subscription?.events.some((event) => taken.has(event))) return [];
    const { handler, idempotency } = subscription;
    const { retry, hasDeadLetter } = failureHandling(subscription);
    const failed = hasDeadLetter ? 'dead letter' : 'dropped';
    const tried =
      retry.attempts === 1
        ? '1 attempt'
        : `${retry.attempts} attempts, ${retry.mode}`;
    return [
      `- ${subscription.pattern}: ${handler.value}; ${idempotency.value} idempotency; ${tried}, then ${failed}`,
    ];
  });
  return [
    `Delivery ${group.delivery.value}, ordering ${group.ordering.value}.`,
    '',
    ...lines,
  ].join('\n');
}

function addRequest(request: RequestReply, context: Context): void {
  const { wiring, messages } = context;
  const { channel: replyTo, addressLocation } = wiring.replyFrom(request);
  const requestKeys = messages.ofRequest(request.name);
  const replyKeys = messages.ofReply(request.name);
  const channel = open(
    context.channels,
    wiring.requestTo(request),
    requestKeys,
  );
  const answers = open(context.channels, replyTo, replyKeys);
  const shared: JsonObject = {
    channel: { $ref: `#/channels/${channel}` },
    messages: refs(channel, requestKeys),
    reply: {
      channel: { $ref: `#/channels/${answers}` },
      messages: refs(answers, replyKeys),
      ...(addressLocation !== null && {
        address: {
          description: 'Where the requester waits for the reply.',
          location: addressLocation,
        },
      }),
    },
  };
  const wait = formatDuration(request.timeoutMs.value);
  addOperation(context.operations, `${request.requester}.request.${channel}`, {
    action: 'send',
    summary: `${request.requester} asks ${request.responder} and waits ${wait} at most.`,
    tags: [{ name: request.requester }],
    ...shared,
  });
  addOperation(context.operations, `${request.responder}.answer.${channel}`, {
    action: 'receive',
    summary: `${request.responder} answers ${request.requester} within ${wait}.`,
    tags: [{ name: request.responder }],
    ...bindingsOf(wiring.answerBindings(request)),
    ...shared,
  });
}

/** Opens a channel, or the one that has its key already, for messages; gives its key in the document. */
function open(
  channels: Map<string, OpenChannel>,
  channel: AsyncApiChannel,
  messages: readonly string[],
): string {
  const wanted = documentKey(channel.key);
  let key = wanted;
  // Two keys may become one when they are made fit for the document; the channels stay apart.
  for (let count = 2; isTaken(channels.get(key), channel); count += 1) {
    key = `${wanted}-${count}`;
  }
  const known = channels.get(key) ?? { channel, messages: new Set() };
  for (const message of messages) known.messages.add(message);
  channels.set(key, known);
  return key;
}

function isTaken(
  known: OpenChannel | undefined,
  channel: AsyncApiChannel,
): boolean {
  return known !== undefined && known.channel.key !== channel.key;
}

function addOperation(
  operations: Map<string, JsonObject>,
  wanted: string,
  operation: JsonObject,
): void {
  const name = documentKey(wanted);
  let key = name;
  for (let count = 2; operations.has(key); count += 1) key = `${name}-${count}`;
  operations.set(key, operation);
}

function channelObject({ channel, messages }: OpenChannel): JsonObject {
  return {
    address: channel.address,
    description: channel.description,
    messages: Object.fromEntries(
      [...messages].map((key) => [
        key,
        { $ref: `#/components/messages/${key}` },
      ]),
    ),
    ...(Object.keys(channel.parameters).length > 0 && {
      parameters: channel.parameters,
    }),
    ...bindingsOf(channel.bindings),
  };
}

function refs(
  channel: string,
  messages: readonly string[],
): readonly JsonObject[] {
  return messages.map((key) => ({
    $ref: `#/channels/${channel}/messages/${key}`,
  }));
}
