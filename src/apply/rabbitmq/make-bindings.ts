// Bindings through the management API: made, removed, and the slots of lanes moved without a moment in which one is bound to none.
import { isJsonObject, own } from '../../core/json.ts';
import { readSlotName } from '../../brokers/rabbitmq/resource-texts.ts';
import type { BindingParts } from '../../brokers/rabbitmq/resource-texts.ts';
import { slotArguments } from '../../brokers/rabbitmq/slots.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ManagementApi } from './management-api.ts';
import { liveBinding, slotOfBinding } from './read-live.ts';

interface Place {
  readonly api: ManagementApi;
  readonly vhost: string;
}

/** Makes a binding; making it twice changes nothing. Throws: `HostError`. */
export async function bind(
  binding: BindingParts,
  { api, vhost }: Place,
): Promise<void> {
  return api.send('POST', pathOf(binding, vhost), {
    routing_key: binding.routingKey,
    arguments: binding.arguments,
  });
}

/** Removes one binding. Throws: `HostError`. */
export async function unbind(
  binding: BindingParts,
  { api, vhost }: Place,
): Promise<void> {
  const path = pathOf(binding, vhost);
  if (Object.keys(binding.arguments).length === 0) {
    // The API names a binding without arguments by its routing key, and an empty key by "~".
    const key = binding.routingKey === '' ? '~' : binding.routingKey;
    return api.send('DELETE', [...path, key]);
  }
  // One with arguments has a name of the broker's making.
  const all = await api.list(path.map(encodeURIComponent).join('/'));
  const same = all.filter(isJsonObject).filter((one) => {
    const found = liveBinding(one);
    return (
      found.routingKey === binding.routingKey &&
      canonical(found.arguments) === canonical(binding.arguments)
    );
  });
  for (const one of same) {
    const key = own(one, 'properties_key');
    if (typeof key === 'string') await api.send('DELETE', [...path, key]);
  }
}

/**
 * Binds each slot to its lane, and to no other. A new place is bound before an old one is let go, so that a message that
 * is published meanwhile may come twice and is never lost. Throws: `HostError`.
 *
 * @param lanes queue by the name of its slot
 */
export async function placeSlots(
  exchange: string,
  lanes: JsonObject,
  place: Place,
): Promise<void> {
  const live = (await slotBindings(exchange, place)).map((binding) => ({
    binding,
    slot: slotOfBinding(binding),
  }));
  const wanted = Object.entries(lanes).map(
    ([name, lane]): readonly [number, string] => [
      readSlotName(name),
      String(lane),
    ],
  );
  for (const [slot, destination] of wanted) {
    const now = live.filter((one) => one.slot === slot);
    if (now.every(({ binding }) => binding.destination !== destination))
      await bind(slotBinding(exchange, slot, destination), place);
    for (const { binding } of now)
      if (binding.destination !== destination) await unbind(binding, place);
  }
}

/** Lets go of every slot of an exchange. Throws: `HostError`. */
export async function removeSlots(
  exchange: string,
  place: Place,
): Promise<void> {
  for (const binding of await slotBindings(exchange, place))
    await unbind(binding, place);
}

async function slotBindings(
  exchange: string,
  { api, vhost }: Place,
): Promise<readonly BindingParts[]> {
  const path = ['exchanges', vhost, exchange, 'bindings', 'source'];
  const all = await api.list(path.map(encodeURIComponent).join('/'));
  return all
    .filter(isJsonObject)
    .map(liveBinding)
    .filter((binding) => slotOfBinding(binding) !== null);
}

const slotBinding = (
  source: string,
  slot: number,
  destination: string,
): BindingParts => ({
  source,
  destination,
  to: 'queue',
  routingKey: '',
  arguments: slotArguments(slot),
});

function pathOf(
  { source, to, destination }: BindingParts,
  vhost: string,
): readonly string[] {
  const letter = to === 'exchange' ? 'e' : 'q';
  return ['bindings', vhost, 'e', source, letter, destination];
}

const canonical = (given: JsonObject): string =>
  JSON.stringify(
    Object.entries(given).toSorted(([left], [right]) =>
      left < right ? -1 : 1,
    ),
  );
