// What a plugin file exports to rules, with everything wrong in it said in words: it is code of somebody else.
import type { Entry, Place } from '../core/catalogue.ts';
import { HostError } from '../core/host.ts';
import { isJsonObject } from '../core/json.ts';
import { nearest, quotedList } from '../core/text.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import { defineRule, type Finding, type Rule } from '../rules/rule.ts';
import type { PluginRule } from './plugin.ts';

/** Words that stand before the codes of this tool. */
const taken: ReadonlySet<string> = new Set([
  'baseline',
  'broker',
  'change',
  'config',
  'diff',
  'ignore',
  'load',
  'plan',
  'resolve',
  'rule',
  'schema',
  'syntax',
]);

const areas = [
  'delivery',
  'idempotency',
  'ordering',
  'errors',
  'schemas',
  'sagas',
  'operations',
  'naming',
  'ownership',
  'security',
  'broker',
];
const words = ['summary', 'message', 'hint', 'why', 'source'] as const;
const closed: Readonly<Record<string, readonly string[]>> = {
  area: areas,
  severity: ['error', 'warning', 'info'],
  profile: ['minimal', 'recommended', 'strict'],
};
const namePattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

export interface ReadPlugin {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** The rules as they were written, for their examples. */
  readonly written: readonly PluginRule[];
}

/** Reads what a plugin file exports. `path`: as the configuration names it. Throws: `HostError` with what is wrong. */
export function readPlugin(module: unknown, path: string): ReadPlugin {
  const fail = (problem: string): never => {
    throw new HostError(`the plugin "${path}" ${problem}`);
  };
  const plugin = isObject(module) ? module['plugin'] : undefined;
  if (!isObject(plugin))
    return fail(
      'exports no "plugin": write "export const plugin = { name, rules }"',
    );
  const { name, rules } = plugin;
  if (typeof name !== 'string' || !namePattern.test(name))
    return fail('has no "name" in kebab-case');
  if (taken.has(name))
    return fail(`is named "${name}", which is a stage of event-arch itself`);
  if (!Array.isArray(rules)) return fail('has no list of "rules"');
  const seen = new Set<string>();
  const written = (rules as readonly unknown[]).map((rule, index) => {
    const problem = ruleProblem(rule);
    if (problem !== null)
      return fail(`has a mistake in rule ${nameOf(rule, index)}: ${problem}`);
    // Its properties have just been looked at.
    const checked = rule as PluginRule;
    if (seen.has(checked.name))
      return fail(`has two rules with the name "${checked.name}"`);
    seen.add(checked.name);
    return checked;
  });
  return {
    name,
    written,
    rules: written.map((rule) => guarded(rule, name, path)),
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const nameOf = (rule: unknown, index: number): string =>
  isObject(rule) && typeof rule['name'] === 'string'
    ? `"${rule['name']}"`
    : String(index + 1);

function ruleProblem(rule: unknown): string | null {
  if (!isObject(rule)) return 'it is not an object';
  const { name } = rule;
  if (typeof name !== 'string' || !namePattern.test(name))
    return '"name" has to be in kebab-case';
  for (const word of words)
    if (typeof rule[word] !== 'string' || rule[word] === '')
      return `"${word}" has to be a text`;
  const problem = choiceProblem(rule);
  if (problem !== null) return problem;
  return typeof rule['find'] === 'function'
    ? null
    : '"find" has to be a function';
}

/** What is wrong with a property that takes one of a few words. */
function choiceProblem(rule: Readonly<Record<string, unknown>>): string | null {
  for (const [property, values] of Object.entries(closed)) {
    const value = String(rule[property]);
    if (values.includes(value)) continue;
    const near = nearest(value, values);
    const advice = near === null ? '' : `; did you mean "${near}"?`;
    return `"${property}" has to be ${quotedList(values, 'or')}${advice}`;
  }
  return null;
}

/** A rule whose failures are told as those of the plugin. */
function guarded(rule: PluginRule, plugin: string, path: string): Rule {
  const { find, examples: _examples, ...text } = rule;
  return defineRule(
    text,
    (facts) => checkedFindings({ rule, plugin, path }, find, facts),
    plugin,
  );
}

interface Origin {
  readonly rule: PluginRule;
  readonly plugin: string;
  readonly path: string;
}

function checkedFindings(
  origin: Origin,
  find: PluginRule['find'],
  facts: ModelFacts,
): readonly Finding<Entry>[] {
  const { rule, plugin, path } = origin;
  const where = `the plugin "${path}": rule "${plugin}/${rule.name}"`;
  const found = ((): unknown => {
    try {
      return find(facts);
    } catch (error) {
      throw new HostError(`${where} failed: ${firstLines(error)}`, {
        cause: error,
      });
    }
  })();
  if (!Array.isArray(found))
    throw new HostError(`${where} has to give a list of findings`);
  for (const one of found as readonly unknown[]) {
    const problem = findingProblem(one, rule);
    if (problem !== null)
      throw new HostError(`${where} gives a finding ${problem}`);
  }
  // Each of them has just been looked at.
  return found as readonly Finding<Entry>[];
}

/** The error with the first place in its stack, which is the author's line. */
function firstLines(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const at =
    /\((?:file:\/\/)?.*?([^/\\]+:\d+:\d+)\)|at (?:file:\/\/)?.*?([^/\\]+:\d+:\d+)$/m.exec(
      error.stack ?? '',
    );
  const place = at?.[1] ?? at?.[2];
  return place === undefined ? String(error) : `${String(error)} (${place})`;
}

function findingProblem(found: unknown, rule: PluginRule): string | null {
  if (!isJsonObject(found)) return 'that is not an object';
  const at: unknown = found['at'];
  const pointer = isObject(at) ? (at as Partial<Place>).pointer : at;
  if (typeof pointer !== 'string' || !/^(?:\/.*)?$/s.test(pointer))
    return 'without a place: "at" has to be a JSON Pointer, such as the "origin" of an event';
  const missing = [...`${rule.message} ${rule.hint}`.matchAll(/\{(\w+)\}/g)]
    .map(([, name = '']) => name)
    .find((name) => !['string', 'number'].includes(typeof found[name]));
  return missing === undefined
    ? null
    : `without a word for "{${missing}}" of its message or hint`;
}
