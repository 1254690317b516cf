// The part of the conversation about patterns, and what each of them needs to know.
import type { Prompter } from '../../prompter.ts';
import type { AggregateAnswer, Answers, ProjectionAnswer } from './answers.ts';
import { isName } from './checks.ts';
import { patterns, type Pattern } from './choices.ts';
import {
  asChoices,
  commandsOf,
  facts,
  keyed,
  namesOf,
  published,
  type PatternContext,
} from './pattern-context.ts';
import { askSaga } from './ask-saga.ts';

type PatternAnswers = Pick<
  Answers,
  'outbox' | 'aggregates' | 'projections' | 'sagas'
>;

/** Asks which patterns apply, and for the parts of each; patterns that are given already are not asked for. */
export async function askPatterns(
  prompter: Prompter,
  given: Partial<Answers>,
  context: PatternContext,
): Promise<PatternAnswers> {
  const open = patterns.filter(
    ({ value }) => !isGiven(value, given) && isPossible(value, context),
  );
  const chosen =
    open.length === 0
      ? []
      : await prompter.checkbox(
          'Which patterns? (space chooses, enter goes on)',
          open,
          ['outbox'],
        );
  const wants = (pattern: Pattern): boolean => chosen.includes(pattern);
  return {
    outbox: given.outbox ?? wants('outbox'),
    aggregates:
      given.aggregates ??
      (wants('event-sourcing') ? [await askAggregate(prompter, context)] : []),
    projections:
      given.projections ??
      (wants('cqrs') ? [await askProjection(prompter, context)] : []),
    sagas:
      given.sagas ?? (wants('saga') ? [await askSaga(prompter, context)] : []),
  };
}

function isGiven(pattern: Pattern, given: Partial<Answers>): boolean {
  switch (pattern) {
    case 'outbox':
      return given.outbox !== undefined;
    case 'event-sourcing':
      return given.aggregates !== undefined;
    case 'cqrs':
      return given.projections !== undefined;
    case 'saga':
      return given.sagas !== undefined;
    default:
      return pattern satisfies never;
  }
}

/** A pattern is offered only when the events so far can carry it. */
function isPossible(pattern: Pattern, context: PatternContext): boolean {
  switch (pattern) {
    case 'outbox':
      return context.events.some(published);
    case 'event-sourcing':
      return facts(context).some(published);
    case 'cqrs':
      // What a projection or a saga keeps is outside the broker's transaction.
      return keyed(context).length > 0 && context.delivery !== 'exactly-once';
    case 'saga':
      return (
        commandsOf(context).length > 0 &&
        keyed(context).some(published) &&
        context.delivery !== 'exactly-once'
      );
    default:
      return pattern satisfies never;
  }
}

async function askAggregate(
  prompter: Prompter,
  context: PatternContext,
): Promise<AggregateAnswer> {
  const published = facts(context).filter(
    ({ publisher }) => publisher !== null,
  );
  const service = await prompter.select(
    'Event sourcing: which service keeps its aggregate as events?',
    asChoices([
      ...new Set(published.flatMap(({ publisher }) => publisher ?? [])),
    ]),
  );
  const own = published.filter(({ publisher }) => publisher === service);
  const initial = own[0]?.name.split('.')[0] ?? 'aggregate';
  const name = await prompter.input('Event sourcing: name of the aggregate', {
    initial,
    check: (text) =>
      context.events.some((event) => event.name === text)
        ? 'An event has this name.'
        : isName(text),
  });
  const events = await prompter.checkbox(
    'Event sourcing: which events are its history?',
    asChoices(namesOf(own)),
    namesOf(own),
  );
  return { name, service, events };
}

async function askProjection(
  prompter: Prompter,
  context: PatternContext,
): Promise<ProjectionAnswer> {
  const first = await prompter.select(
    'CQRS: which event starts a row of the read model?',
    asChoices(namesOf(keyed(context))),
  );
  const key = keyed(context).find(({ name }) => name === first)?.key ?? '';
  const others = facts(context).filter(
    ({ name, fields }) => name !== first && Object.hasOwn(fields, key),
  );
  const more =
    others.length === 0
      ? []
      : await prompter.checkbox(
          `CQRS: which events change it? They are matched by "${key}"`,
          asChoices(namesOf(others)),
          namesOf(others),
        );
  const service = await prompter.select(
    'CQRS: which service keeps it?',
    asChoices(context.services),
  );
  const name = await prompter.input('CQRS: name of the read model', {
    initial: `${first.split('.')[0] ?? 'row'}s`,
    check: isName,
  });
  return { name, service, from: [first, ...more], key };
}
