// One way to satisfy a schema, with its keywords gathered and joined: the normal form the writer's side is brought to.
// A branch may accept more than the schema it came from (it never accepts less), so that what holds for all its values
// holds for all the writer's.
import { typesOf } from './assertions.ts';
import type {
  JsonType,
  JsonValue,
  Schema,
  SchemaObject,
} from './json-schema.ts';

/** A limit of a range of numbers. */
export interface Limit {
  readonly value: number;
  readonly isExclusive: boolean;
}

/** How one schema object distributes an object's members over sub-schemas. */
export interface MemberRule {
  readonly properties: ReadonlyMap<string, Schema>;
  readonly patterns: ReadonlyMap<string, Schema>;
  readonly additional: Schema;
}

/** How one schema object distributes an array's items over sub-schemas. */
export interface ItemRule {
  readonly prefix: readonly Schema[];
  readonly rest: Schema;
}

/** Members that must be there when `name` is. */
export interface Dependency {
  readonly name: string;
  readonly others: readonly string[];
}

/** A conjunction of constraints. */
export interface Branch {
  readonly types: ReadonlySet<JsonType>;
  readonly isInteger: boolean;
  /** The only values, where they are few and known. */
  readonly values: readonly JsonValue[] | null;
  readonly low: Limit;
  readonly high: Limit;
  readonly multiples: readonly number[];
  readonly minLength: number;
  readonly maxLength: number;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
  readonly itemRules: readonly ItemRule[];
  readonly minItems: number;
  readonly maxItems: number;
  readonly isUnique: boolean;
  readonly memberRules: readonly MemberRule[];
  readonly required: ReadonlySet<string>;
  readonly minProperties: number;
  readonly maxProperties: number;
  readonly dependencies: readonly Dependency[];
  /** Schemas that every member name satisfies. */
  readonly nameRules: readonly Schema[];
  /** The schema objects this branch was gathered from; each holds for every value the writer's schema accepts here. */
  readonly sources: readonly SchemaObject[];
}

/** Every JSON type, in the order witnesses prefer them. */
export const ALL_TYPES: readonly JsonType[] = [
  'null',
  'boolean',
  'number',
  'string',
  'array',
  'object',
];

/** The branch that accepts every value. */
export const ANYTHING: Branch = {
  types: new Set(ALL_TYPES),
  isInteger: false,
  values: null,
  low: { value: -Infinity, isExclusive: false },
  high: { value: Infinity, isExclusive: false },
  multiples: [],
  minLength: 0,
  maxLength: Infinity,
  patterns: [],
  formats: [],
  itemRules: [],
  minItems: 0,
  maxItems: Infinity,
  isUnique: false,
  memberRules: [],
  required: new Set(),
  minProperties: 0,
  maxProperties: Infinity,
  dependencies: [],
  nameRules: [],
  sources: [],
};

/** Gathers the keywords of one schema object that are not applied in place (`allOf`, `anyOf`, `$ref` and the like). */
export function branchOf(schema: SchemaObject): Branch {
  return {
    ...ANYTHING,
    ...scalarPart(schema),
    ...arrayPart(schema),
    ...objectPart(schema),
    sources: [schema],
  };
}

/** Joins two branches: what both accept. */
export function bothOf(left: Branch, right: Branch): Branch {
  return {
    types: new Set([...left.types].filter((type) => right.types.has(type))),
    isInteger: left.isInteger || right.isInteger,
    values: left.values ?? right.values,
    low: tighter(left.low, right.low, 1),
    high: tighter(left.high, right.high, -1),
    multiples: union(left.multiples, right.multiples),
    minLength: Math.max(left.minLength, right.minLength),
    maxLength: Math.min(left.maxLength, right.maxLength),
    patterns: union(left.patterns, right.patterns),
    formats: union(left.formats, right.formats),
    itemRules: union(left.itemRules, right.itemRules),
    minItems: Math.max(left.minItems, right.minItems),
    maxItems: Math.min(left.maxItems, right.maxItems),
    isUnique: left.isUnique || right.isUnique,
    memberRules: union(left.memberRules, right.memberRules),
    required: new Set([...left.required, ...right.required]),
    minProperties: Math.max(left.minProperties, right.minProperties),
    maxProperties: Math.min(left.maxProperties, right.maxProperties),
    dependencies: union(left.dependencies, right.dependencies),
    nameRules: union(left.nameRules, right.nameRules),
    sources: union(left.sources, right.sources),
  };
}

