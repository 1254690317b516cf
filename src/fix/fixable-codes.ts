// The codes whose findings may carry a change that needs no judgement.

/**
 * Codes that `--fix` may correct; a finding of one is corrected only when it says how. None of them is a design rule:
 * their remedies leave a choice, or change what runs.
 */
export const fixableCodes: ReadonlySet<string> = new Set([
  'ignore/unknown-code',
  'ignore/unused',
  'resolve/command-on-aggregate',
  'resolve/repeated-event',
  'resolve/unknown-aggregate',
  'resolve/unknown-event',
  'resolve/unknown-field',
  'resolve/unknown-projection',
  'resolve/unknown-state',
  'resolve/unknown-type',
  'schema/bad-format',
  'schema/missing-property',
  'schema/not-allowed',
  'schema/quote-version',
  'schema/repeated-item',
  'schema/unknown-property',
  'schema/wrong-type',
  'syntax/list-in-flow',
]);
