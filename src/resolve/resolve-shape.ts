// Payload shorthand and authored JSON Schema to shapes.
import type { Change } from '../core/change.ts';
import { isJsonObject, own, type JsonObject } from '../core/json.ts';
import { child } from '../core/pointer.ts';
import { pascalCase, quotedList } from '../core/text.ts';
import type { Field, FieldType, Shape } from '../model/payload.ts';
import type { RawField, RawFields, RawPayload } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { follow, inlineSchema, type SchemaPlace } from './inline-schema.ts';
import { wordsType } from './parse-alternatives.ts';
import { certainType, parseType } from './parse-type.ts';
import { schemaType } from './schema-type.ts';
import { renameTo, type Scope } from './scope.ts';

/** Resolves `payload:` or `schema:` of an event or version. Reports: payload-and-schema and what fields and schemas report. */
export function resolvePayload(
  scope: Scope,
  raw: RawPayload,
  place: SchemaPlace,
): Shape {
  if (raw.schema === undefined) {
    return resolveFields(scope, raw.payload ?? {}, {
      pointer: child(place.pointer, 'payload'),
      where: place.where,
    });
  }
  if (raw.payload !== undefined) {
    scope.report(
      resolveDiagnostics.make(
        'payload-and-schema',
        { pointer: child(place.pointer, 'schema'), at: 'key' },
        { where: place.where },
      ),
    );
  }
  return resolveSchema(scope, raw.schema, place);
}

/** Resolves JSON Schema; its fields are what can be read off its properties. Reports: schema-not-found. */
export function resolveSchema(
  scope: Scope,
  raw: JsonObject | boolean,
  place: SchemaPlace,
): Shape {
  const origin = child(place.pointer, 'schema');
  const schema = inlineSchema(scope, raw, place);
  return { fields: fieldsOf(scope, schema, origin), schema, origin };
}

/** Resolves fields in shorthand. Reports: bad-type, unknown-type. */
export function resolveFields(
  scope: Scope,
  raw: RawFields,
  place: SchemaPlace,
): Shape {
  const fields = Object.entries(raw).map(([written, field]) =>
    resolveField(scope, { written, field }, place),
  );
  return { fields, schema: null, origin: place.pointer };
}

function resolveField(
  scope: Scope,
  raw: { written: string; field: RawField },
  place: SchemaPlace,
): Field {
  const { written, field } = raw;
  const isRequired = !written.endsWith('?');
  const name = isRequired ? written : written.slice(0, -1);
  const origin = child(place.pointer, written);
  const text = typeof field === 'string' ? field : field.type;
  const at = typeof field === 'string' ? origin : child(origin, 'type');
  return {
    name,
    type: resolveType(scope, text, {
      pointer: at,
      where: `field "${name}" of ${place.where}`,
    }),
    isRequired,
    isPii: typeof field === 'string' ? false : (field.pii ?? false),
    description: typeof field === 'string' ? null : (field.description ?? null),
    origin,
  };
}

/** The type of a field whose own could not be read, which has been told: nothing more is said of it. */
export const anything: FieldType = { kind: 'primitive', name: 'any' };

/** Resolves a type written as text. Reports: bad-type, unknown-type; gives `any` then, so that nothing follows from it. */
export function resolveType(
  scope: Scope,
  text: string,
  place: SchemaPlace,
): FieldType {
  const types = scope.raw.types ?? {};
  const parsed = parseType(
    text,
    (name) => Object.hasOwn(types, name),
    Object.keys(types),
  );
  if ('type' in parsed) return parsed.type;
  if (parsed.problem === 'malformed') {
    const { reason, advice } = parsed;
    scope.report(
      resolveDiagnostics.make(
        'bad-type',
        { pointer: place.pointer },
        { where: place.where, text, reason, advice },
      ),
    );
    return anything;
  }
  const { name } = parsed;
  scope.reportOnce(
    `unknown type ${name}`,
    resolveDiagnostics.make(
      'unknown-type',
      { pointer: place.pointer, change: renamedType(scope, text, parsed) },
      { where: place.where, name, advice: adviceOnType(scope, parsed) },
    ),
  );
  return anything;
}

/** A word alone is no enumeration: most often it is a mistyped type. */
function adviceOnType(
  scope: Scope,
  { name, near }: { readonly name: string; readonly near: string | null },
): string {
  if (near !== null) return `Did you mean "${near}"?`;
  const known = Object.keys(scope.raw.types ?? {});
  const beside =
    known.length === 0 ? '' : `, beside ${quotedList(known.slice(0, 8))}`;
  if (/^[A-Z][a-z]/.test(name))
    return `Define "${name}" under "types"${beside}, or use a built-in type.`;
  return `Use a built-in type, or define one under "types"${beside}: for an enumeration of this one word, "${pascalCase(name) || 'Word'}: ${wordsType([name])}".`;
}

/** The type with the mistyped name in it corrected, when that name can stand for one alone. */
function renamedType(
  scope: Scope,
  text: string,
  { name, near }: { readonly name: string; readonly near: string | null },
): Change | null {
  const types = Object.keys(scope.raw.types ?? {});
  const parts = text.split(name);
  if (near === null || parts.length !== 2) return null;
  // The words of the shorthand are defined nowhere, so they cannot be what is mistyped.
  const isBuiltIn = !types.includes(near);
  const to = isBuiltIn
    ? certainType(name, types)
    : renameTo(scope, name, types);
  const word =
    typeof to === 'string' ? to : to?.kind === 'rename' ? to.to : null;
  return word === null ? null : { kind: 'rename', to: parts.join(word) };
}

/** Reads fields off a self-contained object schema, through a reference at its root. */
function fieldsOf(
  scope: Scope,
  schema: JsonObject,
  origin: string,
): readonly Field[] {
  const ref = own(schema, '$ref');
  const object =
    typeof ref === 'string' ? (follow(schema, ref) ?? schema) : schema;
  const properties = own(object, 'properties');
  if (!isJsonObject(properties)) return [];
  const required = own(object, 'required');
  const isRequired = (name: string): boolean =>
    Array.isArray(required) && required.includes(name);
  return Object.entries(properties).map(([name, property]) => {
    const described = isJsonObject(property)
      ? own(property, 'description')
      : undefined;
    return {
      name,
      type: schemaType(scope, property, schema),
      isRequired: isRequired(name),
      isPii: isJsonObject(property) && own(property, 'x-pii') === true,
      description: typeof described === 'string' ? described : null,
      origin: child(origin, 'properties', name),
    };
  });
}
