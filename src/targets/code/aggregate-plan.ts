// What the code of one aggregate needs to know, decided once: its commands, their input, where each event leads.
import { plainKey } from '../../model/event-key.ts';
import type { Aggregate, AggregateCommand, Event } from '../../model/model.ts';
import type { Shape } from '../../model/payload.ts';
import type { CodeContext } from './code-context.ts';
import { memberNames } from './names.ts';
import { isInherited } from './sample-values.ts';

/** How the identity becomes the key field of a payload; null where the types do not tell. */
export type KeyConversion = 'text' | 'number' | null;

export interface CommandPlan {
  readonly command: AggregateCommand;
  /** Method of the aggregate: `create`. */
  readonly method: string;
  /** Type of its input: `CreateOrder`. */
  readonly input: string;
  /** Method that people write: `decideCreate`. */
  readonly decide: string;
  /** The event it emits when there is one only; else the decision says which of several. */
  readonly event: Event | null;
  readonly events: readonly Event[];
  readonly inputShape: Shape | null;
}

export interface AggregatePlan {
  readonly aggregate: Aggregate;
  readonly commands: readonly CommandPlan[];
  readonly events: readonly Event[];
  readonly statuses: readonly string[];
  readonly hasStates: boolean;
  /**
   * The one field of its events that identifies it, which the identity fills; null where several do, or one inside
   * another: then decisions give it with the rest of the payload.
   */
  readonly key: string | null;
}

const reservedMembers = [
  'id',
  'status',
  'data',
  'version',
  'replay',
  'restore',
  'snapshot',
  'getUncommittedChanges',
  'markCommitted',
  'raise',
  'raiseAll',
  'expectStatus',
  'apply',
  'evolve',
  'transitions',
  'initialStatus',
  'initialData',
  'statusAfter',
  'changes',
  'current',
  'currentVersion',
  'constructor',
  'update',
  'unit',
];

/** Decides what the code of an aggregate is made of; null for one that has no events. */
export function planAggregate(
  context: CodeContext,
  aggregate: Aggregate,
): AggregatePlan | null {
  const events = aggregate.events.map(context.event);
  if (events.length === 0) return null;
  const { type } = context.names.aggregate(aggregate.name);
  const names = aggregate.commands.map(({ name }) => name);
  const methods = memberNames(names, reservedMembers);
  const commands = aggregate.commands.map((command): CommandPlan => {
    const emitted = command.emits.map(context.event);
    const method = methods.get(command.name) ?? command.name;
    const title = method.charAt(0).toUpperCase() + method.slice(1);
    return {
      command,
      method,
      input: `${title}${type}Input`,
      decide: `decide${title}`,
      event: emitted.length === 1 ? (emitted[0] ?? null) : null,
      events: emitted,
      inputShape: command.input,
    };
  });
  return {
    aggregate,
    commands,
    events,
    hasStates: aggregate.states.length > 0,
    statuses: aggregate.states.length > 0 ? aggregate.states : ['active'],
    key: plainKey(aggregate.key),
  };
}

/** Tells how an aggregate's identity becomes the key field of this event's payload. */
export function keyConversion(
  plan: AggregatePlan,
  event: Event,
): KeyConversion {
  const field = event.payload.fields.find(({ name }) => name === plan.key);
  if (plan.key === null || field === undefined || !field.isRequired)
    return null;
  if (event.payload.schema !== null)
    return schemaConversion(event.payload, plan.key);
  if (field.type.kind !== 'primitive') return null;
  switch (field.type.name) {
    case 'string':
    case 'uuid':
    case 'date':
    case 'date-time':
    case 'email':
    case 'uri':
    case 'bytes':
      return 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
    case 'any':
      return null;
    default:
      return field.type satisfies never;
  }
}

/** The field of an event's payload that the aggregate's identity fills, so that commands are not given it; null where none is. */
export function filledKey(plan: AggregatePlan, event: Event): string | null {
  return keyConversion(plan, event) === null ? null : plan.key;
}

/** An author's schema is only trusted where it says no more than a plain object with a plain text field. */
function schemaConversion(shape: Shape, key: string): KeyConversion {
  const field = shape.fields.find(({ name }) => name === key);
  if (shape.schema?.['type'] !== 'object') return null;
  const isPlain = field?.type.kind === 'primitive';
  return isPlain &&
    field.type.kind === 'primitive' &&
    field.type.name === 'string'
    ? 'text'
    : null;
}

/** The statuses that an event leads to, by the status before it; one for all, or null when it changes none. */
export type TransitionPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'always'; readonly to: string }
  | {
      readonly kind: 'from';
      readonly to: readonly (readonly [from: string, to: string])[];
    };

/** Reads off the commands where an event leads. Two commands that emit it part by the states they start from; the first wins. */
export function transitionOf(
  plan: AggregatePlan,
  event: string,
): TransitionPlan {
  const emitting = plan.aggregate.commands.filter(({ emits }) =>
    emits.includes(event),
  );
  const targets = new Set(emitting.map(({ to }) => to));
  const [only] = targets;
  if (targets.size === 0 || (targets.size === 1 && only === null))
    return { kind: 'none' };
  if (targets.size === 1 && typeof only === 'string')
    return { kind: 'always', to: only };
  const to = new Map<string, string>();
  for (const command of emitting) {
    const from =
      command.from.length === 0 ? plan.statuses.slice(0, 1) : command.from;
    for (const status of from)
      if (!to.has(status)) to.set(status, command.to ?? status);
  }
  // A table that left one out would be read as having the member that every object inherits.
  for (const status of plan.statuses)
    if (isInherited(status) && !to.has(status)) to.set(status, status);
  return { kind: 'from', to: [...to] };
}
