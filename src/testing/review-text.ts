// Specs given as text, reviewed by rules, for tests.
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Model } from '../model/model.ts';
import { reviewDesign } from '../rules/review-design.ts';
import type { Rule } from '../rules/rule.ts';
import { checkText } from './load-model.ts';

/** Resolves a spec. Throws with what is wrong unless only rules have something to say. */
export function resolveText(text: string): Model {
  const { model, diagnostics } = checkText(text);
  const errors = diagnostics.filter(
    ({ severity, code }) => severity === 'error' && !code.startsWith('rule/'),
  );
  if (model === null || errors.length > 0)
    throw new Error(
      errors.map(({ code, message }) => `${code} ${message}`).join('\n'),
    );
  return model;
}

/** Resolves a spec and runs the given rules over it. Throws when the spec has errors of its own. */
export function reviewText(
  text: string,
  rules: readonly Rule[],
): readonly Diagnostic[] {
  return reviewDesign(resolveText(text), rules);
}

/** Writes findings as the expectation files hold them: code, severity and place, message, hint. */
export function tellFindings(findings: readonly Diagnostic[]): string {
  return findings
    .map(
      ({ code, severity, pointer, message, hint }) =>
        `${code} ${severity} ${pointer}\n  ${message}\n  hint: ${hint ?? ''}\n`,
    )
    .join('\n');
}
