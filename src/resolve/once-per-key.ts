// Whether an event is published at most once for each key: the author says so, or the states of its aggregate show it.
import { gather } from '../core/gather.ts';
import { pointer } from '../core/pointer.ts';
import { isSameKey } from '../model/event-key.ts';
import type {
  Aggregate,
  AggregateCommand,
  Publication,
} from '../model/model.ts';
import type { Sourced } from '../model/settings.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { EventDraft } from './resolve-events.ts';
import { entry, type Scope } from './scope.ts';
import { byDefault, derived, written } from './sourced.ts';

/** Tells of an event whether at most one message of it has a given key. */
export type OncePerKey = (event: EventDraft) => Sourced<boolean>;

/** Gives what tells it for the events of a spec. Reports: once-without-key. */
export function oncePerKey(
  scope: Scope,
  design: {
    readonly aggregates: readonly Aggregate[];
    readonly publications: readonly Publication[];
  },
): OncePerKey {
  const aggregates = new Map(design.aggregates.map((one) => [one.name, one]));
  const publications = gather(design.publications, ({ event }) => [event]);
  return (event) => {
    const said = saidOnce(scope, event);
    if (said !== null) return said;
    const aggregate = aggregates.get(event.aggregate ?? '');
    const isOwn = (publications.get(event.name) ?? []).every(
      ({ service }) => service === aggregate?.service,
    );
    return aggregate !== undefined && isOwn && isEmittedOnce(aggregate, event)
      ? derived(
          true,
          aggregate.origin,
          `No state of "${aggregate.name}" lets it happen a second time`,
        )
      : byDefault(
          false,
          event.origin,
          'Nothing says that it happens once for each key',
        );
  };
}

function saidOnce(
  scope: Scope,
  { name, key }: EventDraft,
): Sourced<boolean> | null {
  if (entry(scope.raw.events, name)?.once === undefined) return null;
  const at = pointer('events', name, 'once');
  if (key === null)
    scope.report(
      resolveDiagnostics.make(
        'once-without-key',
        { pointer: at, at: 'key' },
        { event: name },
      ),
    );
  return written(true, at);
}

function isEmittedOnce(aggregate: Aggregate, event: EventDraft): boolean {
  const { commands, states } = aggregate;
  const emitting = commands.filter(({ emits }) => emits.includes(event.name));
  if (event.key === null || !isSameKey(event.key, aggregate.key)) return false;
  if (states.length === 0 || emitting.length === 0) return false;
  return emitting.every((command) => {
    const later = statesAfter(command, commands);
    return !emitting.some(({ from }) => from.some((one) => later.has(one)));
  });
}

/** The states that an aggregate can be in at any time after a command. */
function statesAfter(
  command: AggregateCommand,
  commands: readonly AggregateCommand[],
): ReadonlySet<string> {
  const reached = new Set(command.to === null ? command.from : [command.to]);
  // A set that grows while it is walked: what is added is walked too.
  for (const state of reached)
    for (const { from, to } of commands)
      if (to !== null && from.includes(state)) reached.add(to);
  return reached;
}
