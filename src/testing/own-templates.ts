// The project's own templates and words, read from `templates/` for tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFiles } from '../host/load-templates.ts';
import { createRenderer } from '../render/create-renderer.ts';
import type { Renderer } from '../render/renderer.ts';

const folder = fileURLToPath(new URL('../../templates', import.meta.url));

/** Reads every file under `templates/`, by path. */
export function ownTemplates(): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`)
      .toSorted()
      .map((path) => [
        relative(folder, path).replaceAll('\\', '/'),
        readFileSync(path, 'utf8'),
      ]),
  );
}

/** Gives a renderer of the project's own templates and the files that are written as they are. */
export function ownRenderer(): Renderer {
  return createRenderer({
    templates: ownTemplates(),
    files: (name) => loadFiles(join(folder, name)),
  });
}
