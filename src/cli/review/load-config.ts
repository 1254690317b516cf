// The configuration that holds for a spec: found, read and checked, with the plugins that it names.
import type { Diagnostic } from '../../core/diagnostic.ts';
import { HostError, type Host } from '../../core/host.ts';
import { findUpwards } from '../../host/find-upwards.ts';
import { codesOf } from '../../pipeline/review-policy.ts';
import { profiles } from '../../policy/levels.ts';
import {
  checkCodes,
  noConfig,
  readConfig,
  type Config,
  type NamedInConfig,
} from '../../policy/read-config.ts';
import { rules } from '../../rules/index.ts';
import type { Rule } from '../../rules/rule.ts';
import type { ReviewOptions } from './review-options.ts';
import { profileOption } from './review-options.ts';

/** Names that a configuration is looked for under. */
export const configNames = [
  'event-arch.config.yaml',
  'event-arch.config.yml',
] as const;

export interface LoadedConfig {
  /** Null when it cannot be used. */
  readonly config: Config | null;
  /** What it names, also when it cannot be used; null without a document. */
  readonly named: NamedInConfig | null;
  /** Null when there is none. */
  readonly file: string | null;
  /** For the frames of what is told about it. */
  readonly text: string;
  readonly plugins: readonly Rule[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Loads the configuration for a spec. Reports: `config/*`, `schema/*`, `syntax/*`, at their place in the configuration.
 * Throws: `HostError` for a file that cannot be read, a plugin that cannot be used, or a wrong option.
 */
export async function loadConfig(
  host: Host,
  spec: string,
  options: ReviewOptions,
): Promise<LoadedConfig> {
  const profile = profileOption(options.profile);
  const file = configFile(spec, options.config);
  if (file === null)
    return {
      ...{ file, text: '', named: null, plugins: [], diagnostics: [] },
      config: { ...noConfig, profile },
    };
  const text = host.readText(file);
  const { value, named, diagnostics } = readConfig(file, text);
  const from = { file, text, named };
  if (value === null) {
    const others = named === null ? [] : await wrongCodes(named, file);
    return {
      ...{ ...from, config: null, plugins: [] },
      diagnostics: [...diagnostics, ...others].toSorted(byPlace),
    };
  }
  const plugins = await pluginRules(value.plugins, file);
  return {
    ...{ ...from, plugins },
    config: { ...value, profile: profile ?? value.profile },
    diagnostics: codeFaults(value, plugins),
  };
}

function codeFaults(
  { document, levels, overrides }: Config,
  plugins: readonly Rule[],
): readonly Diagnostic[] {
  const hasLevels = levels.size > 0 || overrides.length > 0;
  return document === null || !hasLevels
    ? []
    : checkCodes(document, codesOf([...rules, ...plugins]));
}

/** The wrong codes of a configuration whose form is wrong; a plugin that cannot be used is told once the form is right. */
async function wrongCodes(
  { document, plugins }: NamedInConfig,
  file: string,
): Promise<readonly Diagnostic[]> {
  const loaded =
    plugins === null
      ? null
      : await pluginRules(plugins, file).catch(ifUnusable);
  return checkCodes(document, codesOf([...rules, ...(loaded ?? [])]), {
    plugins: loaded === null ? 'open' : 'known',
  });
}

const byPlace = (left: Diagnostic, right: Diagnostic): number =>
  (left.location?.range?.start ?? 0) - (right.location?.range?.start ?? 0);

function ifUnusable(error: unknown): null {
  if (error instanceof HostError) return null;
  throw error;
}

/** The profile of a run that says nothing of it. */
export const usualProfile = profiles[1];

function configFile(
  spec: string,
  option: string | false | undefined,
): string | null {
  if (option === false) return null;
  // Standard input stands in the current folder.
  const from = spec === '<stdin>' ? 'spec.yaml' : spec;
  return option ?? findUpwards(configNames, from);
}

async function pluginRules(
  paths: readonly string[],
  configPath: string,
): Promise<readonly Rule[]> {
  if (paths.length === 0) return [];
  const { loadPlugins } = await import('./load-plugins.ts');
  return loadPlugins(paths, configPath);
}
