// Checks a model's settings against what RabbitMQ and its version can give.
import { largest } from '../../core/lists.ts';
import { formatDuration } from '../../core/units.ts';
import { rabbitmqDiagnostics } from './diagnostics.ts';
import { reservedHeaders } from '../reserved-headers.ts';
import { byteLength, lanesExchangeName, maxNameBytes } from './names.ts';
import { readOptions } from './options.ts';
import { keyHeader, slotHeader } from './slots.ts';
import { retryDelays } from './retry-plan.ts';
import { featuresOf, knownVersions, majorMinor } from './version.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Model, Subscription } from '../../model/model.ts';
import type { Topology } from './topology.ts';

/** Checks version and options. Reports: `broker/rabbitmq-version`, `broker/rabbitmq-version-lacks`. */
export function checkVersion(model: Model): readonly Diagnostic[] {
  const { value: version, origin } = model.broker.version;
  const known = majorMinor(version);
  if (known === null || !knownVersions.includes(known)) {
    return [
      rabbitmqDiagnostics.make(
        'rabbitmq-version',
        { pointer: origin },
        { version, known: knownVersions.join(', ') },
      ),
    ];
  }
  const wantsDelayedRetry = readOptions(model).delayedRetry === 'always';
  return wantsDelayedRetry && !featuresOf(version).hasDelayedRetry
    ? [
        rabbitmqDiagnostics.make(
          'rabbitmq-version-lacks',
          { pointer: `${model.broker.origin}/options/delayedRetry` },
          {
            version,
            feature: 'delayed retry in the queue',
            since: '4.3',
            alternative:
              'Leave the option out: before 4.3 one TTL queue for each delay does the same.',
          },
        ),
      ]
    : [];
}

/** A message that its handler has not acknowledged in time is taken back, whether it is handled or waits. */
function checkHold(
  { id, retry, processingMs }: Subscription,
  timeoutMs: number,
): readonly Diagnostic[] {
  const processing = formatDuration(processingMs.value);
  const timeout = formatDuration(timeoutMs);
  if (processingMs.value >= timeoutMs)
    return [
      rabbitmqDiagnostics.make(
        'rabbitmq-handling-exceeds-timeout',
        { pointer: processingMs.origin },
        { subscription: id, processing, timeout },
      ),
    ];
  // The message is held for the delay and then handled again within one delivery's time.
  const longest = largest(retryDelays(retry.value), 0);
  if (
    retry.value.mode !== 'blocking' ||
    longest + processingMs.value < timeoutMs
  )
    return [];
  return [
    rabbitmqDiagnostics.make(
      'rabbitmq-hold-exceeds-timeout',
      { pointer: retry.origin },
      { subscription: id, delay: formatDuration(longest), processing, timeout },
    ),
  ];
}

/** Checks compaction, how long messages are held, and replication. Reports: `broker/rabbitmq-no-compaction`, `-handling-exceeds-timeout`, `-hold-exceeds-timeout`, `-even-replication`. */
export function checkSettings(model: Model): readonly Diagnostic[] {
  const { consumerTimeoutMs } = readOptions(model);
  const compacted = model.channels
    .filter(({ isCompacted }) => isCompacted.value)
    .map(({ name, isCompacted }) =>
      rabbitmqDiagnostics.make(
        'rabbitmq-no-compaction',
        { pointer: isCompacted.origin },
        { channel: name },
      ),
    );
  const holds = model.subscriptions.flatMap((subscription) =>
    checkHold(subscription, consumerTimeoutMs),
  );
  const replicas = model.environments.flatMap(({ name, replication }) => {
    const count = replication.value;
    return count % 2 === 0 || count > 7
      ? [
          rabbitmqDiagnostics.make(
            'rabbitmq-even-replication',
            { pointer: replication.origin },
            {
              environment: name,
              count,
              lower: Math.min(7, Math.max(1, count - 1)),
              upper: Math.min(7, count + 1),
            },
          ),
        ]
      : [];
  });
  return [...compacted, ...holds, ...replicas];
}

/** Checks that no event declares a header that RabbitMQ or a publisher sets or reads. Reports: `broker/rabbitmq-reserved-header`. */
export function checkHeaders(model: Model): readonly Diagnostic[] {
  return reservedHeaders(model, headerUse).map(
    ({ event, header, use, pointer }) =>
      rabbitmqDiagnostics.make(
        'rabbitmq-reserved-header',
        { pointer, at: 'key' },
        { event, header, use },
      ),
  );
}

function headerUse(name: string): string | null {
  if (name === keyHeader || name === slotHeader)
    return 'which carries the place of the key on RabbitMQ';
  if (name === 'CC' || name === 'BCC')
    return 'which RabbitMQ reads as a list of further routing keys';
  if (/^x-(?:death|delivery-count|(?:first|last)-death-\w+)$/.test(name))
    return 'in which RabbitMQ counts deliveries and deaths';
  return byteLength(name) > maxNameBytes
    ? `whose name has more than the ${maxNameBytes} bytes that AMQP allows`
    : null;
}

/**
 * Checks that every event that goes to lanes has a key, and that there are as many slots as lanes.
 * Reports: `broker/rabbitmq-key-missing-for-lanes`, `broker/rabbitmq-fewer-slots-than-lanes`.
 */
export function checkLanes(
  model: Model,
  topology: Topology,
): readonly Diagnostic[] {
  return [...keylessEvents(model, topology), ...missingSlots(topology)];
}

function missingSlots({ consumers, slots }: Topology): readonly Diagnostic[] {
  return consumers
    .filter(({ queues }) => queues.length > slots.value)
    .map(({ group, queues }) =>
      rabbitmqDiagnostics.make(
        'rabbitmq-fewer-slots-than-lanes',
        { pointer: slots.origin },
        {
          slots: slots.value,
          group,
          lanes: queues.length,
          idle: queues.length - slots.value,
        },
      ),
    );
}

function keylessEvents(
  model: Model,
  topology: Topology,
): readonly Diagnostic[] {
  const keyless = new Map(
    model.events
      .filter(({ key }) => key === null)
      .map((event) => [event.name, event]),
  );
  return topology.bindings.flatMap(({ destination, to, routingKey, why }) => {
    const event = keyless.get(routingKey);
    if (to !== 'exchange' || event === undefined) return [];
    const lanes = new Set(
      topology.bindings
        .filter(({ source }) => source === destination)
        .map((binding) => binding.destination),
    ).size;
    return [
      rabbitmqDiagnostics.make(
        'rabbitmq-key-missing-for-lanes',
        { pointer: why.pointer },
        {
          event: event.name,
          lanes,
          group: destination.replace(lanesExchangeName(''), ''),
        },
      ),
    ];
  });
}
