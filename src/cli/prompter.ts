// The questions that a command can ask, as inquirer asks them. Inquirer is loaded when the first one is asked.
import { largest } from '../core/lists.ts';

export interface Choice<T extends string> {
  readonly value: T;
  readonly means: string;
}

export interface Prompter {
  /** Asks for one line; `check` gives what is wrong with it, or null. */
  readonly input: (
    message: string,
    options: {
      readonly initial?: string;
      readonly check?: (text: string) => string | null;
    },
  ) => Promise<string>;
  /** Asks for one of the choices, each shown with what it means. */
  readonly select: <T extends string>(
    message: string,
    choices: readonly Choice<T>[],
    initial?: T,
  ) => Promise<T>;
  /** Asks for any of the choices. */
  readonly checkbox: <T extends string>(
    message: string,
    choices: readonly Choice<T>[],
    initial: readonly T[],
  ) => Promise<readonly T[]>;
  readonly confirm: (message: string, initial: boolean) => Promise<boolean>;
}

/** Thrown by a prompter when the person at the terminal breaks off (Ctrl-C). */
export class PromptsInterrupted extends Error {
  override readonly name = 'PromptsInterrupted';
}

const shown = <T extends string>(
  choices: readonly Choice<T>[],
): { value: T; name: string; short: string }[] => {
  const width = largest(choices.map(({ value }) => value.length));
  return choices.map(({ value, means }) => ({
    value,
    name: means === '' ? value : `${value.padEnd(width)}  ${means}`,
    short: value,
  }));
};

/** Makes the prompter of this process's terminal. Its questions throw `PromptsInterrupted`. */
export async function terminalPrompter(): Promise<Prompter> {
  const { default: inquirer } = await import('inquirer');
  const ask = async <T>(question: object): Promise<T> => {
    try {
      const { answer } = await inquirer.prompt([
        // The kinds of question used here are inquirer's own; their options are checked by the tests in a terminal.
        { ...question, name: 'answer' } as never,
      ]);
      // The questions of one kind answer in one type.
      return answer as T;
    } catch (error) {
      if (error instanceof Error && error.name === 'ExitPromptError')
        throw new PromptsInterrupted('the questions were broken off', {
          cause: error,
        });
      throw error;
    }
  };
  return {
    input: (message, { initial, check }) =>
      ask<string>({
        type: 'input',
        message,
        ...(initial !== undefined && { default: initial }),
        validate: (text: string) => check?.(text.trim()) ?? true,
      }).then((text) => text.trim()),
    select: (message, choices, initial) =>
      ask({
        type: 'select',
        message,
        choices: shown(choices),
        ...(initial !== undefined && { default: initial }),
      }),
    checkbox: (message, choices, initial) =>
      ask({
        type: 'checkbox',
        message,
        choices: shown(choices).map((choice) => ({
          ...choice,
          checked: initial.includes(choice.value),
        })),
      }),
    confirm: (message, initial) =>
      ask({ type: 'confirm', message, default: initial }),
  };
}
