// Names that the schema refuses, and what they could be instead.
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Diagnostic } from '../core/diagnostic.ts';
import { child } from '../core/pointer.ts';
import { asFollows, type Described } from './describe.ts';
import { schemaDiagnostics } from './diagnostics.ts';

/** Tells that a name is not legal, with the nearest legal one. Reports: schema/bad-name. */
export function badName(
  error: ErrorObject,
  name: string,
  schema: Described,
): Diagnostic {
  const isKey = error.propertyName !== undefined;
  const suggestion = suggestName(name, schema);
  const rule = asFollows(
    'Write it as follows',
    schema,
    `It has to match ${schema.pattern}.`,
  );
  return schemaDiagnostics.make(
    'bad-name',
    isKey
      ? { pointer: child(error.instancePath, name), at: 'key' }
      : { pointer: error.instancePath },
    {
      name,
      advice:
        suggestion === null ? rule : `${rule} Did you mean "${suggestion}"?`,
    },
  );
}

/** Names are what begins with a letter; durations, sizes, rates and versions begin with a digit. */
export const isNameSchema = (schema: Described): boolean =>
  /^\^(?:\(\?!.*?\$\))?(?:-\?)?\(?\[(?:[aA]|\^)/.test(schema.pattern ?? '');

/** Makes a legal name of an illegal one when that is a matter of case and separators. */
function suggestName(name: string, schema: Described): string | null {
  if (schema.pattern === undefined) return null;
  const legal = new RegExp(schema.pattern);
  const kebab = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z]+|[^a-z0-9]+$/g, '')
    .replaceAll(/[._-]*([._-])/g, '$1');
  const camel = kebab.replaceAll(/[._-]([a-z0-9])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
  const pascal = kebab.replaceAll(
    /(?:^|[._-])([a-z0-9])/g,
    (_, first: string) => first.toUpperCase(),
  );
  return (
    [kebab, camel, pascal].find(
      (candidate) => candidate !== name && legal.test(candidate),
    ) ?? null
  );
}
