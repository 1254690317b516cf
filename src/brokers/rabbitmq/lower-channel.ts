// One channel to its exchange, and to a stream where its events are to be read again.
import { exactly, logQueueName, unroutedName } from './names.ts';
import { emptyPart, joinParts, policyPriority } from './lowering-context.ts';
import { streamArguments } from './replication.ts';
import type { Channel } from '../../model/model.ts';
import type { Retention } from '../../model/settings.ts';
import type { LoweringContext, Part } from './lowering-context.ts';
import type { Provenance } from './topology.ts';

/** Makes a channel's exchange and, where replay is asked for, its log. */
export function lowerChannel(channel: Channel, context: LoweringContext): Part {
  const isCommand = channel.kind === 'command';
  const exchange: Part = {
    ...emptyPart,
    exchanges: [
      {
        name: channel.name,
        type: isCommand ? 'direct' : 'topic',
        arguments: {},
        why: {
          pointer: channel.origin,
          because: isCommand
            ? 'a command goes point-to-point: one direct exchange, one consumer'
            : 'events are routed by their name, so that each queue is bound to those it wants',
        },
      },
    ],
  };
  return joinParts([
    exchange,
    logOf(channel, context),
    alternateOf(channel, context),
  ]);
}

/** Says why a channel's events are also kept in a stream; null when they are not. */
export function logReason(
  channel: Channel,
  context: LoweringContext,
): Provenance | null {
  if (channel.kind === 'command' || context.options.logs === 'never') {
    return null;
  }
  const { retention, isCompacted } = channel;
  const isDeclaredHere =
    retention.from === 'spec' && !retention.origin.startsWith('/guarantees');
  if (isDeclaredHere || retention.value === 'forever') {
    return {
      pointer: retention.origin,
      because:
        'a retention of its own asks for replay: queues forget what was acknowledged, a stream keeps it',
    };
  }
  if (isCompacted.value) {
    return {
      pointer: isCompacted.origin,
      because:
        'compaction asks for replay of the last state; a stream keeps every state, as RabbitMQ does not compact',
    };
  }
  return context.options.logs === 'always'
    ? {
        pointer: context.model.broker.origin,
        because:
          'the broker option logs: always keeps a stream of each channel',
      }
    : null;
}

function logOf(channel: Channel, context: LoweringContext): Part {
  const why = logReason(channel, context);
  if (why === null) return emptyPart;
  const name = logQueueName(channel.name);
  const maxAge = maxAgeOf(channel.retention.value);
  return {
    exchanges: [],
    queues: [
      {
        name,
        type: 'stream',
        role: 'log',
        isDurable: true,
        isAutoDelete: false,
        arguments: streamArguments(context),
        why,
      },
    ],
    // By name and not by "#": what nobody declared must still reach the alternate exchange.
    bindings: channel.events.map((event) => ({
      source: channel.name,
      destination: name,
      to: 'queue',
      routingKey: event,
      arguments: {},
      why,
    })),
    policies:
      maxAge === null
        ? []
        : [
            {
              name: `queue:${name}`,
              pattern: exactly([name]),
              applyTo: 'queues',
              targets: [name],
              definition: { 'max-age': maxAge },
              priority: policyPriority,
              why: {
                pointer: channel.retention.origin,
                because: `retention is ${maxAge} (whole segments are dropped, so messages stay a little longer)`,
              },
            },
          ],
  };
}

// Streams take `max-age` as a whole number of D, h, m or s.
function maxAgeOf(retention: Retention): string | null {
  if (retention === 'forever') return null;
  const units: readonly (readonly [string, number])[] = [
    ['D', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
  ];
  const unit = units.find(([, ms]) => retention % ms === 0);
  return unit === undefined
    ? `${Math.ceil(retention / 1000)}s`
    : `${retention / unit[1]}${unit[0]}`;
}

/** Lists a channel's events that no queue of this design takes. */
export function eventsWithoutQueue(
  channel: Channel,
  context: LoweringContext,
): readonly string[] {
  if (logReason(channel, context) !== null) return [];
  const taken = context.taken();
  return channel.events.filter((event) => !taken.has(event));
}

function alternateOf(channel: Channel, context: LoweringContext): Part {
  // An event that nobody here consumes would fill the queue of the unrouted, and its alert would never be silent.
  if (eventsWithoutQueue(channel, context).length > 0) return emptyPart;
  return {
    ...emptyPart,
    policies: [
      {
        name: `exchange:${channel.name}`,
        pattern: exactly([channel.name]),
        applyTo: 'exchanges',
        targets: [channel.name],
        definition: { 'alternate-exchange': unroutedName },
        priority: policyPriority,
        why: {
          pointer: channel.origin,
          because:
            'a message that no binding takes is kept and counted instead of confirmed and dropped',
        },
      },
    ],
  };
}
