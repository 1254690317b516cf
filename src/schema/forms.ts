// How a value is written: the lines to write, from the examples of the schema, and units, from its patterns.
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { segmentsOf, type Pointer } from '../core/pointer.ts';
import { quotedList } from '../core/text.ts';
import { asFollows, describeTypes, type Described } from './describe.ts';

/** More examples than these are words to choose among, which the description of the place names. */
const mostForms = 2;

/** Gives the lines to write at a place, each in quotes, or null when its schema has no example of a form. */
export function exampleLines(at: Pointer, schema: Described): string | null {
  const { examples = [] } = schema;
  if (examples.length === 0 || examples.length > mostForms) return null;
  const key = segmentsOf(at).at(-1) ?? '';
  // An item of a list has no name before it.
  const start = /^\d*$/.test(key) ? '' : `${keyText(key)}: `;
  const lines = examples.map((example) => start + flowText(example));
  return quotedList(lines, 'or');
}

/** Goes behind a remedy: `, such as "volume: { rate: 300/s }"`, or nothing when the schema has no example of a form. */
export function suchAs(at: Pointer, schema: Described): string {
  const lines = exampleLines(at, schema);
  return lines === null ? '' : `, such as ${lines}`;
}

/** What to write in place of a value of another type. */
export function formAdvice(
  at: Pointer,
  types: string | readonly string[],
  schema: Described,
): string {
  const remedy = `Write ${describeTypes(types)} here${suchAs(at, schema)}`;
  return asFollows(remedy, schema, `${remedy}.`);
}

/** The first form, as it would be for what is written in its place: a number that it begins with, one thing of a list, or a list of things. */
export function writtenAs(
  found: unknown,
  { examples = [] }: Described,
): Pick<Described, 'examples'> {
  const [form] = examples;
  if (Array.isArray(form) && typeof found === 'string' && isOneWord(found))
    return { examples: [[found]] };
  return isJsonObject(form) ? asMapping(found, form) : {};
}

function asMapping(
  found: unknown,
  form: JsonObject,
): Pick<Described, 'examples'> {
  const [[key, inner] = []] = Object.entries(form);
  if (key === undefined) return {};
  if (typeof found === 'number' && typeof inner === 'number')
    return { examples: [{ [key]: found }] };
  if (!Array.isArray(found) || !isJsonObject(inner)) return {};
  const named = (found as readonly JsonValue[])
    .slice(0, mostForms)
    .flatMap((item) => namedItem(item, form, inner));
  return named.length === 0 ? {} : { examples: [Object.fromEntries(named)] };
}

const isOneWord = (text: string): boolean => /^[\w.*#-]+$/.test(text);

/** An item of a list by its name: what it holds beside that, or what the form says. */
function namedItem(
  item: JsonValue,
  form: JsonObject,
  otherwise: JsonObject,
): readonly (readonly [string, JsonValue])[] {
  if (typeof item === 'string') return [[item, form[item] ?? otherwise]];
  if (!isJsonObject(item)) return [];
  const { name, ...rest } = item;
  return typeof name === 'string' ? [[name, rest]] : [];
}

/** Writes a value on one line, as YAML's flow style does. */
export function flowText(value: JsonValue): string {
  if (Array.isArray(value))
    return `[${(value as readonly JsonValue[]).map(flowText).join(', ')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(
      ([key, member]) => `${keyText(key)}: ${flowText(member)}`,
    );
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' ? scalarText(value) : String(value);
}

/** What YAML reads as text without quotes: it begins with a letter or has one, and holds no sign of YAML's. */
const plainText =
  /^(?!(?:true|false|null)$)(?=.*[A-Za-z])\w(?:[\w./*<>|?-]|:(?! )| (?!#))*$/;

const scalarText = (text: string): string =>
  plainText.test(text) ? text : JSON.stringify(text);

/** A number is a name like any other before a colon. */
const keyText = (key: string): string =>
  /^\d+$/.test(key) ? key : scalarText(key);

/** Tells whether a schema wants a unit, by its pattern, and gives an example of one. */
export function unitExample(schema: Described): string | null {
  const pattern = schema.pattern ?? '';
  if (pattern.includes('(ms|s|m|h|d)')) return '500ms, 5s, 1m, 2h or 7d';
  if (pattern.includes('/(s|sec')) return '500/s, 600/min or 1M/day';
  if (pattern.endsWith('B$')) return '512B, 1KiB or 2MB';
  return null;
}
