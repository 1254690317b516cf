// What the questions about patterns are asked about.
import type { Choice } from '../../prompter.ts';
import type { Answers, EventAnswer } from './answers.ts';

export interface PatternContext {
  readonly events: readonly EventAnswer[];
  readonly services: readonly string[];
  readonly delivery: Answers['delivery'];
}

/** Tells whether somebody in the spec publishes an event. */
export const published = (event: EventAnswer): boolean =>
  event.publisher !== null;

/** Lists what happens, commands left out. */
export const facts = ({ events }: PatternContext): readonly EventAnswer[] =>
  events.filter(({ kind }) => kind !== 'command');

/** Lists the facts that have a key. */
export const keyed = (context: PatternContext): readonly EventAnswer[] =>
  facts(context).filter(({ key }) => key !== null);

/** Lists the commands. */
export const commandsOf = ({
  events,
}: PatternContext): readonly EventAnswer[] =>
  events.filter(({ kind }) => kind === 'command');

/** Makes choices that need no explanation. */
export const asChoices = (
  names: readonly string[],
): readonly Choice<string>[] => names.map((value) => ({ value, means: '' }));

/** Lists the names of events. */
export const namesOf = (events: readonly EventAnswer[]): readonly string[] =>
  events.map(({ name }) => name);
