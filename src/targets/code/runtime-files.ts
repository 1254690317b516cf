// The runtime files that the generated code needs: those it imports, what they import, and their tests.
import type { Artifact } from '../../core/artifact.ts';
import { brokerCode } from './broker-code.ts';
import {
  artifact,
  runtimeFolder,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import { keepUsed, type RuntimeFeatures } from './runtime-features.ts';
import { usedFeatures } from './services.ts';

/** Folder of the static files below `templates/`. */
const folder = 'code/runtime';

const importing = /(?:from|import\()\s*'(\.{1,2}\/[^']+)\.js'/g;

/** Emits the entry point and each runtime file that is reached from it or from the files made before. */
export function emitRuntime(context: CodeContext): readonly Artifact[] {
  const features = usedFeatures(context);
  const main = keepUsed(
    context.emit.render.files('code/project').get('main.ts') ?? '',
    features,
  );
  const texts = reachedFrom(
    context,
    [...context.importedRuntime, ...importedBy('src/main.ts', main)],
    features,
  );
  const overwrite = (path: string, content: string): Artifact =>
    artifact(path, { content, policy: 'overwrite', origins: ['/name'] });
  return [
    overwrite('src/main.ts', main),
    ...[...texts].map(([name, text]) => overwrite(runtimePath(name), text)),
  ];
}

/** Gives the texts of the runtime files that are imported, by these or by one another, and of their tests. */
function reachedFrom(
  context: CodeContext,
  imported: readonly string[],
  features: RuntimeFeatures,
): ReadonlyMap<string, string> {
  const files = context.emit.render.files(folder);
  const reached = new Set(imported);
  for (const name of brokerCode(context.model.broker.kind).tests)
    reached.add(name);
  const texts = new Map<string, string>();
  // A set visits what is added while it is walked.
  for (const name of reached) {
    const whole = files.get(`${name}.ts`);
    if (whole === undefined)
      throw new Error(`the runtime has no file "${name}.ts"`);
    const text = keepUsed(whole, features);
    texts.set(name, text);
    for (const next of importedBy(runtimePath(name), text)) reached.add(next);
    if (files.has(`${name}.test.ts`)) reached.add(`${name}.test`);
  }
  return texts;
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
    const name = runtimeName(steps.join('/'));
    return name === null ? [] : [name];
  });
}

/** Names a runtime file by its path without extension; null for any other file. */
function runtimeName(path: string): string | null {
  return path.startsWith(runtimeFolder)
    ? path.slice(runtimeFolder.length)
    : null;
}
