// The ways of events about one thing from service to service, outside of sagas: a service that consumes one event keyed
// by a field and publishes another keyed by it may do the one because of the other. The spec does not say whether it does.
import { keyName } from './event-key.ts';
import { findCircle } from '../core/find-circle.ts';
import { gather } from '../core/gather.ts';
import { onceFor } from '../core/once-for.ts';
import type { Event, Saga } from './model.ts';
import type { ModelFacts } from './model-facts.ts';

export interface EventPaths {
  /** The longest way from service to service that visits none twice; empty when there is no hop. Linear in the hops. */
  readonly longest: () => readonly string[];
  /** A way that comes back, from the first name of the alphabet on; empty when there is none. */
  readonly circle: () => readonly string[];
  /** Where the first event is defined that the service publishes on such a way; '' when there is none. */
  readonly originOf: (service: string) => string;
}

interface Hop {
  readonly from: string;
  readonly to: string;
  readonly event: Event;
}

/** Gives the ways of events by the field that keys them; commands and messages of sagas are left out. */
export const byKeyOutsideSagas: (
  facts: ModelFacts,
) => ReadonlyMap<string, EventPaths> = onceFor(findPaths);

function findPaths(facts: ModelFacts): ReadonlyMap<string, EventPaths> {
  const { model, publicationsByEvent, subscriptionsByEvent } = facts;
  const inSagas = new Set(model.sagas.flatMap(messagesOf));
  const hops = model.events
    .filter(({ kind, name }) => kind !== 'command' && !inSagas.has(name))
    .flatMap((event): readonly Hop[] =>
      (publicationsByEvent().get(event.name) ?? []).flatMap(
        ({ service: from }) =>
          (subscriptionsByEvent().get(event.name) ?? [])
            .filter(({ service }) => service !== from)
            .map(({ service: to }) => ({ from, to, event })),
      ),
    );
  const byKey = gather(hops, ({ event }) =>
    event.key === null ? [] : [keyName(event.key)],
  );
  return new Map([...byKey].map(([key, found]) => [key, pathsOf(found)]));
}

const messagesOf = ({ starts, completes, aborts, steps }: Saga): string[] =>
  [
    starts,
    completes,
    aborts,
    ...steps.flatMap(({ on, command, success, failure, compensate }) => [
      on,
      command,
      success,
      failure,
      compensate,
    ]),
  ].filter((name) => name !== null);

function pathsOf(hops: readonly Hop[]): EventPaths {
  const leaving = gather(hops, ({ from }) => [from]);
  const next = new Map(
    [...leaving].map(([service, out]): [string, readonly string[]] => [
      service,
      [...new Set(out.map(({ to }) => to))],
    ]),
  );
  const nextOf = (service: string): readonly string[] =>
    next.get(service) ?? [];
  return {
    longest: () => longestWay([...leaving.keys()], nextOf),
    circle: () => {
      const circle = findCircle(leaving.keys(), nextOf);
      const start = circle.indexOf([...circle].toSorted()[0] ?? '');
      return [...circle.slice(start), ...circle.slice(0, start)];
    },
    originOf: (service) => leaving.get(service)?.[0]?.event.origin ?? '',
  };
}

/** Of a graph with circles, the longest way along hops that do not lead back into the way that is being walked. */
function longestWay(
  nodes: readonly string[],
  nextOf: (node: string) => readonly string[],
): readonly string[] {
  const best = new Map<string, readonly string[]>();
  const open = new Set<string>();
  for (const start of nodes) {
    // With a stack of its own: a chain as long as the spec must not exhaust the runtime's.
    const stack = best.has(start) ? [] : [start];
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      open.add(node);
      const unknown = nextOf(node).find(
        (next) => !best.has(next) && !open.has(next),
      );
      if (unknown !== undefined) {
        stack.push(unknown);
        continue;
      }
      best.set(node, [node, ...longestOf(nextOf(node), best)]);
      open.delete(node);
      stack.pop();
    }
  }
  return longestOf(nodes, best);
}

const longestOf = (
  nodes: readonly string[],
  known: ReadonlyMap<string, readonly string[]>,
): readonly string[] =>
  nodes.reduce<readonly string[]>((most, node) => {
    const way = known.get(node) ?? [];
    return way.length > most.length ? way : most;
  }, []);