/** Narrows a branch to one type. */
export function ofType(branch: Branch, type: JsonType): Branch {
  return {
    ...branch,
    types: new Set([...branch.types].filter((own) => own === type)),
  };
}

function scalarPart(schema: SchemaObject): Partial<Branch> {
  const names = typesOf(schema.type);
  const types = names.map((name) =>
    name === 'integer' ? 'number' : name,
  ) as readonly JsonType[];
  const values =
    schema.const === undefined ? (schema.enum ?? null) : [schema.const];
  return {
    types: new Set(schema.type === undefined ? ALL_TYPES : types),
    isInteger: names.includes('integer') && !names.includes('number'),
    values,
    ...rangePart(schema),
    minLength: schema.minLength ?? 0,
    maxLength: schema.maxLength ?? Infinity,
    patterns: asList(schema.pattern),
    formats: asList(schema.format),
  };
}

function rangePart(
  schema: SchemaObject,
): Pick<Branch, 'low' | 'high' | 'multiples'> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  return {
    low: tighter(
      limit(minimum ?? -Infinity, false),
      limit(exclusiveMinimum ?? -Infinity, exclusiveMinimum !== undefined),
      1,
    ),
    high: tighter(
      limit(maximum ?? Infinity, false),
      limit(exclusiveMaximum ?? Infinity, exclusiveMaximum !== undefined),
      -1,
    ),
    multiples: asList(schema.multipleOf),
  };
}

function arrayPart(schema: SchemaObject): Partial<Branch> {
  const { prefixItems = [], items = true } = schema;
  return {
    itemRules:
      prefixItems.length > 0 || items !== true
        ? [{ prefix: prefixItems, rest: items }]
        : [],
    // `contains` asks for at least one item unless `minContains` says otherwise.
    minItems: Math.max(
      schema.minItems ?? 0,
      schema.contains === undefined ? 0 : (schema.minContains ?? 1),
    ),
    maxItems: schema.maxItems ?? Infinity,
    isUnique: schema.uniqueItems ?? false,
  };
}

function objectPart(schema: SchemaObject): Partial<Branch> {
  const {
    properties = {},
    patternProperties = {},
    additionalProperties = true,
  } = schema;
  const rule: MemberRule = {
    properties: new Map(Object.entries(properties)),
    patterns: new Map(Object.entries(patternProperties)),
    additional: additionalProperties,
  };
  const isPlain =
    rule.properties.size === 0 &&
    rule.patterns.size === 0 &&
    additionalProperties === true;
  return {
    memberRules: isPlain ? [] : [rule],
    required: new Set(schema.required),
    minProperties: schema.minProperties ?? 0,
    maxProperties: schema.maxProperties ?? Infinity,
    dependencies: Object.entries(schema.dependentRequired ?? {}).map(
      ([name, others]) => ({ name, others }),
    ),
    nameRules: asList(schema.propertyNames),
  };
}

/** Gives the tighter of two limits; `sign` is 1 for lower limits and -1 for upper ones. */
function tighter(left: Limit, right: Limit, sign: 1 | -1): Limit {
  if (left.value === right.value) return left.isExclusive ? left : right;
  return sign * (left.value - right.value) > 0 ? left : right;
}

function limit(value: number, isExclusive: boolean): Limit {
  return { value, isExclusive };
}

function asList<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function union<T>(left: readonly T[], right: readonly T[]): readonly T[] {
  if (left.length === 0) return right;
  return right.length === 0 ? left : [...new Set([...left, ...right])];
}
