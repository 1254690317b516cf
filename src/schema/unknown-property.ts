// Properties that a place does not have, and what they could be instead.
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Change } from '../core/change.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { child } from '../core/pointer.ts';
import { certainNear, nearest, quotedList } from '../core/text.ts';
import { describePlace, type Described } from './describe.ts';
import { schemaDiagnostics } from './diagnostics.ts';
import { meantBy } from './synonyms.ts';

/** Tells of a property that is unknown at its place. Reports: schema/unknown-property. */
export function unknownProperty(
  error: ErrorObject,
  schema: Described,
): Diagnostic {
  // ajv's own parameters, by keyword: https://ajv.js.org/api.html#error-parameters
  const name = String(error.params['additionalProperty']);
  const known = Object.keys(schema.properties ?? {});
  const absent = known.filter(
    (one) => !Object.hasOwn(error.data as object, one),
  );
  const near = meantBy(name, absent) ?? nearest(name, known);
  const advice =
    near === null
      ? `Remove it, or use one of ${quotedList(known.slice(0, 30), 'or')}.`
      : `Did you mean "${near}"?`;
  const certain = certainNear(name, known);
  const change: Change | null =
    certain === null || certain !== near || !absent.includes(certain)
      ? null
      : { kind: 'rename', to: certain };
  return schemaDiagnostics.make(
    'unknown-property',
    { pointer: child(error.instancePath, name), at: 'key', change },
    { where: describePlace(error.instancePath), name, advice },
  );
}
