// From flags, and questions where a terminal can answer them, to the entry that is to be added.
import { HostError } from '../../../core/host.ts';
import type { JsonValue } from '../../../core/json.ts';
import { counted, kebabCase } from '../../../core/text.ts';
import { readYaml } from '../../../syntax/read-yaml.ts';
import { terminalPrompter, type Prompter } from '../../prompter.ts';
import type { Terminal } from '../../terminal.ts';
import type { EntryKind, Flag } from './entry-kinds.ts';
import type { NewEntry } from './plan-edits.ts';

export type FlagValues = Readonly<Record<string, unknown>>;

interface Given {
  readonly name: string | undefined;
  readonly more: readonly string[];
  readonly flags: FlagValues;
}

/** Reads an entry. Throws: `HostError` for what is missing without a terminal, or cannot be read; `PromptsInterrupted`. */
export async function readEntry(
  kind: EntryKind,
  given: Given,
  terminal: Terminal,
): Promise<NewEntry> {
  const missing = missingOf(kind, given);
  if (missing.length > 0 && !(terminal.isInTty && terminal.isOutTty))
    throw new HostError(
      `add ${kind.name} needs ${missing.join(', ')}, and there is no terminal to ask on`,
    );
  const prompter = missing.length > 0 ? await terminalPrompter() : null;
  const name =
    given.name ?? (await asked(prompter, `Name of the ${kind.name}`));
  const more =
    kind.more === null || given.more.length > 0
      ? given.more
      : namesOf(await asked(prompter, `${kind.more} (divide by commas)`));
  const properties = await propertiesOf(kind, given.flags, prompter);
  return { kind, name, more, properties };
}

const isMissing =
  (flags: FlagValues) =>
  ({ name, isNeeded }: Flag): boolean =>
    isNeeded === true && flags[name] === undefined;

/** What an entry of the kind cannot do without and was not given, as the user would give it. */
const missingOf = (
  kind: EntryKind,
  { name, more, flags }: Given,
): readonly string[] => [
  ...(name === undefined ? ['its name'] : []),
  ...(kind.more !== null && more.length === 0 ? [kind.more] : []),
  ...kind.flags
    .filter(isMissing(flags))
    .map((flag) => `--${kebabCase(flag.name)}`),
];

async function propertiesOf(
  kind: EntryKind,
  flags: FlagValues,
  prompter: Prompter | null,
): Promise<Readonly<Record<string, JsonValue>>> {
  const properties: Record<string, JsonValue> = {};
  for (const flag of kind.flags) {
    const value = isMissing(flags)(flag)
      ? await asked(prompter, `${flag.name}: ${flag.help}`)
      : flags[flag.name];
    if (value !== undefined && value !== null)
      properties[flag.property ?? flag.name] = valueOf(flag, value);
  }
  return properties;
}

async function asked(
  prompter: Prompter | null,
  message: string,
): Promise<string> {
  if (prompter === null) throw new Error('there is nobody to ask');
  return prompter.input(message, {
    check: (text) => (text === '' ? 'Write something.' : null),
  });
}

const namesOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function valueOf(flag: Flag, given: unknown): JsonValue {
  if (flag.isRepeated === true) {
    const texts = Array.isArray(given)
      ? (given as readonly string[])
      : [String(given)];
    return texts.map((text) => parsed(flag, text));
  }
  switch (flag.type) {
    case 'boolean':
      return given === true;
    case 'names':
      return namesOf(String(given));
    case 'number': {
      const number = Number(given);
      if (Number.isFinite(number)) return number;
      throw new HostError(
        `--${kebabCase(flag.name)} takes a number, not "${String(given)}"`,
      );
    }
    case 'yaml':
      return parsed(flag, String(given));
    case 'text':
      return String(given);
    default:
      return flag.type satisfies never;
  }
}

function parsed({ name, help }: Flag, text: string): JsonValue {
  const { value, problems } = readYaml(text);
  if (problems.length === 0 && typeof value === 'object' && value !== null)
    return value;
  const reason = problems[0] ?? `${counted(1, 'mapping')} is expected`;
  throw new HostError(
    `--${kebabCase(name)} cannot be read as YAML: ${reason}; ${help}`,
  );
}
