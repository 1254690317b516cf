// JSON Schema where fields in payload shorthand belong: under `payload`, instead of under `schema` beside it.
import type { Diagnostic } from '../core/diagnostic.ts';
import { isJsonObject, own, type JsonObject } from '../core/json.ts';
import { pointer } from '../core/pointer.ts';
import { describePlace } from './describe.ts';
import { schemaDiagnostics } from './diagnostics.ts';

/** Finds JSON Schema under `payload` of events and of their versions. Reports: schema/misplaced-schema. */
export function misplacedSchemas(spec: JsonObject): readonly Diagnostic[] {
  return membersOf(spec, [], 'events').flatMap((event) => [
    ...misplacedIn(event, 'beside "key:"'),
    ...membersOf(event.value, event.path, 'versions').flatMap((version) =>
      misplacedIn(version, 'under the version'),
    ),
  ]);
}

interface Placed {
  readonly value: JsonObject;
  readonly path: readonly string[];
}

function membersOf(
  owner: JsonObject,
  path: readonly string[],
  name: string,
): readonly Placed[] {
  const members = own(owner, name);
  if (!isJsonObject(members)) return [];
  return Object.entries(members).flatMap(([key, value]) =>
    isJsonObject(value) ? [{ value, path: [...path, name, key] }] : [],
  );
}

/** `place` tells where the schema belongs. */
function misplacedIn(
  { value, path }: Placed,
  place: string,
): readonly Diagnostic[] {
  const payload = own(value, 'payload');
  if (!isJsonObject(payload)) return [];
  const advice = isWrapped(payload)
    ? `Put "schema:" ${place}, not under "payload:".`
    : isSchema(payload)
      ? `Write it under "schema:", ${place}, in place of "payload:".`
      : null;
  if (advice === null) return [];
  const at = pointer(...path, 'payload');
  return [
    schemaDiagnostics.make(
      'misplaced-schema',
      { pointer: at, at: 'key' },
      { where: describePlace(at), advice },
    ),
  ];
}

/** The only member is a schema; a field of that name has a type that is no JSON type with members. */
function isWrapped(payload: JsonObject): boolean {
  const schema = own(payload, 'schema');
  return (
    isJsonObject(schema) &&
    Object.keys(payload).length === 1 &&
    isSchema(schema)
  );
}

/** Fields may have any name, so only what no field can be makes a schema. */
function isSchema(value: JsonObject): boolean {
  const ref = own(value, '$ref');
  const isReference = typeof ref === 'string' && /^#|[/.]/.test(ref);
  return (
    own(value, 'type') === 'object' ||
    isReference ||
    ['allOf', 'anyOf', 'oneOf'].some((name) => Array.isArray(own(value, name)))
  );
}
