// RabbitMQ as AsyncAPI sees it: events are sent to routing keys of exchanges and received from queues. AMQP bindings 0.3.0.
// The binding cannot say which queue is bound to which exchange; the definitions file can, and the descriptions repeat it.
import { quotedList } from '../../core/text.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ConsumerGroup, Event, Model } from '../../model/model.ts';
import type { AsyncApiChannel, AsyncApiWiring } from '../async-api.ts';
import { planGroup } from './group-plan.ts';
import type { GroupPlan } from './group-plan.ts';
import { lowerWith } from './lowering-context.ts';
import type { LoweringContext } from './lowering-context.ts';
import { publisherSettings } from './client-settings.ts';
import { lanesExchangeName } from './names.ts';
import { keyHeader, slotHeader, slotsOf } from './slots.ts';

const bindingVersion = '0.3.0';

/** Describes the exchanges, queues and security of a model's RabbitMQ topology. */
export function rabbitAsyncApi(model: Model): AsyncApiWiring {
  const [environment] = model.environments;
  // Invariant of the model: there is at least one environment.
  if (environment === undefined) throw new Error('a model has an environment');
  const context = lowerWith(model, environment);
  const { vhost } = context.options;
  const plans = new Map(
    model.groups.map((group) => [group.name, planGroup(group, context)]),
  );
  const publishers = new Map(
    publisherSettings([...plans.values()], context).map((settings) => [
      `${settings.service} ${settings.event}`,
      settings,
    ]),
  );
  return {
    protocol: 'amqp',
    protocolVersion: '0.9.1',
    pathname: `/${encodeURIComponent(vhost)}`,
    security: {
      type: 'userPassword',
      description: 'One user per service; passwords come from the environment.',
    },
    headers: laneHeaders(slotsOf(model).value),
    sendTo: (event) => routingKey(event, context),
    receiveFrom: (group) => [
      {
        channel: workQueue(plans.get(group.name), group, context),
        events: group.events,
      },
    ],
    ...requestWiring(vhost),
    sendBindings: ({ service, event }) => {
      const settings = publishers.get(`${service} ${event}`);
      return {
        amqp: {
          deliveryMode: settings?.hasConfirms === false ? 1 : 2,
          mandatory: settings?.isMandatory ?? true,
          bindingVersion,
        },
      };
    },
    receiveBindings: (group) => ({
      amqp: {
        ack: plans.get(group.name)?.isBestEffort !== true,
        bindingVersion,
      },
    }),
    messageBindings: (name) => ({
      amqp: { messageType: name, bindingVersion },
    }),
  };
}

function laneHeaders(slots: number): JsonObject {
  return {
    [keyHeader]: { type: 'string', description: 'The key of the message.' },
    [slotHeader]: {
      type: 'string',
      pattern: '^(?:0|[1-9][0-9]*)$',
      description: `The slot of the key, by which lanes are chosen: CRC-32 of its UTF-8 bytes modulo ${slots}, in decimal digits; 0 without a key.`,
    },
  };
}

function requestWiring(
  vhost: string,
): Pick<AsyncApiWiring, 'requestTo' | 'replyFrom' | 'answerBindings'> {
  return {
    requestTo: (request) => ({
      ...queueChannel(request.name, vhost),
      description: `Queue of the requests to ${request.responder}.`,
    }),
    replyFrom: (request) => ({
      channel: {
        key: `${request.name}.reply`,
        address: null,
        description: 'Direct reply-to: the queue that the request names.',
        parameters: {},
        bindings: {},
      },
      addressLocation: '$message.header#/reply_to',
      correlationHeader: 'correlation_id',
    }),
    answerBindings: () => ({ amqp: { ack: true, bindingVersion } }),
  };
}

function routingKey(event: Event, context: LoweringContext): AsyncApiChannel {
  const isCommand = context.channels.get(event.channel)?.kind === 'command';
  return {
    key: event.name,
    address: event.name,
    description: `Routing key on the exchange ${event.channel}.`,
    parameters: {},
    bindings: {
      amqp: {
        is: 'routingKey',
        exchange: {
          name: event.channel,
          type: isCommand ? 'direct' : 'topic',
          durable: true,
          autoDelete: false,
          vhost: context.options.vhost,
        },
        bindingVersion,
      },
    },
  };
}

function workQueue(
  plan: GroupPlan | undefined,
  group: ConsumerGroup,
  context: LoweringContext,
): AsyncApiChannel {
  const name = plan?.queue ?? group.name;
  const channel = queueChannel(name, context.options.vhost);
  const bound = `bound to ${quotedList(group.channels)}`;
  if (plan === undefined || plan.lanes === null) {
    return { ...channel, description: `Queue of ${group.service}, ${bound}.` };
  }
  const lanes = Array.from({ length: plan.lanes }, (_, lane) => String(lane));
  return {
    ...channel,
    address: `${name}.lane.{lane}`,
    description: `${plan.lanes} queues of ${group.service}, each with its share of the keys, behind the exchange ${lanesExchangeName(name)}, ${bound}.`,
    parameters: {
      lane: {
        description: `The rest of the header ${slotHeader} when divided by ${plan.lanes}.`,
        enum: lanes,
      },
    },
  };
}

function queueChannel(name: string, vhost: string): AsyncApiChannel {
  const queue: JsonObject = {
    name,
    durable: true,
    exclusive: false,
    autoDelete: false,
    vhost,
  };
  return {
    // A queue may be named as a routing key is; the two are different channels.
    key: `queue.${name}`,
    address: name,
    description: '',
    parameters: {},
    bindings: { amqp: { is: 'queue', queue, bindingVersion } },
  };
}
