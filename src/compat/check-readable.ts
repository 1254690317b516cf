// Decides whether a reader's schema can read everything that a writer's schema allows, with a payload as proof where not.
import { compareSchemas } from './compare.ts';
import { evaluate } from './evaluate.ts';
import { isKnownFormat } from './formats.ts';
import {
  isJsonArray,
  isJsonObject,
  linkSchema,
  pointerOf,
} from './json-schema.ts';
import type {
  JsonObject,
  JsonValue,
  Schema,
  SchemaObject,
} from './json-schema.ts';
import type { Gap, GapKind } from './session.ts';

/**
 * How content that a schema leaves open is judged.
 *
 * - `strict`: as JSON Schema says; an open object may carry anything under any undeclared name.
 * - `lenient`: writers write only the members they declare, and readers pass over members they do not know.
 */
export type Policy = 'strict' | 'lenient';

/** The answer of a check; `unknown` is never to be taken for `compatible`. */
export type Verdict = 'compatible' | 'incompatible' | 'unknown';

/** One thing that a writer may write and a reader does not accept, or may not accept. */
export interface Incompatibility {
  /** `unknown`: neither proven nor refuted; a finding of lower severity. */
  readonly verdict: 'incompatible' | 'unknown';
  /** JSON Pointer (RFC 6901) into the payload; the step `*` stands for any item or any undeclared member. */
  readonly path: string;
  readonly kind: GapKind;
  readonly message: string;
  /** The smallest payload found that the writer's schema accepts and the reader's refuses. */
  readonly witness: Witness | WitnessMissing;
}

/** A payload that shows an incompatibility. */
export interface Witness {
  readonly payload: JsonValue;
}

/** Why no payload shows a finding. */
export interface WitnessMissing {
  readonly missing: string;
}

/** What a check found. */
export interface Readability {
  readonly verdict: Verdict;
  readonly incompatibilities: readonly Incompatibility[];
  /** What the verdict rests on beside the schemas, as sentences; for example that readers fill in defaults. */
  readonly assumptions: readonly string[];
}

/**
 * Checks whether the reader's schema can read everything that the writer's schema allows.
 *
 * Both are JSON Schemas that are valid against the draft 2020-12 meta-schema; `format` counts as an assertion, and a
 * required member of the reader that has a default is filled in before the reader validates.
 *
 * @param policy see `Policy`
 */
export function checkReadable(
  reader: Schema,
  writer: Schema,
  policy: Policy,
): Readability {
  const [read, written] = [linkSchema(reader), linkSchema(writer)];
  const { gaps, assumptions } = compareSchemas(
    written,
    read,
    policy === 'lenient',
  );
  const incompatibilities = gaps.map((gap) =>
    confirm(gap, {
      reader: read,
      writer: linkSchema(writer, isKnownFormat),
      policy,
    }),
  );
  return {
    verdict: verdictOf(incompatibilities),
    incompatibilities,
    assumptions,
  };
}

/** Sums up findings: one proven finding makes the whole incompatible. */
export function verdictOf(
  findings: readonly Pick<Incompatibility, 'verdict'>[],
): Verdict {
  if (findings.some(({ verdict }) => verdict === 'incompatible'))
    return 'incompatible';
  return findings.length > 0 ? 'unknown' : 'compatible';
}

interface Pair {
  readonly reader: Schema;
  /** Without formats that nobody knows: validators pass over those. */
  readonly writer: Schema;
  readonly policy: Policy;
}

function confirm(gap: Gap, pair: Pair): Incompatibility {
  const { kind, message } = gap;
  const path = pointerOf(gap.steps);
  const shown = gap.candidates.find(
    (payload) => isWritten(payload, pair) && isRefused(payload, pair),
  );
  if (shown !== undefined)
    return {
      verdict: 'incompatible',
      path,
      kind,
      message,
      witness: { payload: shown },
    };
  // Without a payload that shows it nothing is called incompatible: something that was not worked out may rule it out.
  const missing = reasonOf(gap);
  return { verdict: 'unknown', path, kind, message, witness: { missing } };
}

function reasonOf(gap: Gap): string {
  switch (gap.kind) {
    case 'pattern-changed':
      return 'whether one regular expression includes another is not decided, and no text tried tells them apart';
    case 'format-changed':
      return 'the texts of this format are not known here';
    case 'reference-unresolved':
      return 'the referenced schema is not part of the documents compared';
    case 'too-complex':
      return 'the comparison was given up after its fixed number of steps';
    default:
      return gap.candidates.length > 0
        ? 'every payload tried is either not writable or readable, because of other keywords of the two schemas'
        : 'no payload of the writer could be made here (patterns, formats or sizes that are not generated)';
  }
}

function isWritten(payload: JsonValue, { writer }: Pair): boolean {
  return evaluate(writer, payload) === true;
}

function isRefused(payload: JsonValue, { reader, policy }: Pair): boolean {
  const reading = { isTolerant: policy === 'lenient' };
  if (evaluate(reader, payload, reading) !== false) return false;
  return (
    evaluate(reader, fillDefaults(reader, payload, MAX_FILL_HOPS), reading) ===
    false
  );
}

const MAX_FILL_HOPS = 64;

/** Adds the defaults of missing required members, as a reader does before it validates. */
function fillDefaults(
  schema: Schema,
  value: JsonValue,
  hops: number,
): JsonValue {
  if (typeof schema === 'boolean' || hops === 0) return value;
  const parts = [...(schema.allOf ?? []), schema.target ?? true];
  const filled = parts.reduce(
    (whole, part) => fillDefaults(part, whole, hops - 1),
    value,
  );
  const { items = true, prefixItems = [] } = schema;
  if (isJsonArray(filled)) {
    return filled.map((item, index) =>
      fillDefaults(prefixItems[index] ?? items, item, hops - 1),
    );
  }
  return isJsonObject(filled) ? fillMembers(schema, filled, hops) : filled;
}

function fillMembers(
  { properties = {}, required = [] }: SchemaObject,
  value: JsonObject,
  hops: number,
): JsonObject {
  const members = new Map(Object.entries(value));
  for (const [name, member] of Object.entries(properties)) {
    const isMissing = !members.has(name) && required.includes(name);
    const given =
      isMissing && typeof member === 'object'
        ? member.default
        : members.get(name);
    if (given !== undefined)
      members.set(name, fillDefaults(member, given, hops - 1));
  }
  return Object.fromEntries(members);
}
