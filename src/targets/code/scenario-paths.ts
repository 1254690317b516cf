// The shortest history after which an aggregate may carry out a command.
import type { Event } from '../../model/model.ts';
import {
  transitionOf,
  type AggregatePlan,
  type CommandPlan,
} from './aggregate-plan.ts';

/** Finds the events that lead from nothing to a state in which the command is allowed; null when no single-event commands do. */
export function pathTo(
  plan: AggregatePlan,
  command: CommandPlan,
): readonly Event[] | null {
  const { from } = command.command;
  if (!plan.hasStates || from.length === 0) return [];
  const paths = new Map<string | null, readonly Event[]>([[null, []]]);
  // A map visits what is added while it is walked: breadth first, each state once.
  for (const [state, path] of paths) {
    if (state !== null && from.includes(state)) return path;
    for (const next of plan.commands) {
      const isAllowed =
        state === null
          ? next.command.from.length === 0
          : next.command.from.includes(state);
      if (!isAllowed || next.event === null) continue;
      const to = stateAfter(plan, next.event.name, state);
      if (paths.has(to)) continue;
      paths.set(to, [...path, next.event]);
    }
  }
  return null;
}

/** Where an event leads when a history is replayed: commands that share it do not tell, only the state before it. */
function stateAfter(
  plan: AggregatePlan,
  event: string,
  state: string | null,
): string | null {
  const before = state ?? plan.statuses[0] ?? null;
  const transition = transitionOf(plan, event);
  switch (transition.kind) {
    case 'none':
      return before;
    case 'always':
      return transition.to;
    case 'from':
      return transition.to.find(([from]) => from === before)?.[1] ?? before;
    default:
      return transition satisfies never;
  }
}
