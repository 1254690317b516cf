// Which place a key has, and which lane a place belongs to. Publishers name the place in a header, so that nothing that a
// broker keeps in memory decides about order (ADR-0010).
import { largest } from '../../core/lists.ts';
import { onceFor } from '../../core/once-for.ts';
import { planGroup } from './group-plan.ts';
import { lowerWith } from './lowering-context.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Model } from '../../model/model.ts';
import type { Sourced } from '../../model/settings.ts';

/**
 * Header that carries a message's slot, as decimal digits. Text, since every client sends text as the one type of AMQP
 * that a headers exchange compares it with, and numbers as several; not `x-…`, which a headers exchange passes over.
 */
export const slotHeader = 'partition';

/** Header that carries the key itself, for whoever reads the message. */
export const keyHeader = 'partitionkey';

const fewestSlots = 24;

/** Says how many slots a design has: what the author wrote, or the first of 24, 48, 96, … that gives every lane two. */
export function slotsOf(model: Model): Sourced<number> {
  return decided(model);
}

const decided = onceFor((model: Model): Sourced<number> => {
  const [environment] = model.environments;
  // Invariant of the model: there is at least one environment. Lanes do not differ between them.
  if (environment === undefined) throw new Error('a model has an environment');
  const context = lowerWith(model, environment);
  const { origin } = model.broker;
  const written = context.options.slots;
  if (written !== null) {
    const at = `${origin}/options/slots`;
    return { value: written, from: 'spec', origin: at, because: null };
  }
  const most = largest(
    model.groups.map((group) => planGroup(group, context).lanes ?? 1),
    1,
  );
  return {
    value: slotsFor(most),
    from: 'derived',
    origin,
    because:
      most === 1
        ? 'the first of 24, 48, 96, …; no group has lanes yet'
        : `the first of 24, 48, 96, … that gives each of ${most} lanes, the most of any group, at least two`,
  };
});

/** Finds the smallest number of 24, 48, 96, … that is at least twice the number of lanes. */
export function slotsFor(lanes: number): number {
  let slots = fewestSlots;
  while (slots < 2 * lanes) slots *= 2;
  return slots;
}

/** Makes the arguments of the binding by which a lane takes a slot. */
export function slotArguments(slot: number): JsonObject {
  return { 'x-match': 'all', [slotHeader]: String(slot) };
}

/** Reads the slot of a binding's arguments; null when they say anything else. */
export function slotOf(given: JsonObject): number | null {
  const { 'x-match': match, [slotHeader]: slot, ...others } = given;
  return match === 'all' &&
    typeof slot === 'string' &&
    /^(?:0|[1-9]\d*)$/.test(slot) &&
    Object.keys(others).length === 0
    ? Number(slot)
    : null;
}
