// The escape helpers of a file type as the engine calls them. The same names and words are printed again and again in the
// files of one run, so what a text became is remembered as long as the renderer lives.
import type { EscapeHelper, Format } from './formats.ts';

/** Longest text that is remembered; longer ones seldom come twice. */
const rememberedLength = 160;

/** Makes the helpers of one file type; they are called with their values and the engine's own options object behind them. */
export function engineHelpers(
  format: Format | null,
): Readonly<Record<string, EscapeHelper>> {
  return Object.fromEntries(
    Object.entries(format?.helpers ?? {}).map(([name, helper]) => [
      name,
      remembering(helper),
    ]),
  );
}

function remembering(helper: EscapeHelper): EscapeHelper {
  const known = new Map<string, string>();
  return (...values) => {
    const [value] = values;
    const isPlain =
      values.length === 2 &&
      typeof value === 'string' &&
      value.length <= rememberedLength;
    if (!isPlain) return helper(...values.slice(0, -1));
    let text = known.get(value);
    if (text === undefined) {
      text = helper(value);
      known.set(value, text);
    }
    return text;
  };
}
