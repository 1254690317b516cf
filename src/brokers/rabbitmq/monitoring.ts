// How a design is watched on RabbitMQ, by the metrics of its plugin rabbitmq_prometheus, the same from 3.10 to 4.3:
// `/metrics` for the node and its global counters, `/metrics/detailed` for single queues, which `/metrics` adds up.
import { pathSegment } from '../../core/artifact.ts';
import { planCapacity } from '../../model/capacity.ts';
import type { Capacity } from '../../model/capacity.ts';
import type { Environment, Model } from '../../model/model.ts';
import type {
  AlertRule,
  Monitoring,
  RecordingRule,
  ScrapeJob,
} from '../monitoring.ts';
import {
  escapeRe2,
  growing,
  matching,
  promqlText,
  relabelled,
} from '../promql.ts';
import {
  arrivalAbovePeak,
  behindInEvents,
  recorded,
  trafficPanels,
} from '../traffic-alerts.ts';
import { planGroup, queueNameOf } from './group-plan.ts';
import type { GroupPlan } from './group-plan.ts';
import { queuesRead } from './lower-group.ts';
import { lowerToTopology } from './lower.ts';
import { lowerWith } from './lowering-context.ts';
import type { LoweringContext } from './lowering-context.ts';
import { lossAlerts } from './monitoring-losses.ts';
import { nodeAlerts } from './monitoring-nodes.ts';
import { rabbitmqPanels } from './monitoring-panels.ts';
import {
  behindInTime,
  deadLettersParked,
  nearlyFull,
  nearRetention,
  noConsumers,
} from './monitoring-queues.ts';
import {
  groupOfQueue,
  holding,
  laneEnd,
  sample,
} from './monitoring-samples.ts';

const prometheusPort = 15_692;

/** Describes the rules, panels and scrapes of a model on RabbitMQ. Pure; grows linearly with the model. */
export function rabbitmqMonitoring(model: Model): Monitoring {
  const [environment] = model.environments;
  if (environment === undefined) throw new Error('a model has an environment');
  const capacity = planCapacity(model);
  const context = lowerWith(model, environment);
  // Names, limits and times to live do not differ between environments.
  const topology = lowerToTopology(model, environment);
  const { vhost } = topology;
  return {
    recordings: recordings(vhost, model.groups.map(queueNameOf)),
    alerts: [
      ...model.groups.flatMap((group) =>
        groupAlerts(planGroup(group, context), context, capacity),
      ),
      ...model.requests.map((request) =>
        noConsumers(model, vhost, {
          name: request.name,
          queues: [request.name],
          service: request.responder,
          origin: request.origin,
        }),
      ),
      ...model.channels.flatMap((channel) =>
        arrivalAbovePeak(model, {
          channel,
          load: capacity.channels.get(channel.name)?.load ?? null,
          arriving: (perSecond, minutes) => [
            sample(
              'rabbitmq_detailed_channel_messages_published_total',
              { vhost, exchange: channel.name, channel: '1' },
              growing(perSecond * 60, minutes),
            ),
          ],
        }),
      ),
      ...lossAlerts(model, topology),
      ...nodeAlerts(model),
    ],
    panels: [...trafficPanels, ...rabbitmqPanels(topology)],
    jobs: jobs(vhost),
  };
}

function groupAlerts(
  plan: GroupPlan,
  context: LoweringContext,
  capacity: Capacity,
): readonly AlertRule[] {
  const { group } = plan;
  const { vhost } = context.options;
  const [first = plan.queue] = queuesRead(plan);
  return [
    behindInTime(context.model, plan, vhost),
    ...behindInEvents(context.model, {
      group,
      name: plan.queue,
      load: capacity.groups.get(group.name)?.load ?? null,
      lagging: (events, minutes) => [
        holding({ vhost, name: first }, events, minutes),
      ],
    }),
    ...nearRetention(plan, context),
    nearlyFull(context.model, plan, vhost),
    noConsumers(context.model, vhost, {
      name: plan.queue,
      queues: queuesRead(plan),
      service: group.service,
      origin: group.origin,
    }),
    ...deadLettersParked(context.model, plan, vhost),
  ];
}

const jobs = (vhost: string): readonly ScrapeJob[] => [
  {
    name: 'rabbitmq',
    path: '/metrics',
    parameters: {},
    targets: metricsOf,
  },
  {
    name: 'rabbitmq-detailed',
    path: '/metrics/detailed',
    parameters: {
      vhost: [vhost],
      family: [
        'queue_coarse_metrics',
        'queue_consumer_count',
        'channel_queue_metrics',
        'channel_exchange_metrics',
      ],
    },
    targets: metricsOf,
  },
];

// The declared hosts are those of AMQP; the metrics are on the same machines at their own port.
function metricsOf({ name, hosts }: Environment): readonly string[] {
  if (hosts.length === 0)
    return [`rabbitmq-${pathSegment(name)}:${prometheusPort}`];
  return hosts.map((host) => host.replace(/(:\d+)?$/, `:${prometheusPort}`));
}

function recordings(
  vhost: string,
  queues: readonly string[],
): readonly RecordingRule[] {
  const here = matching('vhost', [vhost]);
  const read = `{${here},queue=~${promqlText(`(?:${queues.map(escapeRe2).join('|')})${laneEnd}`)}}`;
  const group = (expression: string): string =>
    `sum by (environment, group) (${groupOfQueue(expression)})`;
  return [
    {
      name: recorded.lagEvents,
      // Waiting and being handled: what nobody has acknowledged.
      expression: group(`rabbitmq_detailed_queue_messages${read}`),
    },
    {
      name: recorded.handledRate,
      // Acknowledged, or delivered to a consumer that acknowledges automatically.
      expression: `${group(`rate(rabbitmq_detailed_channel_messages_acked_total${read}[5m])`)} + ${group(`rate(rabbitmq_detailed_channel_messages_delivered_total${read}[5m])`)}`,
    },
    {
      name: recorded.drainSeconds,
      expression: `${recorded.lagEvents} / (${recorded.handledRate} > 0)`,
    },
    {
      name: recorded.publishedRate,
      // The endpoint's own label `channel` is an AMQP channel; here it becomes the channel of the spec.
      expression: `sum by (environment, channel) (${relabelled(`sum by (environment, exchange) (rate(rabbitmq_detailed_channel_messages_published_total{${here}}[5m]))`, { from: 'exchange', to: 'channel' })})`,
    },
  ];
}
