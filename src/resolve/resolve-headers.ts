// The headers of an event: fields in shorthand, or JSON Schema of an object. Brokers carry them as texts.
import { isJsonObject, own, type JsonObject } from '../core/json.ts';
import { pointer } from '../core/pointer.ts';
import { alternativesOf, typeText, type Shape } from '../model/payload.ts';
import type {
  RawEvent,
  RawFields,
  RawHeaderSchema,
} from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { resolveFields, resolveSchema } from './resolve-shape.ts';
import type { Scope } from './scope.ts';

/** Resolves the headers of an event; null when it has none. Reports: bad-type and what fields and schemas report. */
export function resolveHeaders(
  scope: Scope,
  event: string,
  raw: RawEvent['headers'],
): Shape | null {
  if (raw === undefined) return null;
  const place = {
    pointer: pointer('events', event, 'headers'),
    where: `the headers of event "${event}"`,
  };
  const shape = isSchema(raw)
    ? resolveSchema(scope, raw.schema, place)
    : resolveFields(scope, raw, place);
  reportAmbiguous(scope, shape, place.where);
  return shape;
}

/** A header that is called "schema" has a text for its type, or a mapping with one and no schema of an object. */
function isSchema(raw: RawFields | RawHeaderSchema): raw is RawHeaderSchema {
  const others = Object.keys(raw).filter((key) => key !== 'description');
  // Both forms are mappings of JSON values.
  const schema = own(raw as JsonObject, 'schema');
  if (others.length !== 1 || !isJsonObject(schema)) return false;
  const isField =
    Object.keys(schema).every((key) =>
      ['type', 'pii', 'description'].includes(key),
    ) &&
    Object.hasOwn(schema, 'type') &&
    schema['type'] !== 'object';
  return !isField;
}

/** A text and a number of the same spelling are one header, so a reader could not know which it was. */
function reportAmbiguous(scope: Scope, shape: Shape, where: string): void {
  for (const { name, type, origin } of shape.fields) {
    const alternatives = alternativesOf(type);
    const isText = alternatives.some(
      (one) =>
        one.kind === 'primitive' &&
        (one.name === 'string' || one.name === 'bytes'),
    );
    if (!isText || alternatives.length === 1) continue;
    scope.report(
      resolveDiagnostics.make(
        'bad-type',
        { pointer: origin },
        {
          where: `field "${name}" of ${where}`,
          text: typeText(type),
          reason: 'headers travel as text, so that its types look alike',
          advice: 'Write "string" alone, or move it into the payload.',
        },
      ),
    );
  }
}
