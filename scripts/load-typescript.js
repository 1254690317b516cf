// TypeScript sources loaded file by file, as vitest loads them: each keeps its place, so that paths beside it hold.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** Loads a module of this repository; `close` lets go of the loader. */
export async function loadTypescript(path) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const server = await createServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  return {
    module: await server.ssrLoadModule(`${root}${path}`),
    close: () => server.close(),
  };
}
