// The names of RabbitMQ objects that have none of their own: made of everything that tells them apart.
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Binding } from './topology.ts';

/** What a binding is told apart by. */
export type BindingParts = Pick<
  Binding,
  'source' | 'destination' | 'to' | 'routingKey' | 'arguments'
>;

/** Names a binding by its whole text; arguments are left out where there are none. */
export function bindingName(binding: BindingParts): string {
  const { source, to, destination, routingKey, arguments: given } = binding;
  const sorted = Object.entries(given).toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  );
  const end =
    sorted.length === 0 ? '' : ` ${JSON.stringify(Object.fromEntries(sorted))}`;
  return `${source} -> ${to} ${destination} (${routingKey})${end}`;
}

/** Reads the text that `bindingName` makes; null when it is none. */
export function readBindingName(name: string): BindingParts | null {
  const match =
    /^(.*?) -> (queue|exchange) (.*?) \((.*?)\)(?: (\{.*\}))?$/.exec(name);
  if (match === null) return null;
  const [, source = '', to, destination = '', routingKey = '', given] = match;
  return {
    source,
    to: to === 'exchange' ? 'exchange' : 'queue',
    destination,
    routingKey,
    arguments: given === undefined ? {} : readArguments(given),
  };
}

// What follows the routing key of another's binding may look like arguments.
function readArguments(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Names one slot of an exchange that spreads keys over lanes. */
export function slotName(slot: number): string {
  return `slot ${slot}`;
}

/** Reads the number that `slotName` names. */
export function readSlotName(name: string): number {
  return Number(name.replace(/^slot /, ''));
}

/** Names a topic permission. */
export function topicPermissionName(user: string, exchange: string): string {
  return `${user} on ${exchange}`;
}
