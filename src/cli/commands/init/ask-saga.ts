// The part of the conversation about a saga and its steps.
import type { Choice } from '../../prompter.ts';
import type { Prompter } from '../../prompter.ts';
import type { EventAnswer, SagaAnswer, StepAnswer } from './answers.ts';
import { isName } from './checks.ts';
import {
  asChoices,
  commandsOf,
  facts,
  keyed,
  namesOf,
  type PatternContext,
} from './pattern-context.ts';

/** Asks for one orchestrated saga. */
export async function askSaga(
  prompter: Prompter,
  context: PatternContext,
): Promise<SagaAnswer> {
  const published = keyed(context).filter(
    ({ publisher }) => publisher !== null,
  );
  const starts = await prompter.select(
    'Saga: which event starts it?',
    asChoices(namesOf(published)),
  );
  const key = published.find(({ name }) => name === starts)?.key ?? '';
  const coordinator = await prompter.select(
    'Saga: which service coordinates it?',
    asChoices(context.services),
  );
  const name = await prompter.input('Saga: its name', {
    initial: 'fulfilment',
    check: isName,
  });
  const outcomes = published.filter(
    ({ name: event, fields }) => event !== starts && Object.hasOwn(fields, key),
  );
  const steps: StepAnswer[] = [];
  do {
    steps.push(
      await askStep(prompter, {
        commands: commandsOf(context),
        outcomes: outcomes.length === 0 ? published : outcomes,
      }),
    );
  } while (await prompter.confirm('Saga: another step?', false));
  const ends = asChoices(namesOf(facts(context)));
  const completes = optional(
    await prompter.select(
      'Saga: which event tells that it is done?',
      [...ends, none],
      none.value,
    ),
  );
  const aborts = optional(
    await prompter.select(
      'Saga: which event tells that it was given up?',
      [...ends, none],
      none.value,
    ),
  );
  return { name, coordinator, starts, steps, completes, aborts };
}

const none: Choice<string> = { value: '(none)', means: 'nothing' };
const optional = (name: string): string | null =>
  name === none.value ? null : name;

async function askStep(
  prompter: Prompter,
  {
    commands,
    outcomes,
  }: {
    readonly commands: readonly EventAnswer[];
    readonly outcomes: readonly EventAnswer[];
  },
): Promise<StepAnswer> {
  const command = await prompter.select(
    'Saga: which command does the step send?',
    asChoices(namesOf(commands)),
  );
  const success = await prompter.select(
    'Saga: which event tells that it succeeded?',
    asChoices(namesOf(outcomes)),
  );
  const failure = optional(
    await prompter.select(
      'Saga: which event tells that it failed?',
      [...asChoices(namesOf(outcomes)), none],
      none.value,
    ),
  );
  const compensate = optional(
    await prompter.select(
      'Saga: which command undoes it?',
      [...asChoices(namesOf(commands)), none],
      none.value,
    ),
  );
  const name = command.split(/[.]/).at(-1) ?? command;
  return { name, command, success, failure, compensate };
}
