// The type of a schema, and how it changed, in words of the payload shorthand.
import { own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { counted } from '../core/text.ts';

/** Says how the type of a field changed; of an enumeration the values that came and went. */
export function typeChange(
  path: string,
  {
    before,
    after,
  }: { readonly before: JsonObject; readonly after: JsonObject },
): string {
  const [old, now] = [choicesOf(before), choicesOf(after)];
  if (old !== null && now !== null) {
    const gone = old.filter((value) => !now.includes(value));
    const come = now.filter((value) => !old.includes(value));
    const parts = [
      ...(gone.length > 0
        ? [`lost ${counted(gone.length, 'value')}: ${gone.join(', ')}`]
        : []),
      ...(come.length > 0
        ? [`got ${counted(come.length, 'value')}: ${come.join(', ')}`]
        : []),
    ];
    return `field "${path}" ${parts.join(' and ')}`;
  }
  return `the type of field "${path}" went from ${typeOf(before)} to ${typeOf(after)}`;
}

function choicesOf(schema: JsonObject): readonly string[] | null {
  const values = own(schema, 'enum');
  return Array.isArray(values)
    ? (values as readonly JsonValue[]).map((value) => JSON.stringify(value))
    : null;
}

/** Names a schema's type as the shorthand does where it can. */
export function typeOf(schema: JsonObject): string {
  const choices = choicesOf(schema);
  if (choices !== null) return choices.toSorted().join(' | ');
  const constant = own(schema, 'const');
  if (constant !== undefined) return JSON.stringify(constant);
  const format = own(schema, 'format');
  const type = own(schema, 'type');
  if (typeof format === 'string') return format;
  if (typeof type === 'string') return type === 'array' ? 'list' : type;
  if (Array.isArray(type))
    return (type as readonly string[]).toSorted().join(' | ');
  return own(schema, '$ref') === undefined ? 'any' : 'type';
}
