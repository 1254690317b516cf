// Names that the schema refuses, and what they could be instead.
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Diagnostic } from '../core/diagnostic.ts';
import { child, segmentsOf } from '../core/pointer.ts';
import { asFollows, type Described } from './describe.ts';
import { schemaDiagnostics } from './diagnostics.ts';

/** Tells that a name is not legal, with the nearest legal one. Reports: schema/bad-name. */
export function badName(
  error: ErrorObject,
  name: string,
  schema: Described,
): Diagnostic {
  const isKey = error.propertyName !== undefined;
  const made = schemaDiagnostics.make(
    'bad-name',
    isKey
      ? { pointer: child(error.instancePath, name), at: 'key' }
      : { pointer: error.instancePath },
    {
      name,
      advice:
        error.keyword === 'maxLength'
          ? `It is ${name.length} characters long; shorten it to at most ${error.params['limit']}.`
          : spelling(name, schema),
    },
  );
  const isDefinition = isKey && segmentsOf(error.instancePath).length === 1;
  return {
    ...made,
    // Who mentions the name writes as it is defined.
    alike: {
      names: {},
      message: [made.message],
      hint: null,
      isLead: isDefinition,
    },
  };
}

function spelling(name: string, schema: Described): string {
  const rule = asFollows(
    'Write it as follows',
    schema,
    `It has to match ${schema.pattern}.`,
  );
  const legal = new RegExp(schema.pattern ?? '');
  if (isOfOthers(legal)) return rule;
  if (/[*#]/.test(name) && !takesPatterns(legal))
    return `${rule} Only subscriptions and projections take patterns with * or #.`;
  const suggestion = suggestName(name, legal);
  return suggestion === null ? rule : `${rule} Did you mean "${suggestion}"?`;
}

/** Names are what begins with a letter; durations, sizes, rates and versions begin with a digit. */
export const isNameSchema = (schema: Described): boolean =>
  /^\^(?:\(\?!.*?\$\))?(?:-\?)?\(?\[(?:[aA]|\^)/.test(schema.pattern ?? '');

/** Makes a legal name of an illegal one when that is a matter of case, accents and separators. */
function suggestName(name: string, legal: RegExp): string | null {
  const kebab = withoutAccents(name)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._*#-]+/g, '-')
    .replaceAll(/^[._-]+|[._-]+$/g, '')
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
      (candidate) =>
        candidate !== name &&
        legal.test(candidate) &&
        meaningOf(candidate) === meaningOf(name),
    ) ?? null
  );
}

/**
 * Names of the language begin with a letter. What may begin otherwise is named by messages, as fields are, or by a
 * broker, as virtual hosts are: there another spelling is another thing.
 */
const isOfOthers = (legal: RegExp): boolean =>
  (legal.test('_') || legal.test('0')) && !takesPatterns(legal);

/** In a pattern of events # is a word of its own; in the name of a field it is a sign like any other. */
const takesPatterns = (legal: RegExp): boolean =>
  legal.test('a.#') && !legal.test('a.b#');

const withoutAccents = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '');

/** What two spellings of one name have in common: letters, digits and wildcards, in their order. */
const meaningOf = (name: string): string =>
  withoutAccents(name)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}*#]+/gu, '');
