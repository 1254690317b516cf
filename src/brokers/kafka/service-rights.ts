// What the spec's services may do, reason by reason.
import type { Model } from '../../model/model.ts';
import type { Operation, Topic } from './design.ts';
import type { ModelIndex } from './model-index.ts';
import {
  principalName,
  replyTopic,
  requesterGroupPrefix,
  requestTopic,
  responderGroup,
  transactionalIdPrefix,
} from './names.ts';
import { read, write } from './rights.ts';
import type { Right } from './rights.ts';
import { transactionalServices } from './transactions.ts';

/** Rights to publish: each publication writes its event's topic. */
export function publisherRights(
  model: Model,
  index: ModelIndex,
): readonly Right[] {
  return model.publications.flatMap((publication) => {
    const channel = index.events.get(publication.event)?.channel;
    if (channel === undefined) return [];
    return {
      principal: principalName(publication.service),
      resource: 'topic',
      name: channel,
      operations: write,
      why: {
        origin: publication.origin,
        because: `publishes ${publication.event}`,
      },
    };
  });
}

/** Rights to consume: each group reads its topics under its own name. */
export function consumerRights(model: Model): readonly Right[] {
  return model.groups.flatMap((group) => {
    const principal = principalName(group.service);
    const why = {
      origin: group.origin,
      because: `handles ${group.events.join(', ')}`,
    };
    return [
      ...group.channels.map((channel) => ({
        principal,
        resource: 'topic' as const,
        name: channel,
        operations: read,
        why,
      })),
      {
        principal,
        resource: 'group' as const,
        name: group.name,
        operations: read,
        why: { ...why, because: 'its consumer group' },
      },
    ];
  });
}

/** Rights on retry and dead-letter topics: the owner of the group sets messages aside and takes them up again; of services, nobody else does. */
export function servingRights(
  model: Model,
  topics: readonly Topic[],
): readonly Right[] {
  const owners = new Map(
    model.groups.map((group) => [group.name, group.service]),
  );
  return topics.flatMap((topic) => {
    const owner = topic.group === null ? undefined : owners.get(topic.group);
    if (owner === undefined) return [];
    const principal = principalName(owner);
    const right = (
      operations: readonly Operation[],
      because: string,
    ): Right => ({
      principal,
      resource: 'topic',
      name: topic.name,
      operations,
      why: { origin: topic.why.origin, because },
    });
    const rights =
      topic.role === 'retry'
        ? {
            topic: 'sets failed messages aside and takes them up again',
            group: 'waits on this step apart from the main group',
          }
        : {
            // Only as itself may its handler publish what follows from a message that is replayed.
            topic: 'sets aside what it could not handle, and replays it',
            group: 'replays its own dead letters',
          };
    return [
      right(['Describe', 'Read', 'Write'], rights.topic),
      ...(topic.readBy === null
        ? []
        : [
            {
              principal,
              resource: 'group' as const,
              name: topic.readBy,
              operations: read,
              why: { origin: topic.why.origin, because: rights.group },
            },
          ]),
    ];
  });
}

/** Rights of the two sides of each request/reply pair. */
export function requestRights(model: Model): readonly Right[] {
  return model.requests.flatMap((request) => {
    const requester = principalName(request.requester);
    const responder = principalName(request.responder);
    const right = (
      principal: string,
      topic: string,
      operations: readonly Operation[],
    ): Right => ({
      principal,
      resource: 'topic',
      name: topic,
      operations,
      why: {
        origin: request.origin,
        because: principal === requester ? 'asks' : 'answers',
      },
    });
    return [
      right(requester, requestTopic(request.name), write),
      right(requester, replyTopic(request.name), read),
      {
        principal: requester,
        resource: 'group' as const,
        name: requesterGroupPrefix(request.name),
        pattern: 'prefixed' as const,
        operations: read,
        why: {
          origin: request.origin,
          because: 'a group per running copy: each reads all replies',
        },
      },
      right(responder, requestTopic(request.name), read),
      right(responder, replyTopic(request.name), write),
      {
        principal: responder,
        resource: 'group' as const,
        name: responderGroup(request.name),
        operations: read,
        why: { origin: request.origin, because: 'its consumer group' },
      },
    ];
  });
}

/** Rights to the transactional ids of services that use transactions. */
export function transactionRights(
  model: Model,
  index: ModelIndex,
): readonly Right[] {
  return transactionalServices(model, index).map(({ service, why }) => ({
    principal: principalName(service),
    resource: 'transactional-id',
    name: transactionalIdPrefix(service),
    pattern: 'prefixed',
    operations: write,
    why,
  }));
}
