// Compiles a shape (shorthand fields or the author's JSON Schema) to self-contained JSON Schema, draft 2020-12.
// Knows nothing about events, files or brokers.
import { append } from '../core/lists.ts';
import { byCodeUnit } from '../core/artifact.ts';
import { isJsonObject, own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { SharedType } from './model.ts';
import type { ContentModel } from './content-model.ts';
import { described, fieldTypeNames, fieldsSchema } from './field-schema.ts';
import type { Shape } from './payload.ts';
import {
  definitionName,
  definitionNames,
  definitionRef,
} from './schema-refs.ts';
import { mapRefs } from './schema-walk.ts';

/** The shared types of one spec, ready to be drawn into the schemas that reach them. */
export interface TypeSchemas {
  /** The definitions that these names reach, themselves included, by name in code-unit order. */
  readonly reachedFrom: (
    names: Iterable<string>,
    content: ContentModel,
  ) => Readonly<Record<string, JsonObject>>;
}

/** Prepares the shared types of a spec; each is compiled once, when a schema first reaches it. */
export function typeSchemas(types: readonly SharedType[]): TypeSchemas {
  const byName = new Map(types.map((type) => [type.name, type]));
  const compiled = {
    open: new Map<string, CompiledType>(),
    closed: new Map<string, CompiledType>(),
  };
  const compile = (name: string, content: ContentModel): CompiledType => {
    const known = compiled[content].get(name);
    if (known !== undefined) return known;
    const made = compileType(name, byName.get(name), content);
    compiled[content].set(name, made);
    return made;
  };
  return {
    reachedFrom: (names, content) => {
      // A set visits what is added while it is walked: each type once, however the types refer to each other.
      const reached = new Set(names);
      const definitions: (readonly [string, JsonObject])[] = [];
      for (const name of reached) {
        const type = compile(name, content);
        append(definitions, type.definitions);
        for (const next of type.uses) reached.add(next);
      }
      definitions.sort(([left], [right]) => byCodeUnit(left, right));
      return Object.fromEntries(definitions);
    },
  };
}

/**
 * Compiles a shape to a schema that stands alone: the shared types it reaches, and only those, are under `$defs`.
 * An author's own JSON Schema keeps its own content model, and its own definitions their names unless a shared type
 * that it reaches has the same one. A named type that does not exist (reported when names are resolved) accepts anything.
 */
export function shapeSchema(
  types: TypeSchemas,
  shape: Shape,
  content: ContentModel,
): JsonObject {
  if (shape.schema !== null) {
    return authoredSchema(types, shape.schema, content);
  }
  const root = fieldsSchema(shape.fields, content);
  const definitions = types.reachedFrom(fieldTypeNames(shape.fields), content);
  return isEmpty(definitions) ? root : { ...root, $defs: definitions };
}

interface CompiledType {
  /** Itself, and for a type written as JSON Schema the definitions inside it. */
  readonly definitions: readonly (readonly [string, JsonObject])[];
  /** Names of the shared types that it refers to. */
  readonly uses: readonly string[];
}

function compileType(
  name: string,
  type: SharedType | undefined,
  content: ContentModel,
): CompiledType {
  if (type === undefined) return { definitions: [[name, {}]], uses: [] };
  const { shape, description } = type;
  if (shape.schema === null) {
    const schema = described(fieldsSchema(shape.fields, content), description);
    return {
      definitions: [[name, schema]],
      uses: fieldTypeNames(shape.fields),
    };
  }
  // Its own definitions move beside it as `<Type>.<Definition>`, and references to its root now point at `$defs`.
  const inner = ownDefinitions(shape.schema);
  const moved = mapRefs(shape.schema, (ref) => {
    const target = definitionName(ref);
    if (target === null) return rerooted(ref, name);
    return Object.hasOwn(inner, target)
      ? renamed(ref, target, `${name}.${target}`)
      : ref;
  });
  const parts = Object.entries(ownDefinitions(moved)).map(
    ([part, schema]) => [`${name}.${part}`, asSchema(schema)] as const,
  );
  const { $defs: _moved, ...root } = moved;
  return {
    definitions: [[name, described(root, description)], ...parts],
    uses: definitionNames(shape.schema).filter(
      (used) => !Object.hasOwn(inner, used),
    ),
  };
}

function authoredSchema(
  types: TypeSchemas,
  schema: JsonObject,
  content: ContentModel,
): JsonObject {
  const inner = ownDefinitions(schema);
  const uses = definitionNames(schema).filter(
    (name) => !Object.hasOwn(inner, name),
  );
  const shared = types.reachedFrom(uses, content);
  if (isEmpty(shared)) return schema;
  const newNames = new Map(
    Object.keys(inner)
      .filter((name) => Object.hasOwn(shared, name))
      .map((name) => [name, freeName(name, inner, shared)]),
  );
  const clear = mapRefs(schema, (ref) => {
    const target = definitionName(ref);
    const fresh = target === null ? undefined : newNames.get(target);
    return target === null || fresh === undefined
      ? ref
      : renamed(ref, target, fresh);
  });
  const kept = Object.entries(ownDefinitions(clear)).map(([name, value]) => [
    newNames.get(name) ?? name,
    value,
  ]);
  return { ...clear, $defs: { ...Object.fromEntries(kept), ...shared } };
}

function ownDefinitions(schema: JsonObject): JsonObject {
  const definitions = own(schema, '$defs');
  return isJsonObject(definitions) ? definitions : {};
}

/** A definition may be `true` or `false`, which `$defs` of ours writes as the schemas they stand for. */
function asSchema(value: JsonValue): JsonObject {
  if (isJsonObject(value)) return value;
  return value === false ? { not: {} } : {};
}

function rerooted(ref: string, name: string): string {
  if (ref === '#') return definitionRef(name);
  return ref.startsWith('#/') ? definitionRef(name) + ref.slice(1) : ref;
}

function renamed(ref: string, name: string, fresh: string): string {
  return definitionRef(fresh) + ref.slice(definitionRef(name).length);
}

function freeName(name: string, ...taken: readonly JsonObject[]): string {
  const isTaken = (candidate: string): boolean =>
    taken.some((names) => Object.hasOwn(names, candidate));
  let candidate = `${name}_`;
  while (isTaken(candidate)) candidate += '_';
  return candidate;
}

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(record).length === 0;
}
