// What the whole design shares: where dead letters are sorted, where the unrouted go, and the queues of requests.
import { deadLetterExchange, exactly, unroutedName } from './names.ts';
import { emptyPart, lookLimit, policyPriority } from './lowering-context.ts';
import { quorumArguments, sizePolicy } from './replication.ts';
import type { RequestReply } from '../../model/model.ts';
import type { LoweringContext, Part } from './lowering-context.ts';

const unroutedLength = 100_000;
const requestLength = 10_000;

/** Makes the exchange that sorts dead letters by queue. */
export function deadLetterPart(context: LoweringContext): Part {
  return {
    ...emptyPart,
    exchanges: [
      {
        name: deadLetterExchange,
        type: 'topic',
        arguments: {},
        why: {
          pointer: context.model.broker.origin,
          because:
            'dead letters are routed by the name of the queue that gave them up; a topic exchange, as only there rights can limit a service to its own',
        },
      },
    ],
  };
}

/** Makes the alternate exchange and the queue behind it. */
export function unroutedPart(context: LoweringContext): Part {
  const why = {
    pointer: context.model.broker.origin,
    because:
      'what no binding takes; the oldest makes room, as this queue must never refuse publishers',
  };
  return {
    exchanges: [{ name: unroutedName, type: 'fanout', arguments: {}, why }],
    queues: [
      {
        name: unroutedName,
        type: 'quorum',
        role: 'unrouted',
        isDurable: true,
        isAutoDelete: false,
        arguments: quorumArguments(context),
        why,
      },
    ],
    bindings: [
      {
        source: unroutedName,
        destination: unroutedName,
        to: 'queue',
        routingKey: '',
        arguments: {},
        why,
      },
    ],
    policies: [
      {
        name: `queue:${unroutedName}`,
        pattern: exactly([unroutedName]),
        applyTo: 'queues',
        targets: [unroutedName],
        definition: {
          'max-length': unroutedLength,
          overflow: 'drop-head',
          'delivery-limit': lookLimit,
          ...sizePolicy(context),
        },
        priority: policyPriority,
        why,
      },
    ],
  };
}

/** Makes the queue of one request; the reply goes by direct reply-to and needs no object. */
export function requestPart(
  request: RequestReply,
  context: LoweringContext,
): Part {
  const why = {
    pointer: request.origin,
    because: `"${request.responder}" answers "${request.requester}" by direct reply-to`,
  };
  return {
    exchanges: [{ name: request.name, type: 'direct', arguments: {}, why }],
    queues: [
      {
        name: request.name,
        type: 'quorum',
        role: 'request',
        isDurable: true,
        isAutoDelete: false,
        arguments: quorumArguments(context),
        why,
      },
    ],
    bindings: [
      {
        source: request.name,
        destination: request.name,
        to: 'queue',
        routingKey: request.name,
        arguments: {},
        why,
      },
    ],
    policies: [
      {
        name: `queue:${request.name}`,
        pattern: exactly([request.name]),
        applyTo: 'queues',
        targets: [request.name],
        definition: {
          'message-ttl': request.timeoutMs.value,
          'max-length': requestLength,
          overflow: 'reject-publish',
          'delivery-limit': 1,
          ...sizePolicy(context),
        },
        priority: policyPriority,
        why: {
          pointer: request.timeoutMs.origin,
          because:
            'nobody waits any more after the timeout, so the request expires; a second delivery covers a responder that died; no dead letter, as the requester is told by its timeout',
        },
      },
    ],
  };
}
