// Aggregates: their states, commands and events.
import { child, pointer } from '../core/pointer.ts';
import { nearest } from '../core/text.ts';
import type { Aggregate, AggregateCommand } from '../model/model.ts';
import type { RawAggregate, RawAggregateCommand } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { EventDraft } from './resolve-events.ts';
import { resolveFields } from './resolve-shape.ts';
import {
  adviceFrom,
  renameTo,
  entriesOf,
  entry,
  eventNamed,
  listOf,
  type Scope,
} from './scope.ts';
import { orDefault, written } from './sourced.ts';

/** Resolves `aggregates`. Reports: unknown-event, aggregate-without-events, unknown-state, unreachable-state, snapshot-without-events. */
export function resolveAggregates(
  scope: Scope,
  events: readonly EventDraft[],
): readonly Aggregate[] {
  return entriesOf(scope.raw.aggregates).map(([name, raw]) => {
    const origin = pointer('aggregates', name);
    const own = events.filter((event) => event.aggregate === name);
    const commands = entriesOf(raw.commands).map(([command, rawCommand]) =>
      resolveCommand(scope, { name: command, raw: rawCommand }, { name, raw }),
    );
    reportUnreachable(scope, { name, raw, commands });
    const storage = orDefault(
      raw.storage,
      { owner: origin, key: 'storage' },
      {
        value: 'state' as const,
        because: 'The last state is enough until a history is asked for',
      },
    );
    if (raw.snapshotEvery !== undefined && storage.value === 'state') {
      scope.report(
        resolveDiagnostics.make(
          'snapshot-without-events',
          { pointer: child(origin, 'snapshotEvery'), at: 'key' },
          { aggregate: name },
        ),
      );
    }
    return {
      name,
      description: raw.description ?? null,
      service: raw.service,
      storage,
      snapshotEvery:
        raw.snapshotEvery === undefined
          ? null
          : written(raw.snapshotEvery, child(origin, 'snapshotEvery')),
      states: raw.states ?? [],
      commands,
      events: own.map((event) => event.name),
      key: own.find((event) => event.key !== null)?.key ?? null,
      origin,
    };
  });
}

interface Owner {
  readonly name: string;
  readonly raw: RawAggregate;
}

function resolveCommand(
  scope: Scope,
  command: { readonly name: string; readonly raw: RawAggregateCommand },
  owner: Owner,
): AggregateCommand {
  const { name, raw } = command;
  const origin = pointer('aggregates', owner.name, 'commands', name);
  checkEmitted(scope, { name, raw }, owner);
  const from = listOf(raw.from);
  const isList = typeof raw.from !== 'string';
  for (const [index, state] of from.entries()) {
    checkState(
      scope,
      {
        state,
        command: name,
        at: isList ? child(origin, 'from', index) : child(origin, 'from'),
      },
      owner,
    );
  }
  if (raw.to !== undefined)
    checkState(
      scope,
      { state: raw.to, command: name, at: child(origin, 'to') },
      owner,
    );
  return {
    name,
    from,
    to: raw.to ?? null,
    emits: listOf(raw.emits),
    input:
      raw.input === undefined
        ? null
        : resolveFields(scope, raw.input, {
            pointer: child(origin, 'input'),
            where: `the input of command "${name}" of aggregate "${owner.name}"`,
          }),
    origin,
  };
}

function checkEmitted(
  scope: Scope,
  command: { name: string; raw: RawAggregateCommand },
  owner: Owner,
): void {
  const at = pointer(
    'aggregates',
    owner.name,
    'commands',
    command.name,
    'emits',
  );
  for (const [index, name] of listOf(command.raw.emits).entries()) {
    const place = typeof command.raw.emits === 'string' ? at : child(at, index);
    const event = eventNamed(scope, name, {
      pointer: place,
      where: `command "${command.name}" of aggregate "${owner.name}"`,
    });
    if (event === null || event.aggregate === owner.name) continue;
    // An aggregate's name that is mistyped at the event has been told there.
    if (isMistypedName(scope, event.aggregate, owner.name)) continue;
    scope.report(
      resolveDiagnostics.make(
        'aggregate-without-events',
        { pointer: place },
        {
          command: command.name,
          aggregate: owner.name,
          event: name,
          owner:
            event.aggregate === undefined
              ? 'no aggregate'
              : `"${event.aggregate}"`,
        },
      ),
    );
  }
}

const isMistypedName = (
  scope: Scope,
  written: string | undefined,
  meant: string,
): boolean =>
  written !== undefined &&
  entry(scope.raw.aggregates, written) === undefined &&
  nearest(written, Object.keys(scope.raw.aggregates ?? {})) === meant;

function checkState(
  scope: Scope,
  found: { state: string; command: string; at: string },
  owner: Owner,
): void {
  const states = owner.raw.states ?? [];
  if (states.includes(found.state)) return;
  const advice =
    states.length === 0
      ? `Add "states: [${found.state}]" to the aggregate.`
      : adviceFrom(found.state, states);
  scope.report(
    resolveDiagnostics.make(
      'unknown-state',
      { pointer: found.at, change: renameTo(scope, found.state, states) },
      {
        command: found.command,
        aggregate: owner.name,
        name: found.state,
        advice,
      },
    ),
  );
}

/**
 * Walks from the initial state along the commands; a command without `from` starts at the initial state. Of states that
 * follow from one another only the first is told; nothing when a command names a state that there is not.
 */
function reportUnreachable(
  scope: Scope,
  aggregate: Owner & { readonly commands: readonly AggregateCommand[] },
): void {
  const { name, raw, commands } = aggregate;
  const states = raw.states ?? [];
  const initial = states[0];
  if (initial === undefined || commands.length === 0) return;
  const isKnown = (state: string): boolean => states.includes(state);
  if (
    !commands.every(
      ({ from, to }) => from.every(isKnown) && (to === null || isKnown(to)),
    )
  )
    return;
  const reached = new Set([initial]);
  for (;;) {
    walkFrom(reached, initial, commands);
    const lost = states.filter((state) => !reached.has(state));
    const first =
      lost.find((state) => commands.every(({ to }) => to !== state)) ?? lost[0];
    if (first === undefined) return;
    const at = pointer('aggregates', name, 'states', states.indexOf(first));
    scope.report(
      resolveDiagnostics.make(
        'unreachable-state',
        { pointer: at },
        { aggregate: name, name: first },
      ),
    );
    reached.add(first);
  }
}

/** Adds to the reached states all that the commands lead to from them. */
function walkFrom(
  reached: Set<string>,
  initial: string,
  commands: readonly AggregateCommand[],
): void {
  // A set gives also the members that are added while it is walked.
  for (const state of reached) {
    for (const command of commands) {
      const starts = command.from.length === 0 ? [initial] : command.from;
      if (command.to !== null && starts.includes(state))
        reached.add(command.to);
    }
  }
}
