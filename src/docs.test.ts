// The documents of this repository tell the truth: named paths exist, and links lead somewhere.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseCLI } from 'vitest/node';
import { reporters } from './cli/reporters/index.ts';
import { namesInTable } from './testing/markdown-table.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map(
    (file) => `docs/${file}`,
  ),
].filter((file) => file.endsWith('.md') && existsSync(join(root, file)));

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8');

  it('names only paths that exist', () => {
    const named = [
      ...text.matchAll(
        /`((?:bin|src|templates|schemas|fixtures|docs|scripts)\/[\w./-]*)`/g,
      ),
    ].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const links = [
      ...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g),
    ].map(([, path = '']) => path);
    expect(
      links.filter((path) => !existsSync(join(root, dirname(page), path))),
    ).toEqual([]);
  });
});

describe('the lists of the documents', () => {
  const page = (name: string): string =>
    readFileSync(join(root, 'docs', name), 'utf8');

  it('hold every format', () => {
    expect(namesInTable(page('formats.md'), 'name').toSorted()).toEqual(
      reporters.map(({ name }) => name).toSorted(),
    );
  });

  it('hold every folder of the sources', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}/`);
    const named = namesInTable(page('architecture.md'), 'folder');
    expect(folders.filter((folder) => !named.includes(folder))).toEqual([]);
  });
});

describe('the commands of CONTRIBUTING.md', () => {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const commands = [...text.matchAll(/npx (vitest run [^#`\n]*)/g)].map(
    ([, command = '']) => command.trim(),
  );

  // An option without a value of its own takes the file behind it for one, and the whole suite runs.
  it.each(commands)('%s runs the test files that it names', (command) => {
    const { filter } = parseCLI(command);
    const named = command.match(/\S+\.test\.ts|<files>/g) ?? [];
    expect(named).not.toEqual([]);
    expect(filter).toEqual(named);
  });
});
