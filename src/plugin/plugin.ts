// The public types of own rules, `event-arch/rule`: what a plugin file exports, and everything that its rules may ask.
import type { Entry } from '../core/catalogue.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { Finding, RuleText } from '../rules/rule.ts';

export type { Place } from '../core/catalogue.ts';
export type { Severity } from '../core/diagnostic.ts';
export type { Pointer } from '../core/pointer.ts';
export type { Model } from '../model/model.ts';
export type { ModelFacts } from '../model/model-facts.ts';
export type { Area, Finding, Profile, RuleText } from '../rules/rule.ts';

/** A rule of a plugin: what it says, and the condition it looks for. */
export interface PluginRule extends RuleText {
  /** An example of the fault, and the same without it, for `event-arch explain`; each a whole spec. */
  readonly examples?: { readonly bad: string; readonly good: string };
  /** Finds every place where the condition holds, with a word for each placeholder of `message` and `hint`. */
  readonly find: (facts: ModelFacts) => readonly Finding<Entry>[];
}

/** What a plugin file exports under the name `plugin`. */
export interface Plugin {
  /** Kebab-case; stands before the names of its rules: `acme/owner-is-a-team`. */
  readonly name: string;
  readonly rules: readonly PluginRule[];
}

/** Gives the rule back, its placeholders checked by the type. */
export function defineRule<const T extends RuleText>(
  text: T,
  find: (facts: ModelFacts) => readonly Finding<T>[],
): PluginRule {
  return { ...text, find };
}

/** Gives the plugin back, checked by the type. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
