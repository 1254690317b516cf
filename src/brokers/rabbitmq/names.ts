// The names of everything that is made for a channel or a group, and the regular expressions that match exactly them.
import { formatDuration } from '../../core/units.ts';

/** Longest name of an exchange, queue or routing key, in bytes of UTF-8 (AMQP 0-9-1 short string). */
export const maxNameBytes = 255;

/** Where the messages go that no binding took: an exchange and a queue of this name. */
export const unroutedName = 'unrouted';

/** The exchange that sorts dead letters by the queue that gave them up. */
export const deadLetterExchange = 'dead-letters';

/** The exchange by whose write right a responder answers (the default exchange, named so in permissions). */
export const defaultExchangeAlias = 'amq.default';

/** Names the queue that keeps what a group gave up. */
export function deadLetterQueueName(queue: string): string {
  return `${queue}.dlq`;
}

/** Names the exchange of a group's retry ladder. */
export function retryExchangeName(queue: string): string {
  return `${queue}.retry`;
}

/** Names one rung: the routing key and the end of the queue's name, e.g. `1s`, `1m`; dots of fractions become `_`. */
export function rungName(delayMs: number): string {
  return formatDuration(delayMs).replaceAll('.', '_');
}

/** Names the queue that holds failed messages for one delay. */
export function retryQueueName(queue: string, delayMs: number): string {
  return `${retryExchangeName(queue)}.${rungName(delayMs)}`;
}

/** Names the exchange that spreads a group's messages over its lanes by key. */
export function lanesExchangeName(queue: string): string {
  return `${queue}.lanes`;
}

/** Names one lane, counted from 0. */
export function laneQueueName(queue: string, lane: number): string {
  return `${laneStem(lanesExchangeName(queue))}${lane}`;
}

/** What the names of the lanes behind an exchange have in common; the number of the lane follows. */
export function laneStem(lanesExchange: string): string {
  return lanesExchange.replace(/s$/, '.');
}

/** Names the stream that keeps a channel's events for replay. */
export function logQueueName(channel: string): string {
  return `${channel}.log`;
}

/** Escapes a name for a regular expression of the broker (PCRE), so that it matches itself alone. */
export function escapeRegex(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_-]/g, String.raw`\$&`);
}

/** Makes the anchored regular expression that matches exactly the given names; none gives `^$`, which grants nothing. */
export function exactly(names: readonly string[]): string {
  const [first] = names;
  if (first === undefined) return '^$';
  if (names.length === 1) return `^${escapeRegex(first)}$`;
  return `^(?:${names.map(escapeRegex).join('|')})$`;
}

/** Counts the bytes of a name in UTF-8. */
export function byteLength(name: string): number {
  return new TextEncoder().encode(name).length;
}
