// Who may do what: one user for each service, with the rights that the spec gives it and none to declare anything.
import {
  deadLetterExchange,
  defaultExchangeAlias,
  logQueueName,
  retryExchangeName,
} from './names.ts';
import { logReason } from './lower-channel.ts';
import { queuesRead } from './lower-group.ts';
import type { GroupPlan } from './group-plan.ts';
import type { LoweringContext } from './lowering-context.ts';
import type { Permission, TopicPermission, User } from './topology.ts';

export interface Access {
  readonly users: readonly User[];
  readonly permissions: readonly Permission[];
  readonly topicPermissions: readonly TopicPermission[];
}

/** Derives users, permissions and topic permissions from publications, groups and requests. */
export function lowerAccess(
  plans: readonly GroupPlan[],
  context: LoweringContext,
): Access {
  const variables = passwordVariables(
    context.model.services.map(({ name }) => name),
  );
  const all = context.model.services.map((service) => {
    const permission: Permission = {
      user: service.name,
      configure: [],
      write: writes(service.name, plans, context),
      read: reads(service.name, plans, context),
      why: {
        pointer: service.origin,
        because:
          'the exchanges that it publishes to and the queues that it consumes; it declares nothing',
      },
    };
    return {
      permission,
      topics: [
        ...topicPermissions(service.name, context),
        ...deadLetterPermissions(service.name, plans),
      ],
      user: {
        name: service.name,
        passwordVariable: variables.get(service.name) ?? '',
        why: { pointer: service.origin, because: 'one user for each service' },
      },
    };
  });
  const active = all.filter(
    ({ permission }) =>
      permission.write.length > 0 || permission.read.length > 0,
  );
  return {
    users: active.map(({ user }) => user),
    permissions: active.map(({ permission }) => permission),
    topicPermissions: active.flatMap(({ topics }) => topics),
  };
}

/** Names the environment variable of each service's password: `order-service` is `RABBITMQ_PASSWORD_ORDER_SERVICE`. */
export function passwordVariables(
  services: readonly string[],
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const variables = new Map<string, string>();
  for (const service of services) {
    const stem = `RABBITMQ_PASSWORD_${service.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
    let name = stem;
    // `a-b` and `a.b` are two services: the later one is numbered.
    for (let count = 2; taken.has(name); count += 1) name = `${stem}_${count}`;
    taken.add(name);
    variables.set(service, name);
  }
  return variables;
}

function writes(
  service: string,
  plans: readonly GroupPlan[],
  context: LoweringContext,
): readonly string[] {
  const { publications, requests } = context.model;
  return unique([
    ...publications
      .filter((publication) => publication.service === service)
      .flatMap(({ event }) => context.events.get(event)?.channel ?? []),
    ...requests
      .filter(({ requester }) => requester === service)
      .map(({ name }) => name),
    ...plans
      .filter(
        ({ group, retries }) =>
          group.service === service &&
          retries.some(({ mechanism }) => mechanism === 'retry-queues'),
      )
      .map(({ queue }) => retryExchangeName(queue)),
    ...givingUp(service, plans).map(() => deadLetterExchange),
    // A reply goes through the default exchange; narrower than that, RabbitMQ cannot grant it.
    ...requests
      .filter(({ responder }) => responder === service)
      .map(() => defaultExchangeAlias),
  ]);
}

function reads(
  service: string,
  plans: readonly GroupPlan[],
  context: LoweringContext,
): readonly string[] {
  const own = plans.filter(({ group }) => group.service === service);
  const consumed = new Set(own.flatMap(({ group }) => group.events));
  return unique([
    ...own.flatMap(queuesRead),
    ...context.model.requests
      .filter(({ responder }) => responder === service)
      .map(({ name }) => name),
    // The log holds the whole channel: only who may see all of it anyway may read it again.
    ...context.model.channels
      .filter(
        (channel) =>
          logReason(channel, context) !== null &&
          channel.events.every((event) => consumed.has(event)),
      )
      .map(({ name }) => logQueueName(name)),
  ]);
}

function topicPermissions(
  service: string,
  context: LoweringContext,
): readonly TopicPermission[] {
  const published = context.model.publications.filter(
    (publication) => publication.service === service,
  );
  return context.model.channels
    .filter(({ kind }) => kind !== 'command')
    .flatMap((channel) => {
      const own = published.filter(({ event }) =>
        channel.events.includes(event),
      );
      const [first] = own;
      if (first === undefined) return [];
      return [
        {
          user: service,
          exchange: channel.name,
          write: unique(own.map(({ event }) => event)),
          why: {
            pointer: first.origin,
            because: 'the events that it publishes, and no others',
          },
        },
      ];
    });
}

/** Queues of a service whose given-up messages are kept: it sets them aside itself, with the error, before it acknowledges. */
function givingUp(
  service: string,
  plans: readonly GroupPlan[],
): readonly GroupPlan[] {
  return plans.filter(
    ({ group, hasDeadLetter }) => group.service === service && hasDeadLetter,
  );
}

function deadLetterPermissions(
  service: string,
  plans: readonly GroupPlan[],
): readonly TopicPermission[] {
  const own = givingUp(service, plans);
  const [first] = own;
  if (first === undefined) return [];
  return [
    {
      user: service,
      exchange: deadLetterExchange,
      write: unique(own.map(({ queue }) => queue)),
      why: {
        pointer: first.group.origin,
        because: 'what its own queues gave up, and nothing of others',
      },
    },
  ];
}

const unique = (names: readonly string[]): readonly string[] => [
  ...new Set(names),
];
