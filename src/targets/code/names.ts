// The identifiers and file names of generated code: safe, unique, and independent of the order of the spec.
import { camelCase, kebabCase, pascalCase } from '../../core/text.ts';
import { uniqueNames } from '../../core/unique-names.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Model } from '../../model/model.ts';
import {
  filesByKind,
  identifiers,
  ownFiles,
  type CodeName,
  type FilesOf,
  type Identifiers,
  type Kind,
} from './name-kinds.ts';
import { reservedNames } from './reserved-names.ts';

export type NamesOf = (name: string) => CodeName;

/** The names of everything that code is generated for. */
export interface CodeNames {
  readonly message: NamesOf;
  readonly aggregate: NamesOf;
  readonly projection: NamesOf;
  readonly request: NamesOf;
  readonly saga: NamesOf;
  readonly service: NamesOf;
  /** A handler of one service. */
  readonly handler: (service: string, handler: string) => CodeName;
}

/** Chooses the names for a model. */
export function codeNames(model: Model): CodeNames {
  const taken = new Set([...reservedNames, ...ownFiles(model)]);
  const files = filesByKind(model);
  const named = (
    list: readonly { readonly name: string }[],
    kind: Kind,
  ): NamesOf =>
    allocate(
      list.map(({ name }) => name),
      taken,
      { ...identifiers[kind], files: files[kind] },
    );
  // In this order: what comes first keeps its name where two meet.
  return {
    message: named(model.events, 'message'),
    aggregate: named(model.aggregates, 'aggregate'),
    projection: named(model.projections, 'projection'),
    saga: named(model.sagas, 'saga'),
    request: named(model.requests, 'request'),
    service: named(model.services, 'service'),
    handler: handlerNames(model, taken),
  };
}

/** The names that nothing else may have, and those that a choice adds to them. */
type Taken = Pick<Set<string>, 'has' | 'add'>;

/** Adds to the names of one file alone; those that all files share are looked up and never copied. */
function within(shared: Pick<Set<string>, 'has'>): Taken {
  const own = new Set<string>();
  return {
    has: (name) => own.has(name) || shared.has(name),
    add: (name) => own.add(name),
  };
}

function allocate(
  names: readonly string[],
  taken: Taken,
  kind: Identifiers & { readonly files: FilesOf },
): NamesOf {
  const stems = uniqueNames(names, pascalCase, '_');
  const files = uniqueNames(names, kebabCase, '-');
  const chosen = new Map<string, CodeName>();
  // By code unit, as `sort` does for texts.
  for (const name of [...new Set(names)].sort()) {
    let file = files.get(name) ?? kebabCase(name);
    while (kind.files(name, file).some((one) => taken.has(one)))
      file += `-${kind.word.toLowerCase()}`;
    for (const one of kind.files(name, file)) taken.add(one);
    let type = stems.get(name) ?? pascalCase(name);
    let made = codeName(type, file);
    let uses = kind.uses(made);
    while (uses.some((use) => taken.has(use))) {
      type += kind.word;
      made = codeName(type, file);
      uses = kind.uses(made);
    }
    for (const use of uses) taken.add(use);
    chosen.set(name, made);
  }
  return (name) => {
    const found = chosen.get(name);
    if (found === undefined) throw new Error(`"${name}" has no name in code`);
    return found;
  };
}

function codeName(type: string, file: string): CodeName {
  return { type, value: camelCase(type), file };
}

/** The handlers of one service share a folder; those of two services never meet. */
function handlerNames(
  model: Model,
  taken: ReadonlySet<string>,
): CodeNames['handler'] {
  const byService = new Map<string, NamesOf>();
  for (const { name } of model.services) {
    const own = gatherFacts(model).subscriptionsByService().get(name) ?? [];
    const handlers = own.map(({ handler }) => handler.value);
    byService.set(
      name,
      allocate(handlers, within(taken), {
        word: 'Handler',
        files: (_, file) => [`app of ${name}/${file}`],
        uses: ({ type, value }) => [type, value],
      }),
    );
  }
  return (service, handler) => {
    const found = byService.get(service);
    if (found === undefined) throw new Error(`no service "${service}"`);
    return found(handler);
  };
}

/** Makes the names of parameters for fields: as they are where that is an identifier; a reserved one gets an underscore. */
export function parameterNames(
  fields: readonly string[],
): ReadonlyMap<string, string> {
  const made = uniqueNames(fields, identifierOf, '_');
  return new Map(
    [...made].map(([field, name]) => [
      field,
      reservedNames.includes(name) ? `${name}_` : name,
    ]),
  );
}

function identifierOf(field: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(field)) return field;
  const name = camelCase(field);
  return /^[A-Za-z_$]/.test(name) ? name : `_${name}`;
}

/** Makes names that are unique beside each other and beside those that a class or object has already. */
export function memberNames(
  names: readonly string[],
  reserved: readonly string[],
): ReadonlyMap<string, string> {
  const made = uniqueNames(names, camelCase, '_');
  const taken = new Set(reserved);
  return new Map(
    [...made].map(([name, member]) => [
      name,
      taken.has(member) ? `${member}_` : member,
    ]),
  );
}
