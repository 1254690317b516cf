// What the emitters of generated code share: the model with its links looked up, and the names of everything in code.
import type { Artifact, WritePolicy } from '../../core/artifact.ts';
import { artifactPath } from '../../core/artifact.ts';
import type { Pointer } from '../../core/pointer.ts';
import { contentModelOf } from '../../model/content-model.ts';
import {
  shapeSchema,
  typeSchemas,
  type TypeSchemas,
} from '../../model/json-schema.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Channel, Event, Model, Subscription } from '../../model/model.ts';
import type { Shape } from '../../model/payload.ts';
import {
  identifiersOf,
  shapeInterface,
  type Identifiers,
} from '../../model/typescript.ts';
import type { EmitContext } from '../target.ts';
import { withoutTexts } from './expressions.ts';
import { codeNames, type CodeNames } from './names.ts';
import { Imports } from './source-file.ts';
import { layOutDeclaration } from './type-layout.ts';

/** Folder of the project in the output. */
export const projectFolder = 'code';

export interface CodeContext {
  readonly model: Model;
  readonly emit: EmitContext;
  readonly names: CodeNames;
  /** The shared types as `src/generated/types.ts` names them. */
  readonly ownTypes: Identifiers;
  /** The same, as other files see them: `types.Address`. */
  readonly types: Identifiers;
  readonly schemas: TypeSchemas;
  readonly event: (name: string) => Event;
  readonly channel: (name: string) => Channel;
  readonly subscription: (id: string) => Subscription;
  /** Names of the runtime files that the files made so far import, without extension. */
  readonly importedRuntime: Set<string>;
}

/** Looks the model up once for all emitters. */
export function codeContext(model: Model, emit: EmitContext): CodeContext {
  const ownTypes = identifiersOf(model.types.map(({ name }) => name));
  return {
    model,
    emit,
    names: codeNames(model),
    ownTypes,
    types: new Map([...ownTypes].map(([name, id]) => [name, `types.${id}`])),
    schemas: typeSchemas(model.types),
    event: finder(model.events, ({ name }) => name),
    channel: finder(model.channels, ({ name }) => name),
    subscription: finder(model.subscriptions, ({ id }) => id),
    importedRuntime: new Set(),
  };
}

function finder<T>(
  items: readonly T[],
  key: (item: T) => string,
): (name: string) => T {
  const byKey = new Map(items.map((item) => [key(item), item]));
  return (name) => {
    const found = byKey.get(name);
    if (found === undefined) throw new Error(`the model has no "${name}"`);
    return found;
  };
}

/** One TypeScript file of the project. */
export interface CodeFile {
  /** Below the project's folder: `src/generated/system.ts`. */
  readonly path: string;
  /** What the file is, in one line. */
  readonly about: string;
  readonly imports: Imports;
  /** Declarations, each ended by a line feed; they are parted by blank lines. */
  readonly body: readonly string[];
  readonly origins: readonly Pointer[];
}

/** Makes the artifact of a derived file. */
export function generatedFile(context: CodeContext, file: CodeFile): Artifact {
  return codeFile(context, file, 'overwrite');
}

/** Makes the artifact of a file that people own once it is written. */
export function appFile(context: CodeContext, file: CodeFile): Artifact {
  return codeFile(context, file, 'create-once');
}

function codeFile(
  { emit, importedRuntime }: CodeContext,
  file: CodeFile,
  policy: WritePolicy,
): Artifact {
  const template = policy === 'overwrite' ? 'code/generated.ts' : 'code/app.ts';
  const imports = file.imports.print();
  file.imports.addNames(runtimeFolder, importedRuntime);
  const content = emit.render.render(template, {
    about: file.about,
    hasImports: imports !== '',
    imports,
    body: file.body.join('\n'),
  });
  return artifact(file.path, { content, policy, origins: file.origins });
}

/** Makes an artifact of the project. */
export function artifact(
  path: string,
  file: {
    readonly content: string;
    readonly policy: WritePolicy;
    readonly origins: readonly Pointer[];
  },
): Artifact {
  return {
    path: artifactPath(projectFolder, path),
    content: file.content,
    policy: file.policy,
    isExecutable: false,
    origin: { target: 'code', pointers: file.origins },
  };
}

/** Writes a shape as an exported declaration; imports the shared types where it names one. */
export function shapeDeclaration(
  context: CodeContext,
  shape: Shape,
  as: {
    readonly identifier: string;
    readonly description: string | null;
    readonly imports: Imports;
  },
): string {
  const declared = shapeInterface(shape, {
    identifier: as.identifier,
    description: as.description,
    isExported: true,
    types: context.types,
  });
  const written = layOutDeclaration(declared);
  if (/\btypes\.\w/.test(withoutTexts(written)))
    as.imports.typesAs('src/generated/types.ts', 'types');
  return written;
}

/** Compiles the payload of one version of an event to the schema that is published for it. */
export function payloadSchema(
  context: CodeContext,
  event: Event,
  payload: Shape,
): JsonObject {
  const content = contentModelOf(event.compatibility.value);
  return shapeSchema(context.schemas, payload, content);
}

/** Makes the path of a derived file. */
export function generatedPath(...parts: readonly string[]): string {
  return `src/generated/${parts.join('/')}.ts`;
}

/** Folder of the runtime in the project. */
export const runtimeFolder = 'src/runtime/';

/** Makes the path of a runtime file. */
export function runtimePath(name: string): string {
  return `${runtimeFolder}${name}.ts`;
}

/** Makes the path of a file that people own. */
export function appPath(...parts: readonly string[]): string {
  return `src/app/${parts.join('/')}.ts`;
}
