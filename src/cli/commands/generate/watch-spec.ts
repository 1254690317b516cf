// `generate --watch`: writes again on every save, and goes on through errors.
import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { HostError } from '../../../core/host.ts';
import type { Terminal } from '../../terminal.ts';
import { generateOnce } from './run.ts';
import type { GenerateOptions } from './options.ts';

/** Editors write a file in several steps; this many ms of quiet end a save. */
const quietMs = 80;

/** Generates now and after every change of the spec, its includes or the templates; ends with the process's interrupt signal. */
export async function watchSpec(
  spec: string | undefined,
  options: GenerateOptions,
  terminal: Terminal,
): Promise<void> {
  if (spec === '-')
    throw new HostError('standard input cannot be watched: name a file');
  let watchers: readonly FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let isAskedAgain = false;
  const round = async (): Promise<void> => {
    if (isRunning) {
      isAskedAgain = true;
      return;
    }
    isRunning = true;
    const inputs = await generateAndTell(spec, options, terminal);
    if (inputs !== null) {
      for (const watcher of watchers) watcher.close();
      watchers = watchAll(
        [
          ...inputs,
          ...(options.templates === undefined ? [] : [options.templates]),
        ],
        () => {
          clearTimeout(timer);
          timer = setTimeout(() => void round(), quietMs);
        },
      );
    }
    isRunning = false;
    if (isAskedAgain) {
      isAskedAgain = false;
      await round();
    }
  };
  await round();
  if (watchers.length === 0) throw new HostError('there is nothing to watch');
  terminal.err('Watching for changes; stop with Ctrl-C.\n');
  await new Promise<void>((end) => process.once('SIGINT', () => end()));
  for (const watcher of watchers) watcher.close();
  clearTimeout(timer);
}

async function generateAndTell(
  spec: string | undefined,
  options: GenerateOptions,
  terminal: Terminal,
): Promise<readonly string[] | null> {
  try {
    return (await generateOnce(spec, options, terminal)).inputs;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    terminal.err(`event-arch: ${error.message}\n`);
    return null;
  }
}

/** Watches the folders of files, since editors replace a file by renaming another one over it. */
function watchAll(
  paths: readonly string[],
  onChange: () => void,
): readonly FSWatcher[] {
  const names = new Map<string, Set<string>>();
  for (const path of paths) {
    const folder = dirname(resolve(path));
    const known = names.get(folder);
    if (known === undefined) names.set(folder, new Set([basename(path)]));
    else known.add(basename(path));
  }
  return [...names].map(([folder, files]) =>
    watch(folder, (_event, name) => {
      if (name === null || files.has(name)) onChange();
    }),
  );
}
