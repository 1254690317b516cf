// All rules on one model. The facts that rules look up are gathered once.
import type { Diagnostic } from '../core/diagnostic.ts';
import { gatherFacts } from '../model/model-facts.ts';
import type { Model } from '../model/model.ts';
import type { Rule } from './rule.ts';

/** Reviews a model by the given rules, in their order. Reports: `rule/*`. */
export function reviewDesign(
  model: Model,
  rules: readonly Rule[],
): readonly Diagnostic[] {
  const facts = gatherFacts(model);
  return rules.flatMap((rule) => rule.check(facts));
}
