// TypeScript expressions as layouts: literals, objects, lists and calls, in the form that Prettier gives them.
import { isJsonObject, type JsonValue } from '../../core/json.ts';
import type { EventKey } from '../../model/event-key.ts';
import {
  brokenGroup,
  flatText,
  group,
  groupOf,
  hardLine,
  ifBroken,
  indent,
  join,
  line,
  softLine,
  width,
  type Doc,
} from './layout.ts';

/** One property of an object: its name and its value. */
export type Property = readonly [name: string, value: Doc | ObjectDoc];

/** An object literal, kept apart from other layouts because lists treat it otherwise. */
export interface ObjectDoc {
  readonly properties: readonly Property[];
}

/** Printable ASCII without quotes, backslash and what could end a comment. */
const harmless = /^[ !#-&(-)+-.0-[\]-~]*$/;

/** Writes a string literal with the quotes that need fewer escapes; single ones when equal. */
export function text(value: string): string {
  if (harmless.test(value)) return `'${value}'`;
  const singles = value.split("'").length;
  const doubles = value.split('"').length;
  const quote = singles > doubles ? '"' : "'";
  const body = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('*/', '*\\/')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return quote + body + quote;
}

/** Writes a property name: plain where it may be, quoted otherwise. */
export function property(name: string): string {
  // `__proto__: x` in an object literal would set the prototype; computed, it is a property like any other.
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : text(name);
}

/** Writes the access to a member of an expression. */
export function memberAccess(expression: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name)
    ? `${expression}.${name}`
    : `${expression}[${text(name)}]`;
}

/** Tells whether code names a variable: not in a text, and not as a member or a property of an object. */
export function usesVariable(code: string, variable: string): boolean {
  return new RegExp(
    String.raw`(?<![\w$])(?<!(?<!\.\.)\.)${variable}(?![\w$]|:)`,
  ).test(withoutTexts(code));
}

/** Gives code without its texts and its block comments, which may hold anything. */
export function withoutTexts(code: string): string {
  return code.replaceAll(
    /\/\*[^]*?\*\/|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g,
    '',
  );
}

/** Describes an object literal. */
export function object(properties: readonly Property[]): ObjectDoc {
  return { properties };
}

/** Lays out an object literal, on one line where it fits. */
export function objectDoc({ properties }: ObjectDoc): Doc {
  if (properties.length === 0) return '{}';
  return groupOf(flatObject(properties), () => objectBody(properties));
}

/** What an object literal is on one line; null where it cannot be on one. */
function flatObject(properties: readonly Property[]): string | null {
  if (properties.length === 0) return '{}';
  let text = '';
  for (const { 0: name, 1: value } of properties) {
    const flat = isObject(value)
      ? flatObject(value.properties)
      : flatText(value);
    if (flat === null) return null;
    text += text === '' ? '{ ' : ', ';
    text += value === '' ? name : `${name}: ${flat}`;
    if (text.length > width) return null;
  }
  return `${text} }`;
}

/** Lays out an object literal over several lines. */
export function openObject({ properties }: ObjectDoc): Doc {
  if (properties.length === 0) return '{}';
  return brokenGroup(objectBody(properties));
}

function objectBody(properties: readonly Property[]): Doc {
  const members = properties.map(memberDoc);
  return [
    '{',
    indent([line, join([',', line], members)]),
    ifBroken(','),
    line,
    '}',
  ];
}

function memberDoc({ 0: name, 1: value }: Property): Doc {
  if (isObject(value)) return [name, ': ', objectDoc(value)];
  // A shorthand property has no value of its own.
  if (value === '') return name;
  return typeof value === 'string'
    ? [name, ':', group(indent([line, value]))]
    : [name, ': ', value];
}

/** Lays out a list; several objects in it never share a line. */
export function list(items: readonly (Doc | ObjectDoc)[]): Doc {
  if (items.length === 0) return '[]';
  const objects = items.filter(isObject);
  const isTable =
    items.length > 1 &&
    objects.length === items.length &&
    objects.every(({ properties }) => properties.length > 1);
  const docs = items.map((item) => (isObject(item) ? objectDoc(item) : item));
  const body: Doc = [
    '[',
    indent([softLine, join([',', line], docs), ifBroken(',')]),
    softLine,
    ']',
  ];
  return isTable ? brokenGroup(body) : group(body);
}

/** Lays out the fields of a key: of each the names that lead to it. */
export function keyDoc(key: EventKey): Doc {
  return list(key.map((path) => list(path.map(text))));
}

/** Lays out a call with plain arguments, or with one object that hugs the brackets. */
export function call(name: string, args: readonly (Doc | ObjectDoc)[]): Doc {
  const [only] = args;
  if (args.length === 1 && only !== undefined && isObject(only))
    return [name, '(', objectDoc(only), ')'];
  const docs = args.map((arg) => (isObject(arg) ? objectDoc(arg) : arg));
  return [name, parameters(docs)];
}

/** A call behind an arrow goes on a line of its own where it does not fit behind it. */
export function arrow(head: string, body: Doc): Doc {
  return [head, group(indent([line, body]))];
}

/** Lays out a list in round brackets: parameters, or the arguments of a call. */
export function parameters(docs: readonly Doc[]): Doc {
  if (docs.length === 0) return '()';
  return group([
    '(',
    indent([softLine, join([',', line], docs), ifBroken(',')]),
    softLine,
    ')',
  ]);
}

/** Lays out a function's parameters and what follows them: the parameters break where the whole does not fit. */
export function signature(docs: readonly Doc[], tail: Doc): Doc {
  if (docs.length === 0) return ['()', tail];
  return group([
    '(',
    indent([softLine, join([',', line], docs), ifBroken(',')]),
    softLine,
    ')',
    tail,
  ]);
}

/** Lays out plain data as a literal. */
export function literal(value: JsonValue): Doc {
  const made = literalParts(value);
  return isObject(made) ? objectDoc(made) : made;
}

/** Describes plain data, objects kept apart. */
export function literalParts(value: JsonValue): Doc | ObjectDoc {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return listLiteral(value as readonly JsonValue[]);
  if (isJsonObject(value))
    return object(
      Object.entries(value).map(([name, inner]) => [
        property(name),
        literalParts(inner),
      ]),
    );
  return String(value);
}

function listLiteral(values: readonly JsonValue[]): Doc {
  if (values.length > 1 && values.every((value) => typeof value === 'number'))
    return filledList(values.map(String));
  const isNested =
    values.length > 1 &&
    values.every((value) => Array.isArray(value) && value.length > 1);
  const items = values.map(literalParts);
  return isNested
    ? brokenGroup([
        '[',
        indent([
          hardLine,
          join(
            [',', line],
            items.map((item) => item as Doc),
          ),
          ',',
        ]),
        hardLine,
        ']',
      ])
    : list(items);
}

/** Numbers fill their lines: as many on each as fit. */
function filledList(values: readonly string[]): Doc {
  const items = values.map((value, index): Doc =>
    index === 0 ? value : [',', group([line, value])],
  );
  return group(['[', indent([softLine, items, ifBroken(',')]), softLine, ']']);
}

/** Writes a number with its thousands kept apart, as people read them. */
export function number(value: number): string {
  const digits = String(value);
  if (!/^\d{5,}$/.test(digits)) return digits;
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, '_');
}

function isObject(value: Doc | ObjectDoc): value is ObjectDoc {
  return (
    typeof value === 'object' && !Array.isArray(value) && 'properties' in value
  );
}
