// One run of init: gather the answers, write the spec, offer to generate.
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { HostError } from '../../../core/host.ts';
import { quotedList } from '../../../core/text.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { writeNewFile } from '../../../host/write-new-file.ts';
import { checkSpec } from '../../../pipeline/check-spec.ts';
import { tellFindings } from '../../tell-findings.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import {
  PromptsInterrupted,
  terminalPrompter,
  type Prompter,
} from '../../prompter.ts';
import { specSchema } from '../schema/run.ts';
import type { InitOptions } from './options.ts';
import { defaultAnswers, needed, type Answers } from './answers.ts';
import { ask } from './ask.ts';
import { givenAnswers } from './given-answers.ts';
import { copyName, installedSchema } from './schema-place.ts';
import { specText } from './spec-text.ts';

/** Writes a first spec. Throws: `HostError` for answers that do not fit, or a file that is there already. */
export async function init(
  file: string,
  options: InitOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const isForced = options.force === true;
  if (!isForced && existsSync(file))
    throw new HostError(
      `"${file}" is there already: name another file, or replace it with --force`,
    );
  const given = await givenAnswers(options, terminal);
  let state: 'asking' | 'written' = 'asking';
  try {
    const prompter = await prompterFor(given, options, terminal);
    const answers =
      prompter === null
        ? { ...defaultAnswers, ...given }
        : await ask(prompter, given, { ...defaultAnswers, name: nameOf(file) });
    const code = write(file, answers, {
      isForced,
      hasSchema: options.schema,
      terminal,
    });
    if (code !== exitCodes.clean) return code;
    state = 'written';
    const isWanted = options.generate ?? (await wantsToGenerate(prompter));
    return isWanted ? await generate(file, terminal) : code;
  } catch (error) {
    if (!(error instanceof PromptsInterrupted)) throw error;
    return interrupted(file, state, terminal);
  }
}

const wantsToGenerate = async (prompter: Prompter | null): Promise<boolean> =>
  prompter !== null && prompter.confirm('Generate the architecture now?', true);

function interrupted(
  file: string,
  state: 'asking' | 'written',
  terminal: Terminal,
): ExitCode {
  const told =
    state === 'asking'
      ? 'nothing was written'
      : `"${file}" is written, nothing was generated`;
  terminal.err(`event-arch: interrupted; ${told}.\n`);
  return state === 'asking' ? exitCodes.usage : exitCodes.clean;
}

/** Null when nothing has to be asked. Throws: `HostError` when something has to be and there is nobody to ask. */
async function prompterFor(
  given: Partial<Answers>,
  options: InitOptions,
  terminal: Terminal,
): Promise<Prompter | null> {
  const missing = needed.filter((name) => given[name] === undefined);
  if (options.yes === true) return null;
  if (terminal.isInTty && terminal.isOutTty && options.answers === undefined)
    return terminalPrompter();
  if (missing.length === 0) return null;
  const flags = {
    name: '--name',
    broker: '--broker',
    events: '--event',
  } as const;
  throw new HostError(
    `init asks questions, and there is no terminal to ask them on. Give ${quotedList(missing.map((name) => flags[name]))}, ` +
      `or all answers in a file with --answers, or take the defaults with --yes`,
  );
}

/** Offers the name of the folder that the spec goes to. */
function nameOf(file: string): string {
  const folder = basename(dirname(resolve(file)));
  return folder === '' ? defaultAnswers.name : folder;
}

function write(
  file: string,
  answers: Answers,
  from: {
    readonly isForced: boolean;
    readonly hasSchema: boolean;
    readonly terminal: Terminal;
  },
): ExitCode {
  const { isForced, hasSchema, terminal } = from;
  const installed = installedSchema(file);
  const text = specText(
    answers,
    hasSchema || installed !== null ? (installed ?? `./${copyName}`) : null,
  );
  const checked = checkSpec(nodeHost(), { file, text });
  tellFindings(file, checked, terminal);
  if (checked.diagnostics.some(({ severity }) => severity === 'error')) {
    terminal.err(
      'event-arch: these answers make no valid spec; nothing was written.\n',
    );
    return exitCodes.findings;
  }
  writeNewFile(file, text, { isForced });
  terminal.out(`wrote ${file}\n`);
  if (hasSchema && installed === null)
    writeCopy(join(dirname(file), copyName), { isForced, terminal });
  return exitCodes.clean;
}

/** The copy makes the editor independent of where this package runs from, such as the cache of npx. */
function writeCopy(
  path: string,
  {
    isForced,
    terminal,
  }: { readonly isForced: boolean; readonly terminal: Terminal },
): void {
  const text = `${JSON.stringify(specSchema(), null, 2)}\n`;
  if (existsSync(path) && !isForced) {
    const isSame = nodeHost().readText(path) === text;
    if (!isSame)
      terminal.err(
        `event-arch: "${path}" is there already and differs from this version's schema; --force replaces it.\n`,
      );
    return;
  }
  writeNewFile(path, text, { isForced });
  terminal.out(`wrote ${path} (for your editor)\n`);
}

async function generate(file: string, terminal: Terminal): Promise<ExitCode> {
  const { generateOnce } = await import('../generate/run.ts');
  const output = join(dirname(file), 'architecture');
  return (await generateOnce(file, { output, only: [], env: [] }, terminal))
    .code;
}
