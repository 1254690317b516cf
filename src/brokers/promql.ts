// Pieces of PromQL: label matchers over names of the spec, and durations. Knows no metric.
import { inDigits } from '../core/units.ts';

/** Writes a PromQL string literal. */
export function promqlText(text: string): string {
  if (!/["\\\n]/.test(text)) return `"${text}"`;
  return `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)}"`;
}

/**
 * Writes a matcher that takes exactly the given values of a label: `group="a"`, `group=~"a|b\\.c"`.
 * No value at all gives a matcher that nothing meets.
 */
export function matching(label: string, values: readonly string[]): string {
  const [first] = values;
  if (first === undefined) return `${label}=~"^$",${label}!=""`;
  if (values.length === 1) return `${label}=${promqlText(first)}`;
  return `${label}=~${promqlText(values.map(escapeRe2).join('|'))}`;
}

/** Escapes a text for RE2, whose expressions Prometheus anchors by itself. */
export function escapeRe2(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/g, String.raw`\$&`);
}

/** Gives the series its label `to` from `from`, by a regular expression whose first group is the value. */
export function relabelled(
  expression: string,
  labels: { readonly from: string; readonly to: string },
  pattern = '(.+)',
): string {
  return `label_replace(${expression}, ${promqlText(labels.to)}, "$1", ${promqlText(labels.from)}, ${promqlText(pattern)})`;
}

/** Writes a selector of a test series: `name{a="b"}`. */
export function seriesOf(
  name: string,
  labels: Readonly<Record<string, string>>,
): string {
  let written = '';
  for (const label of Object.keys(labels)) {
    if (written !== '') written += ',';
    written += `${label}=${promqlText(labels[label] ?? '')}`;
  }
  return `${name}{${written}}`;
}

/** Values of a test series that stays the same for `minutes`. */
export function staying(value: number, minutes: number): string {
  return `${inDigits(value)}+0x${minutes}`;
}

/** Values of a test series that grows from `start` by `perMinute`, for `minutes`. */
export function growing(perMinute: number, minutes: number, start = 0): string {
  return `${inDigits(start)}+${inDigits(perMinute)}x${minutes}`;
}
