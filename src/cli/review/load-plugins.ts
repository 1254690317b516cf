// Plugin files to rules. They are programs of the user's, so what fails in them is told as theirs.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HostError } from '../../core/host.ts';
import { nodeHost, reasonOf } from '../../host/node-host.ts';
import { readPlugin, type ReadPlugin } from '../../plugin/read-plugin.ts';
import type { Rule } from '../../rules/rule.ts';

/** Loads the rules of plugin files. `paths`: relative to the file that names them. Throws: `HostError`. */
export async function loadPlugins(
  paths: readonly string[],
  fromFile: string,
): Promise<readonly Rule[]> {
  const plugins = await readPlugins(paths, fromFile);
  return plugins.flatMap(({ rules }) => rules);
}

/** Loads plugin files. Throws: `HostError`. */
export async function readPlugins(
  paths: readonly string[],
  fromFile: string,
): Promise<readonly ReadPlugin[]> {
  const byName = new Map<string, string>();
  const plugins: ReadPlugin[] = [];
  for (const path of paths) {
    const file = nodeHost().resolvePath(fromFile, path.replace(/^\.\//, ''));
    const plugin = readPlugin(await importFile(file), file);
    const other = byName.get(plugin.name);
    if (other !== undefined)
      throw new HostError(
        `the plugins "${other}" and "${file}" are both named "${plugin.name}"`,
      );
    byName.set(plugin.name, file);
    plugins.push(plugin);
  }
  return plugins;
}

async function importFile(file: string): Promise<unknown> {
  // A missing file is told in the words of any other.
  nodeHost().readText(file);
  try {
    return await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    throw new HostError(
      `the plugin "${file}" cannot be loaded: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}
