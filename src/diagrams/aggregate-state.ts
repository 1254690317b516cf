// One state diagram per aggregate that names states or commands.
import type { Aggregate, AggregateCommand } from '../model/model.ts';
import { createDiagramIds } from './diagram-ids.ts';
import { diagramHead, type Diagram } from './diagram.ts';
import { styleViews, type Style } from './styles.ts';
import { plainLabel, wrapText, type Line } from './label.ts';
import type { PlanContext } from './plan-context.ts';
import { say } from './words.ts';

/** Plans the state diagrams; an aggregate with neither states nor commands has none. */
export function planAggregateStates(context: PlanContext): readonly Diagram[] {
  return context.model.aggregates
    .filter(
      (aggregate) =>
        aggregate.states.length > 0 || aggregate.commands.length > 0,
    )
    .map((aggregate) => planAggregateState(context, aggregate));
}

interface Transition {
  /** Null: from nothing, it creates the aggregate. */
  readonly from: string | null;
  readonly to: string;
  readonly lines: readonly Line[];
}

function planAggregateState(
  context: PlanContext,
  aggregate: Aggregate,
): Diagram {
  const { words } = context;
  const id = createDiagramIds();
  const states =
    aggregate.states.length > 0
      ? aggregate.states
      : [say(words, 'state.exists')];
  const stateId = (state: string): string => id('s', state);
  const transitions = aggregate.commands.flatMap((command) =>
    transitionsOf(command, states),
  );
  const lasting = new Set(
    transitions.flatMap(({ from, to }) =>
      from === null || from === to ? [] : [from],
    ),
  );
  const isFinal = (state: string): boolean =>
    !lasting.has(state) && transitions.some(({ to }) => to === state);
  const title = say(words, 'state.title', { aggregate: aggregate.name });
  const view = {
    ...diagramHead(
      title,
      say(words, 'state.description', {
        aggregate: aggregate.name,
        states: states.join(', '),
      }),
    ),
    direction: states.length > 6 ? 'TB' : 'LR',
    states: states.map((state) => ({
      id: stateId(state),
      lines: plainLabel(...wrapText(state)),
    })),
    starts: startsOf(context, transitions, states[0] ?? '').map((start) => ({
      ...start,
      to: stateId(start.to),
    })),
    transitions: transitions.flatMap(({ from, to, lines }) =>
      from === null ? [] : [{ from: stateId(from), to: stateId(to), lines }],
    ),
    ends: states.filter(isFinal).map((state) => ({ id: stateId(state) })),
    ...styleViews(
      states.map((state) => ({
        id: stateId(state),
        style: (isFinal(state) ? 'store' : 'service') satisfies Style,
      })),
    ),
  };
  return {
    kind: 'state',
    subject: aggregate.name,
    name: `state-${aggregate.name}`,
    template: 'state',
    pointers: [aggregate.origin],
    title,
    view: () => view,
  };
}

// Where nothing creates it, the first state is the initial one all the same.
function startsOf(
  { words }: PlanContext,
  transitions: readonly Transition[],
  first: string,
): readonly Transition[] {
  const starts = transitions.filter(({ from }) => from === null);
  if (starts.length > 0) return starts;
  const lines = plainLabel(say(words, 'state.initial'));
  return [{ from: null, to: first, lines }];
}

function transitionsOf(
  command: AggregateCommand,
  states: readonly string[],
): readonly Transition[] {
  const lines = plainLabel(
    command.emits.length === 0
      ? command.name
      : `${command.name} / ${command.emits.join(', ')}`,
  );
  if (command.from.length === 0)
    return [{ from: null, to: command.to ?? states[0] ?? '', lines }];
  return command.from.map((from) => ({
    from,
    to: command.to ?? from,
    lines,
  }));
}
