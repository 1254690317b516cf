// The runtime files that the generated code needs: those it imports, what they import, and their tests.
import type { Artifact } from '../../core/artifact.ts';
import { brokerCode } from './broker-code.ts';
import { artifact, projectFolder, type CodeContext } from './code-context.ts';
import { keepUsed } from './runtime-features.ts';
import { usedFeatures } from './services.ts';

/** Folder of the static files below `templates/`. */
const folder = 'code/runtime';

const importing = /(?:from|import\()\s*'(\.{1,2}\/[^']+)\.js'/g;

/** Lists the runtime files that a file of the project imports, without extension. */
export function importedRuntime({
  path,
  content,
}: Pick<Artifact, 'path' | 'content'>): readonly string[] {
  return path.endsWith('.ts') ? importedBy(below(path), content) : [];
}

/** Emits the entry point and each runtime file that is reached from it or is `imported` by the rest of the project. */
export function emitRuntime(
  context: CodeContext,
  imported: ReadonlySet<string>,
): readonly Artifact[] {
  const features = usedFeatures(context);
  const texts = new Map(
    [...context.emit.render.files(folder)].map(
      ([name, content]) => [name, keepUsed(content, features)] as const,
    ),
  );
  const main = keepUsed(
    context.emit.render.files('code/project').get('main.ts') ?? '',
    features,
  );
  const reached = reachedFrom(
    context,
    [...imported, ...importedBy('src/main.ts', main)],
    texts,
  );
  const overwrite = (path: string, content: string): Artifact =>
    artifact(path, { content, policy: 'overwrite', origins: ['/name'] });
  return [
    overwrite('src/main.ts', main),
    ...[...reached].map((name) =>
      overwrite(`src/runtime/${name}.ts`, texts.get(`${name}.ts`) ?? ''),
    ),
  ];
}

const below = (path: string): string => path.slice(projectFolder.length + 1);

function reachedFrom(
  context: CodeContext,
  imported: Iterable<string>,
  texts: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const reached = new Set(imported);
  for (const name of brokerCode(context.model.broker.kind).tests)
    reached.add(name);
  // A set visits what is added while it is walked.
  for (const name of reached) {
    const content = texts.get(`${name}.ts`);
    if (content === undefined)
      throw new Error(`the runtime has no file "${name}.ts"`);
    for (const next of importedBy(`src/runtime/${name}.ts`, content))
      reached.add(next);
    if (texts.has(`${name}.test.ts`)) reached.add(`${name}.test`);
  }
  return reached;
}

/** Lists the runtime files that a file imports, without extension. */
function importedBy(path: string, content: string): readonly string[] {
  const from = path.split('/').slice(0, -1);
  return [...content.matchAll(importing)].flatMap(([, specifier = '']) => {
    const steps = [...from];
    for (const step of specifier.split('/')) {
      if (step === '..') steps.pop();
      else if (step !== '.') steps.push(step);
    }
    const target = steps.join('/');
    return target.startsWith('src/runtime/')
      ? [target.slice('src/runtime/'.length)]
      : [];
  });
}
