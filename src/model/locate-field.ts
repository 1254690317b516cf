// Finds a field of a shape by the names that lead to it: in shorthand and in JSON Schema, through shared types, references,
// `allOf`, and alternatives that all have it.
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import { fieldsSchema } from './field-schema.ts';
import {
  anything,
  either,
  everyType,
  factsOf,
  together,
  type LocatedField,
} from './located-field.ts';
import type { SharedType } from './model.ts';
import type { Shape } from './payload.ts';
import { definitionName, definitionRef, refTarget } from './schema-refs.ts';

/** Gives the shape of a shared type; null for a name that is none. */
export type ShapeOf = (type: string) => Shape | null;

/** Makes the look-up of shared types. */
export function shapeLookup(types: readonly SharedType[]): ShapeOf {
  const byName = new Map(types.map(({ name, shape }) => [name, shape]));
  return (name) => byName.get(name) ?? null;
}

/** Finds a field; null where there is none, or where an alternative that could have it lacks it. */
export function locateField(
  shape: Shape,
  path: readonly string[],
  shapeOf: ShapeOf,
): LocatedField | null {
  return locate(
    { path, shapeOf, passed: new Map(), facts: new Map() },
    // Of fields in shorthand only the one on the path matters, unless all of them are asked for.
    nodeOf(path.length === 0 ? shape : onlyField(shape, path[0] ?? '')),
    0,
  );
}

const onlyField = (shape: Shape, name: string): Shape => ({
  ...shape,
  fields: shape.fields.filter((field) => field.name === name),
});

interface Search {
  readonly path: readonly string[];
  readonly shapeOf: ShapeOf;
  /** What was found at each schema, by how much of the path had been walked: each is looked at once, also in a circle. */
  readonly passed: Map<string, Map<JsonObject, Finding>>;
  readonly facts: Map<JsonObject, LocatedField>;
}

/** A schema with the document that its references stand in. */
interface Node {
  readonly schema: JsonObject;
  readonly root: JsonObject;
}

/** What a schema knows of the next name on the path. */
interface Finding {
  readonly field: LocatedField | null;
  /** Whether it demands a member of that name. */
  readonly isDemanded: boolean;
}

const nothing: Finding = { field: null, isDemanded: false };

function nodeOf(shape: Shape): Node {
  const schema = shape.schema ?? fieldsSchema(shape.fields, 'open');
  return { schema, root: schema };
}

/** Finds the rest of the path, from the name at `at` on, below a value. */
function locate(search: Search, node: Node, at: number): LocatedField | null {
  if (at === search.path.length) return factsAt(search, node);
  const { field, isDemanded } = findingAt(search, node, at);
  if (field === null) return null;
  const { types, isPii } = factsAt(search, node);
  const mayBeNull = types.size < everyType.length && types.has('null');
  return {
    ...field,
    isRequired: field.isRequired && isDemanded && !mayBeNull,
    isPii: field.isPii || isPii,
  };
}

function findingAt(search: Search, node: Node, at: number): Finding {
  const name = search.path[at] ?? '';
  const required = own(node.schema, 'required');
  const isListed = Array.isArray(required) && required.includes(name);
  if (standsAlone(node.schema))
    return { field: ownField(search, node, at), isDemanded: isListed };
  const passed =
    search.passed.get(String(at)) ?? new Map<JsonObject, Finding>();
  search.passed.set(String(at), passed);
  const known = passed.get(node.schema);
  if (known !== undefined) return known;
  passed.set(node.schema, nothing);
  const all = [
    { field: ownField(search, node, at), isDemanded: isListed },
    ...alongside(search, node).map((one) => findingAt(search, one, at)),
    ...choices(node).map((branches) => findingInAll(search, branches, at)),
  ];
  const made = {
    field: together(all.flatMap(({ field }) => field ?? [])),
    isDemanded: all.some(({ isDemanded }) => isDemanded),
  };
  passed.set(node.schema, made);
  return made;
}

/** What a schema's own properties say of the next name. */
function ownField(search: Search, node: Node, at: number): LocatedField | null {
  const properties = own(node.schema, 'properties');
  const property = isJsonObject(properties)
    ? own(properties, search.path[at] ?? '')
    : undefined;
  return property === undefined
    ? null
    : locate(search, inside(node, property), at + 1);
}

/** Alternatives that hold no fields, such as null, leave a field to the others, and then it may be absent. */
function findingInAll(
  search: Search,
  branches: readonly Node[],
  at: number,
): Finding {
  const all = branches.map((branch) => ({
    ...findingAt(search, branch, at),
    isObject: factsAt(search, branch).types.has('object'),
  }));
  const objects = all.filter(({ isObject }) => isObject);
  const found = objects.flatMap(({ field }) => field ?? []);
  return {
    field:
      found.length === 0 || found.length < objects.length
        ? null
        : either(found),
    isDemanded: all.every(({ isObject, isDemanded }) => isObject && isDemanded),
  };
}

/** What is certain of a value, whatever leads to it. */
function factsAt(search: Search, node: Node): LocatedField {
  if (standsAlone(node.schema)) return factsOf(node.schema);
  const known = search.facts.get(node.schema);
  if (known !== undefined) return known;
  search.facts.set(node.schema, anything);
  const facts = factsOf(node.schema);
  const made =
    together([
      facts,
      ...alongside(search, node).map((one) => factsAt(search, one)),
      ...choices(node).map((branches) =>
        either(branches.map((branch) => factsAt(search, branch))),
      ),
    ]) ?? facts;
  search.facts.set(node.schema, made);
  return made;
}

/** Tells whether nothing else says anything of a value; then no circle leads back to it either. */
const standsAlone = (schema: JsonObject): boolean =>
  !['$ref', 'allOf', 'anyOf', 'oneOf'].some((keyword) =>
    Object.hasOwn(schema, keyword),
  );

/** What holds of a value together with what its schema says itself: the target of its reference, and all of `allOf`. */
function alongside(search: Search, node: Node): readonly Node[] {
  const target = targetOf(search, node);
  return [...(target === null ? [] : [target]), ...listed(node, 'allOf')];
}

/** The lists of alternatives of a schema; one of each list holds. */
function choices(node: Node): readonly (readonly Node[])[] {
  return [listed(node, 'anyOf'), listed(node, 'oneOf')].filter(
    (branches) => branches.length > 0,
  );
}

function listed(node: Node, keyword: string): readonly Node[] {
  const branches = own(node.schema, keyword);
  return Array.isArray(branches)
    ? (branches as readonly JsonValue[]).map((one) => inside(node, one))
    : [];
}

/** `true` as a schema says nothing. */
const inside = ({ root }: Node, schema: JsonValue): Node => ({
  schema: isJsonObject(schema) ? schema : {},
  root,
});

function targetOf({ shapeOf }: Search, { schema, root }: Node): Node | null {
  const ref = own(schema, '$ref');
  if (typeof ref !== 'string') return null;
  const found = refTarget(root, ref);
  if (isJsonObject(found)) return { schema: found, root };
  const name = definitionName(ref);
  const shape =
    name !== null && ref === definitionRef(name) ? shapeOf(name) : null;
  return shape === null ? null : nodeOf(shape);
}
