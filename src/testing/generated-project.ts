// Generated projects for tests: planned in memory, or written to a folder.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Artifact } from '../core/artifact.ts';
import { ownRenderer } from './own-templates.ts';
import type { Model } from '../model/model.ts';
import { code } from '../targets/code/emit.ts';
import type { EmitContext } from '../targets/target.ts';
import { brokerNamed } from './load-model.ts';

/** Gives what targets are emitted with in tests: our own templates and the model's broker. */
export function emitContextFor(model: Model): EmitContext {
  return {
    render: ownRenderer(),
    broker: brokerNamed(model.broker.kind),
    findings: [],
    toolVersion: '0.0.0',
  };
}

/** Plans the code of a model: file content by path below `code/`. Throws when two files would have one path. */
export function planCode(model: Model): ReadonlyMap<string, Artifact> {
  const artifacts = [...code.emit(model, emitContextFor(model))];
  // Some file systems do not tell upper case from lower.
  const paths = artifacts.map(({ path }) => path.toLowerCase());
  const twice = paths.filter((path, index) => paths.indexOf(path) < index);
  if (twice.length > 0) throw new Error(`planned twice: ${twice.join(', ')}`);
  return new Map(
    artifacts.map((artifact) => [
      artifact.path.slice('code/'.length),
      artifact,
    ]),
  );
}

/** Writes a planned project into a folder. */
export function writeProject(
  folder: string,
  files: ReadonlyMap<string, Artifact>,
): void {
  for (const [path, { content }] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}
