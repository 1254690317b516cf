// The alert about queues of the virtual host that the design does not know: left behind by a consumer that has gone, or of
// somebody else who does not read them.
import type { Model } from '../../model/model.ts';
import type { AlertRule } from '../monitoring.ts';
import { escapeRe2, matching, promqlText, staying } from '../promql.ts';
import { testEnvironment } from '../traffic-alerts.ts';
import { sample } from './monitoring-samples.ts';
import { gather } from '../../core/gather.ts';
import type { Topology } from './topology.ts';

const stray = 'left.behind';

/**
 * Alerts when a queue that is not of the design holds messages and has no consumer. While it is bound it fills, and at its
 * limit it refuses what its publishers send, for every queue behind the same exchange.
 */
export function strayQueues(
  model: Model,
  { vhost, queues }: Topology,
): AlertRule {
  const others = `{${matching('vhost', [vhost])},queue!~${promqlText(knownQueues(queues.map(({ name }) => name)))}}`;
  const by = 'sum by (environment, queue)';
  const labels = { vhost, queue: stray };
  const read = (consumers: number): readonly ReturnType<typeof sample>[] => [
    sample('rabbitmq_detailed_queue_messages', labels, staying(3, 20)),
    sample('rabbitmq_detailed_queue_consumers', labels, staying(consumers, 20)),
  ];
  return {
    name: 'QueueLeftBehind',
    severity: 'warning',
    subject: vhost,
    service: null,
    expression: `${by} (rabbitmq_detailed_queue_messages${others}) > 0 and on (environment, queue) ${by} (rabbitmq_detailed_queue_consumers${others}) == 0`,
    limit: null,
    forMinutes: 5,
    threshold: { key: 'left-behind', parameters: { vhost } },
    origin: model.broker.origin,
    guide: 'on-call',
    proof: {
      fires: read(0),
      holds: read(1),
      atMinute: 8,
      labels: { environment: testEnvironment, queue: stray },
    },
  };
}

// Queues of one group differ in their ends, and most groups have the same ends: each stem and each set of ends stands once.
function knownQueues(names: readonly string[]): string {
  const end = /(?:\.dlq|\.lane\.\d+|\.retry\.\w+)$/;
  const byStem = gather(names, (name) => [name.replace(end, '')]);
  const byEnds = gather([...byStem], ([stem, all]) => [
    all.map((name) => escapeRe2(name.slice(stem.length))).join('|'),
  ]);
  return [...byEnds]
    .map(([ends, stems]) => {
      const known = stems.map(([stem]) => escapeRe2(stem)).join('|');
      return ends === '' ? known : `(?:${known})(?:${ends})`;
    })
    .join('|');
}
