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
  // Called for every text that is printed, nearly always with one value: no list is made for that.
  return (value, second, third, ...more) => {
    const isPlain =
      third === undefined &&
      second !== undefined &&
      typeof value === 'string' &&
      value.length <= rememberedLength;
    if (!isPlain) {
      const values = [value, second, third, ...more];
      const end = values.findLastIndex((one) => one !== undefined);
      return helper(...values.slice(0, end));
    }
    let text = known.get(value);
    if (text === undefined) {
      text = helper(value);
      known.set(value, text);
    }
    return text;
  };
}
