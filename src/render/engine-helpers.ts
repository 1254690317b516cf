// The escape helpers of a file type as the engine calls them: with its own options object behind the values.
import type { EscapeHelper, Format } from './formats.ts';

/** Makes the helpers of one file type. */
export function engineHelpers(
  format: Format | null,
): Readonly<Record<string, EscapeHelper>> {
  return Object.fromEntries(
    Object.entries(format?.helpers ?? {}).map(([name, helper]) => [
      name,
      withoutOptions(helper),
    ]),
  );
}

function withoutOptions(helper: EscapeHelper): EscapeHelper {
  // Called for every text that is printed, nearly always with one value: no list is made for that.
  return (value, second, third, ...more) => {
    if (second !== undefined && third === undefined) return helper(value);
    const values = [value, second, third, ...more];
    const end = values.findLastIndex((one) => one !== undefined);
    return helper(...values.slice(0, end));
  };
}
