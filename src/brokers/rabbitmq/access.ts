// Who may do what: one user for each service, with the rights that the spec gives it and none to declare anything.
import {
  deadLetterExchange,
  deadLetterQueueName,
  defaultExchangeAlias,
  logQueueName,
  retryExchangeName,
} from './names.ts';
import { logReason } from './lower-channel.ts';
import { queuesRead } from './lower-group.ts';
import { gather } from '../../core/gather.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Channel, Publication } from '../../model/model.ts';
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
  const parties = partiesOf(plans, context);
  const all = context.model.services.map((service) => {
    const party = parties(service.name);
    const permission: Permission = {
      user: service.name,
      configure: [],
      write: writes(service.name, party, context),
      read: reads(service.name, party, context),
      why: {
        pointer: service.origin,
        because: `the exchanges that it publishes to, the queues that it consumes and those of its dead letters, which it replays; it declares nothing${
          isResponder(service.name, context)
            ? '; it answers requests through the default exchange, by which it can write to every queue'
            : ''
        }`,
      },
    };
    return {
      permission,
      topics: [
        ...topicPermissions(service.name, party),
        ...deadLetterPermissions(service.name, party.plans),
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

/** What one service takes part in. */
interface Party {
  readonly published: readonly Publication[];
  readonly plans: readonly GroupPlan[];
  /** Channels of events that it publishes, each with its publications, in spec order. */
  readonly sentTo: readonly (readonly [Channel, readonly Publication[]])[];
  /** Channels whose events are kept in a log, of all services. */
  readonly logged: readonly Channel[];
}

// Looked up by service, so that the cost grows with the design and not with services times all else.
function partiesOf(
  plans: readonly GroupPlan[],
  context: LoweringContext,
): (service: string) => Party {
  const { model } = context;
  const { publicationsByService } = gatherFacts(model);
  const plansOf = gather(plans, ({ group }) => [group.service]);
  const channelsOf = gather(model.channels, ({ events }) => events);
  const places = new Map(model.channels.map(({ name }, at) => [name, at]));
  const logged = model.channels.filter(
    (channel) => logReason(channel, context) !== null,
  );
  return (service) => {
    const published = publicationsByService().get(service) ?? [];
    const byChannel = gather(published, ({ event }) =>
      (channelsOf.get(event) ?? []).map(({ name }) => name),
    );
    const sentTo = [...byChannel]
      .toSorted(
        ([left], [right]) => (places.get(left) ?? 0) - (places.get(right) ?? 0),
      )
      .flatMap(([name, own]) => {
        const channel = context.channels.get(name);
        return channel === undefined ? [] : [[channel, own] as const];
      });
    return { published, plans: plansOf.get(service) ?? [], sentTo, logged };
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
  { published, plans }: Party,
  context: LoweringContext,
): readonly string[] {
  const { requests } = context.model;
  return unique([
    ...published.flatMap(
      ({ event }) => context.events.get(event)?.channel ?? [],
    ),
    ...requests
      .filter(({ requester }) => requester === service)
      .map(({ name }) => name),
    ...plans
      .filter(({ retries }) =>
        retries.some(({ mechanism }) => mechanism === 'retry-queues'),
      )
      .map(({ queue }) => retryExchangeName(queue)),
    ...givingUp(plans).map(() => deadLetterExchange),
    // A reply goes through the default exchange; narrower than that, RabbitMQ cannot grant it.
    ...(isResponder(service, context) ? [defaultExchangeAlias] : []),
  ]);
}

const isResponder = (
  service: string,
  { model: { requests } }: LoweringContext,
): boolean => requests.some(({ responder }) => responder === service);

function reads(
  service: string,
  { plans: own, logged }: Party,
  context: LoweringContext,
): readonly string[] {
  const consumed = new Set(own.flatMap(({ group }) => group.events));
  return unique([
    ...own.flatMap(queuesRead),
    // A service replays its own dead letters: only as itself may its handler publish what follows from them.
    ...givingUp(own).map(({ queue }) => deadLetterQueueName(queue)),
    ...context.model.requests
      .filter(({ responder }) => responder === service)
      .map(({ name }) => name),
    // The log holds the whole channel: only who may see all of it anyway may read it again.
    ...logged
      .filter((channel) => channel.events.every((event) => consumed.has(event)))
      .map(({ name }) => logQueueName(name)),
  ]);
}

function topicPermissions(
  service: string,
  { sentTo }: Party,
): readonly TopicPermission[] {
  return sentTo
    .filter(([{ kind }]) => kind !== 'command')
    .map(([channel, own]) => ({
      user: service,
      exchange: channel.name,
      write: unique(own.map(({ event }) => event)),
      why: {
        pointer: own[0]?.origin ?? channel.origin,
        because: 'the events that it publishes, and no others',
      },
    }));
}

/** Queues of one service whose given-up messages are kept: it sets them aside itself, with the error, before it acknowledges. */
function givingUp(plans: readonly GroupPlan[]): readonly GroupPlan[] {
  return plans.filter(({ hasDeadLetter }) => hasDeadLetter);
}

function deadLetterPermissions(
  service: string,
  plans: readonly GroupPlan[],
): readonly TopicPermission[] {
  const own = givingUp(plans);
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
