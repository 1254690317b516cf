// The part of the conversation about events: one after the other until there are no more.
import type { Prompter } from '../../prompter.ts';
import type { EventAnswer } from './answers.ts';
import {
  areFields,
  areNames,
  isName,
  orEmpty,
  splitFields,
  splitNames,
} from './checks.ts';
import { kinds } from './choices.ts';

/** Asks for at least one event. */
export async function askEvents(
  prompter: Prompter,
): Promise<readonly EventAnswer[]> {
  const events: EventAnswer[] = [];
  for (;;) {
    const taken = new Set(events.map((event) => event.name));
    const name = await prompter.input(
      events.length === 0
        ? 'First event, e.g. order.created'
        : 'Next event (empty: no more)',
      {
        check: (text) => {
          if (taken.has(text)) return `"${text}" is there already.`;
          return events.length === 0 ? isName(text) : orEmpty(isName)(text);
        },
      },
    );
    if (name === '') return events;
    events.push(await askEvent(prompter, name));
  }
}

async function askEvent(
  prompter: Prompter,
  name: string,
): Promise<EventAnswer> {
  const kind = await prompter.select(
    `${name}: what is it?`,
    kinds,
    'integration',
  );
  const fields = Object.fromEntries(
    splitFields(
      await prompter.input(
        `${name}: fields, e.g. orderId: uuid, total: number, note?: string`,
        { check: areFields },
      ),
    ),
  );
  const key = await askKey(prompter, name, fields);
  const publisher = await prompter.input(
    `${name}: which service publishes it? (empty: none in this system)`,
    { check: orEmpty(isName) },
  );
  const question =
    kind === 'command'
      ? 'which service acts on it?'
      : 'which services handle it? (divide by commas)';
  const consumers = splitNames(
    await prompter.input(`${name}: ${question}`, {
      check: (text) =>
        kind === 'command' && splitNames(text).length !== 1
          ? 'A command has exactly one consumer.'
          : areNames(text),
    }),
  );
  return {
    name,
    kind,
    fields,
    key,
    publisher: publisher === '' ? null : publisher,
    consumers,
  };
}

/** Only a required field can be a key. */
async function askKey(
  prompter: Prompter,
  name: string,
  fields: Readonly<Record<string, string>>,
): Promise<string | null> {
  const possible = Object.keys(fields).filter((field) => !field.endsWith('?'));
  if (possible.length === 0) return null;
  const key = await prompter.select(
    `${name}: which field is its key? Messages of one key stay in order`,
    [
      ...possible.map((value) => ({ value, means: '' })),
      { value: '(none)', means: 'nothing needs to stay in order' },
    ],
  );
  return key === '(none)' ? null : key;
}
