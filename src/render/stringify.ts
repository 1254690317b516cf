// Structured files: data in, deterministic YAML or JSON text out, with a header that says where it comes from.
import { Document } from 'yaml';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { cleanText, oneLine } from './clean-text.ts';
import { finishText } from './finish-text.ts';
import { printYaml } from './print-yaml.ts';

/** Writes JSON with two spaces, keys in the order of the data. JSON has no comments, hence no header. */
export function stringifyJson(value: JsonValue): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Writes an object as JSON with two spaces, the items of one of its lists on a line each, as a table is read. */
export function stringifyJsonRows(value: JsonObject, list: string): string {
  const entries = Object.entries(value).map(([key, item]) => {
    const text =
      key === list && Array.isArray(item)
        ? rowsOf(item)
        : JSON.stringify(item, null, 2).replaceAll('\n', '\n  ');
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${entries.join(',\n')}\n}\n`;
}

// Line breaks of texts are escaped in JSON, so every one is layout.
function rowsOf(items: readonly JsonValue[]): string {
  const rows = items.map((item) =>
    JSON.stringify(item, null, 1).replaceAll(/\n */g, ' '),
  );
  return rows.length === 0 ? '[]' : `[\n    ${rows.join(',\n    ')}\n  ]`;
}

/**
 * Writes YAML 1.2 without aliases or folding, keys in the order of the data, after one comment line per header line.
 * Strings that YAML 1.1 readers take for something else (`yes`, `1:30`) are quoted.
 */
export function stringifyYaml(
  value: JsonValue,
  header: readonly string[],
): string {
  const body =
    (isFilled(value) ? printYaml(value, printText) : null) ??
    printByLibrary(value);
  return `${commentLines(header)}${body}`;
}

/** Writes YAML through the library alone; what `stringifyYaml` writes has to be the same. */
export function printByLibrary(value: JsonValue): string {
  const document = new Document(value, {
    aliasDuplicateObjects: false,
    version: '1.2',
    compat: 'yaml-1.1',
  });
  const body = document.toString({ lineWidth: 0, minContentWidth: 0 });
  return body.endsWith('\n') ? body : `${body}\n`;
}

const isFilled = (value: JsonValue): value is JsonValue & object =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const printText = (text: string): string =>
  printByLibrary({ k: text }).slice('k: '.length, -1);

/** Writes each text as `# text` lines, for the head of YAML, shell, conf and properties files. */
export function commentLines(header: readonly string[]): string {
  const lines = header
    .flatMap((text) => cleanText(text).split('\n'))
    .map((text) => `# ${oneLine(text)}`);
  return lines.length === 0 ? '' : finishText(lines.join('\n'));
}
