// The renderer over this repository's own templates, for tests of what is printed.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRenderer } from '../render/create-renderer.ts';
import type { Renderer } from '../render/renderer.ts';

/** Makes a renderer of the templates in one folder under `templates/`. */
export function testRenderer(target: string): Renderer {
  const folder = fileURLToPath(
    new URL(`../../templates/${target}/`, import.meta.url),
  );
  const templates = new Map(
    readdirSync(folder).map((file) => [
      `${target}/${file}`,
      readFileSync(`${folder}${file}`, 'utf8'),
    ]),
  );
  return createRenderer({ templates });
}
