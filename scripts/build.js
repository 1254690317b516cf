// Bundles the command line: one small entry, a chunk for each thing that is loaded on demand, and for modules that few
// runs need a file of their own that is required at the first call. The sources know nothing of it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileValidators } from './compile-validators.js';
import { loadSource } from './load-source.js';
import { writeTypes } from './write-types.js';
import { bundledPackages, thirdPartyNotices } from './third-party-notices.js';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(resolve(root, 'dist'), { recursive: true, force: true });

/** With `--dev` names and lines stay as they are, and source maps lie beside. */
const isForDebugger = process.argv.includes('--dev');

/** Modules that only some runs need; they export functions alone. */
const lazyModules = [
  'src/cli/reporters/fingerprint.ts',
  'src/compat/check-readable.ts',
  'src/host/find-files.ts',
  'src/schema/config-errors.ts',
  'src/schema/payload-validator.ts',
  'src/schema/spec-errors.ts',
  'src/syntax/parse-source.ts',
];

const compiled = await compileValidators(root);
const precompiledValidators = {
  name: 'precompiled-validators',
  setup(bundler) {
    const filter =
      /[\\/]schema[\\/](?:spec-validator|spec-errors|config-errors)\.ts$/;
    bundler.onLoad({ filter }, ({ path }) => ({
      contents: compiled[basename(path)],
      loader: 'js',
      resolveDir: root,
    }));
  },
};

/** Loaded on demand from the installed packages: prompts need a terminal, and the rest are optional peers. */
const external = [
  'inquirer',
  '@inquirer/*',
  '@mermaid-js/mermaid-cli',
  'puppeteer',
  'puppeteer-core',
  '@sparticuz/chromium',
  'kafkajs',
];

/** Commander loads this for executable subcommands, which we have none of. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup(bundler) {
    bundler.onResolve(
      { filter: /^(?:node:)?child_process$/ },
      ({ importer }) =>
        /[\\/]commander[\\/]/.test(importer)
          ? { path: 'child_process', namespace: 'absent' }
          : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({
      contents: 'module.exports = {};',
    }));
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: !isForDebugger,
  sourcemap: isForDebugger,
  legalComments: 'none',
  metafile: true,
  external,
  logLevel: 'warning',
};

const metafiles = [];

/** Bundles a lazy module, and gives the stub that takes its place. */
async function lazyStub(path) {
  const name = basename(path, '.ts');
  const options = { ...shared, entryPoints: { [name]: path }, outdir: 'dist' };
  const { metafile } = await build({
    ...options,
    format: 'esm',
    write: false,
    plugins: [precompiledValidators],
  });
  const { exports } = Object.values(metafile.outputs).find(
    ({ entryPoint }) => entryPoint !== undefined,
  );
  const written = await build({
    ...options,
    format: 'cjs',
    // A library may ask where it lies, which CommonJS says in other words.
    define: { 'import.meta.url': 'importMetaUrl$' },
    banner: {
      js: "const importMetaUrl$=require('node:url').pathToFileURL(__filename).href;",
    },
    outExtension: { '.js': '.cjs' },
    plugins: [precompiledValidators],
  });
  metafiles.push(written.metafile);
  const functions = exports.map(
    (exported) =>
      `export function ${exported}(...args) { return load('./${name}.cjs').${exported}(...args); }`,
  );
  return `import { createRequire } from 'node:module';
const load = createRequire(import.meta.url);
${functions.join('\n')}
`;
}

const stubs = new Map();
for (const path of lazyModules) {
  stubs.set(resolve(root, path), await lazyStub(path));
}
const lazyStubs = {
  name: 'lazy-stubs',
  setup(bundler) {
    bundler.onLoad({ filter: /\.ts$/ }, ({ path }) =>
      stubs.has(path) ? { contents: stubs.get(path), loader: 'js' } : undefined,
    );
  },
};

const bundled = (more, plugins) =>
  build({
    ...shared,
    entryPoints: {
      cli: 'src/cli/entry.ts',
      'plan-worker': 'src/cli/plan-worker.ts',
    },
    outdir: 'dist',
    splitting: true,
    format: 'esm',
    // Bundled CommonJS packages ask for Node's own modules by `require`.
    banner: {
      js: "import{createRequire as requireFrom$}from'node:module';const require=requireFrom$(import.meta.url);",
    },
    plugins: [
      ...plugins,
      lazyStubs,
      precompiledValidators,
      withoutChildProcess,
    ],
    ...more,
  });

/** Bytes up to which a shared chunk costs more for being a file than for what is in it. */
const smallChunk = 8000;
/** What every start loads, and the thread that plans: they hold nothing that only some commands need. */
const apartFromIt = [
  'src/cli/entry.ts',
  'src/cli/plan-worker.ts',
  'src/cli/program.ts',
];

/**
 * The bundler makes a chunk for each combination of entries that share a module, many of a few hundred bytes. Where every
 * entry names all of those modules they make one chunk.
 */
function withOneSmallChunk({ outputs }) {
  const entries = Object.values(outputs)
    .map(({ entryPoint }) => entryPoint)
    .filter((entry) => entry !== undefined && !apartFromIt.includes(entry));
  const modules = Object.values(outputs)
    .filter(
      ({ entryPoint, bytes }) => entryPoint === undefined && bytes < smallChunk,
    )
    .flatMap(({ inputs }) => Object.keys(inputs))
    .filter((input) => input.startsWith('src/') && !entries.includes(input))
    .toSorted();
  const paths = new Set(entries.map((entry) => resolve(root, entry)));
  return {
    name: 'one-small-chunk',
    setup(bundler) {
      bundler.onLoad({ filter: /\.ts$/ }, ({ path }) =>
        paths.has(path)
          ? {
              contents: `${readFileSync(path, 'utf8')}\nexport * as small$ from 'small:modules';\n`,
              loader: 'ts',
            }
          : undefined,
      );
      bundler.onResolve({ filter: /^small:modules$/ }, () => ({
        path: 'modules',
        namespace: 'small',
      }));
      bundler.onLoad({ filter: /.*/, namespace: 'small' }, () => ({
        contents: modules
          .map(
            (module, index) =>
              `export * as m${index} from ${JSON.stringify(resolve(root, module))};`,
          )
          .join('\n'),
        loader: 'js',
        resolveDir: root,
      }));
    },
  };
}

const inPieces = await bundled({ write: false }, []);
const result = await bundled({}, [withOneSmallChunk(inPieces.metafile)]);
metafiles.push(result.metafile);
writeFileSync(
  resolve(root, 'dist/THIRD-PARTY-NOTICES.txt'),
  thirdPartyNotices(root, bundledPackages(metafiles)),
);

// What `explain` shows: the fixtures are not in the package.
const { gatherExamples } = await loadSource(
  root,
  "export * from './src/host/gather-examples.ts'",
);
writeFileSync(
  resolve(root, 'dist/examples.json'),
  `${JSON.stringify(gatherExamples(resolve(root, 'fixtures')))}\n`,
);

// The public types of own rules, and the two functions that go with them.
await build({
  ...shared,
  entryPoints: { rule: 'src/plugin/plugin.ts' },
  outdir: 'dist',
  format: 'esm',
});
writeTypes({
  source: resolve(root, 'src'),
  entry: 'plugin/plugin.ts',
  folder: resolve(root, 'dist/types'),
});
