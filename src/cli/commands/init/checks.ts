// What single answers have to look like, for questions that are asked one by one. The whole is checked as a spec.
import { parseDuration, parseRate } from '../../../core/units.ts';

type Check = (text: string) => string | null;

/** A text that says something. */
export const isSaid: Check = (text) =>
  text === '' ? 'Write something.' : null;

/** A rate, or nothing. */
export const isRateOrEmpty: Check = (text) =>
  text === '' || parseRate(text) !== null
    ? null
    : 'Write a rate with its unit, e.g. 500/s, 600/min or 1M/day; or nothing.';

/** How long messages are kept. */
export const isRetention: Check = (text) =>
  text === 'forever' || parseDuration(text) !== null
    ? null
    : 'Write a duration with its unit, e.g. 12h or 7d; or forever.';

/** A name of an event or service. */
export const isName: Check = (text) =>
  /^[a-z][a-z0-9]*([._-][a-z0-9]+)*$/.test(text) && text.length <= 160
    ? null
    : 'Write lower-case words with ".", "-" or "_" between them, e.g. order.created.';

/** Accepts nothing, and what `check` accepts. */
export const orEmpty =
  (check: Check): Check =>
  (text) =>
    text === '' ? null : check(text);

/** Names divided by commas; none are fine. */
export const areNames: Check = (text) =>
  splitNames(text)
    .map((name) => isName(name))
    .find((problem) => problem !== null) ?? null;

/** Fields in payload shorthand, divided by commas. */
export const areFields: Check = (text) => {
  const odd = splitFields(text).find(
    ([name, type]) => !/^[A-Za-z_]\w*\??$/.test(name) || type === '',
  );
  return odd === undefined
    ? null
    : `"${odd[0]}" is no field. Write name: type, divided by commas, e.g. orderId: uuid, total: number.`;
};

/** Divides `a, b` into names. */
export function splitNames(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Divides `orderId: uuid, note?: string` into names and types. */
export function splitFields(
  text: string,
): readonly (readonly [string, string])[] {
  return splitNames(text).map((field) => {
    const at = field.indexOf(':');
    return at === -1
      ? [field, '']
      : [field.slice(0, at).trim(), field.slice(at + 1).trim()];
  });
}
