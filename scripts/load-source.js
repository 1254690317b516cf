// TypeScript sources, bundled and loaded by the build itself.
import { build } from 'esbuild';

/** Loads what an entry written as text exports; paths in it are relative to the root of the repository. */
export async function loadSource(root, entry) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: entry, resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(process.cwd() + '/');",
    },
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}
