// The licences of the packages whose code is in the bundle, as one text.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const packagePattern =
  /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/;

/** Finds the folders of the packages among the inputs of esbuild's metafiles, sorted. */
export function bundledPackages(metafiles) {
  const folders = metafiles
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((path) => packagePattern.exec(path)?.[0] ?? []);
  return [...new Set(folders)].toSorted((left, right) =>
    left < right ? -1 : 1,
  );
}

/** Writes the notices of packages given by their folders. Throws: `Error` for a package without a licence text. */
export function thirdPartyNotices(root, folders) {
  const notices = folders.map((folder) => {
    const read = (name) => readFileSync(join(root, folder, name), 'utf8');
    const { name, version, license } = JSON.parse(read('package.json'));
    const files = readdirSync(join(root, folder))
      .filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file))
      .sort();
    if (files.length === 0) throw new Error(`${name} has no licence file`);
    const texts = files.map((file) => read(file).replaceAll('\r\n', '\n'));
    const head = `${name} ${version} (${license})`;
    const body = texts.map((text) => text.trim()).join('\n\n');
    return `${head}\n${'-'.repeat(head.length)}\n\n${body}\n`;
  });
  return `The files under dist/ hold code of these packages.\n\n${notices.join('\n\n')}`;
}
