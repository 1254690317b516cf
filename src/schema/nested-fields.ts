// Objects and lists that are written out where a field takes a type: told once, with the lines to write.
import type { Diagnostic } from '../core/diagnostic.ts';
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import { segmentsOf, type Pointer } from '../core/pointer.ts';
import { certainNear, pascalCase } from '../core/text.ts';
import { describePlace } from './describe.ts';
import { schemaDiagnostics } from './diagnostics.ts';
import { fieldLines, typeNameFor, type FieldLines } from './field-lines.ts';
import { flowText } from './forms.ts';

/** Tells what is nested in place of what the schema says of it and inside it. Reports: schema/nested-fields. */
export function nestedFields(
  spec: JsonObject,
  told: readonly Diagnostic[],
): readonly Diagnostic[] {
  const nested = new Map<Pointer, Diagnostic>();
  for (const one of told) {
    const found = isField(one.pointer) ? retold(spec, one) : null;
    if (found !== null) nested.set(one.pointer, found);
  }
  if (nested.size === 0) return told;
  const isInside = (at: Pointer): boolean =>
    [...nested.keys()].some((outer) => at.startsWith(`${outer}/`));
  return told.flatMap((one) => {
    const { pointer } = one;
    if (isInside(pointer)) return [];
    return [nested.get(pointer) ?? one];
  });
}

const owners = new Set(['payload', 'headers', 'request', 'reply', 'fields']);

function isField(at: Pointer): boolean {
  const segments = segmentsOf(at);
  return segments[0] === 'types'
    ? segments.length === 3
    : owners.has(segments.at(-2) ?? '') && segments.length > 3;
}

function retold(spec: JsonObject, told: Diagnostic): Diagnostic | null {
  const { pointer, parameters } = told;
  const value = valueAt(spec, pointer);
  if (value === undefined || !isNested(told, value)) return null;
  const written = segmentsOf(pointer).at(-1) ?? '';
  const field = written.replace(/\?$/, '');
  const lines = fieldLines(field, value, namer(spec, pointer));
  if (lines === null && Array.isArray(value)) return null;
  const advice = adviceFor(written, lines);
  // A list of what is no object has the wrong form alone.
  return lines !== null && Object.keys(lines.types).length === 0
    ? { ...told, hint: advice, parameters: { ...parameters, advice } }
    : schemaDiagnostics.make(
        'nested-fields',
        { pointer, at: 'key' },
        { where: describePlace(pointer), advice },
      );
}

const isNested = (
  { code, parameters }: Diagnostic,
  value: JsonValue,
): boolean =>
  code === 'schema/wrong-type'
    ? Array.isArray(value)
    : code === 'schema/missing-property' &&
      parameters?.['name'] === 'type' &&
      isJsonObject(value) &&
      holdsFields(value);

/** What a field with facts may hold, beside its type. */
const facts = ['type', 'pii', 'description'];

/** Facts without a type lack that; so do facts that are misspelt. */
const holdsFields = (value: JsonObject): boolean =>
  Object.keys(value).some((key) => !facts.includes(key)) &&
  Object.keys(value).every((key) => certainNear(key, facts) !== 'type');

/** A name that is taken is made longer by what the field is in. */
function namer(
  spec: JsonObject,
  at: Pointer,
): (field: string) => string | null {
  const types = own(spec, 'types');
  const taken = isJsonObject(types) ? types : {};
  return (field) => {
    const name = typeNameFor(field);
    if (name === null || !Object.hasOwn(taken, name)) return name;
    return pascalCase(segmentsOf(at)[1] ?? '') + name;
  };
}

function adviceFor(written: string, lines: FieldLines | null): string {
  if (lines === null)
    return 'Name what it holds under "types", and write that name here.';
  const line = flowText({ [written]: lines.type }).slice(2, -2);
  return Object.keys(lines.types).length === 0
    ? `Write "${line}".`
    : `Name it under "types", as with "types: ${flowText(lines.types)}", and write "${line}" here.`;
}

function valueAt(spec: JsonObject, at: Pointer): JsonValue | undefined {
  let value: JsonValue | undefined = spec;
  for (const key of segmentsOf(at))
    value = isJsonObject(value) ? own(value, key) : undefined;
  return value;
}
