// A short YAML text, such as the value of a flag, to its value. Knows nothing about files.
import { parseDocument } from 'yaml';
import type { JsonValue } from '../core/json.ts';

/** Reads one YAML value; what is wrong with it is told in the parser's words. */
export function readYaml(text: string): {
  readonly value: JsonValue;
  readonly problems: readonly string[];
} {
  const document = parseDocument(text, { prettyErrors: false });
  const problems = document.errors.map(({ message }) => message);
  // Without errors a YAML document stands for JSON, but for dates and the like, which this schema reads as texts.
  const value = problems.length > 0 ? null : (document.toJS() as JsonValue);
  return { value, problems };
}
