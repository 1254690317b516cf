// The consumers that a spec's generated code has, bundled and loaded into this process, with handlers of a test's own.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Model } from '../model/model.ts';
import { planCode, writeProject } from './generated-project.ts';

/** One message as the generated runtime hands it to a handler. */
export interface Delivered {
  readonly key: string | null;
  readonly body: string;
  readonly attempt: number;
}

export type Handler = (delivery: Delivered) => Promise<void>;

/** What tests use of the generated runtime's broker. */
export interface GeneratedBroker {
  readonly publish: (message: object) => Promise<void>;
  readonly subscribe: (
    subscription: object,
    handle: Handler,
  ) => Promise<{ readonly stop: () => Promise<void> }>;
  readonly close: () => Promise<void>;
}

/** How a service reaches its broker. */
export interface GeneratedLogin {
  readonly url: string;
  readonly clientId: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What the bundle exports; its names are those of the generated files. */
interface Bundle {
  readonly brokers: Readonly<
    Record<string, (connection: object) => Promise<GeneratedBroker>>
  >;
  readonly silentLogger: object;
  readonly PermanentError: new (message: string) => Error;
  readonly services: readonly Readonly<Record<string, unknown>>[];
}

interface ServiceDefinition {
  readonly groups: readonly {
    readonly subscription: { readonly group: string };
  }[];
}

export interface GeneratedConsumers {
  readonly connect: (login: GeneratedLogin) => Promise<GeneratedBroker>;
  /** The generated settings of a group. Throws when there is no such group. */
  readonly subscriptionOf: (group: string) => object;
  readonly permanentError: (message: string) => Error;
  readonly remove: () => void;
}

const isService = (value: unknown): value is ServiceDefinition =>
  typeof value === 'object' && value !== null && 'groups' in value;

/** Generates the code of a model and loads it, from a folder of this project, where its packages are found. */
export async function loadGeneratedConsumers(
  model: Model,
): Promise<GeneratedConsumers> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const parent = join(root, 'node_modules', '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'event-arch-consumers-'));
  const files = planCode(model);
  writeProject(folder, files);
  const services = [...files.keys()].filter((path) =>
    /^src\/generated\/services\/.*(?<!-handlers)\.ts$/.test(path),
  );
  const entry = [
    `export { brokers } from './src/generated/brokers.ts';`,
    `export { silentLogger } from './src/runtime/operations/logger.ts';`,
    `export { PermanentError } from './src/runtime/consume/errors.ts';`,
    ...services.map((path, at) => `import * as s${at} from './${path}';`),
    `export const services = [${services.map((_, at) => `s${at}`).join()}];`,
  ].join('\n');
  await build({
    stdin: { contents: entry, resolveDir: folder, loader: 'ts' },
    outdir: join(folder, 'bundle'),
    bundle: true,
    // Each client library is loaded only when it is chosen, as in the project itself.
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
  // The shape is that of the entry above.
  const bundle = (await import(
    pathToFileURL(join(folder, 'bundle', 'stdin.mjs')).href
  )) as Bundle;
  const groups = bundle.services
    .flatMap((exported) => Object.values(exported).filter(isService))
    .flatMap((service) => service.groups);
  return {
    connect: async (login) => {
      const load = bundle.brokers[model.broker.kind];
      if (load === undefined) throw new Error('the code has no such broker');
      return load({ ...login, logger: bundle.silentLogger });
    },
    subscriptionOf: (name) => {
      const found = groups.find(
        ({ subscription }) => subscription.group === name,
      );
      if (found === undefined) throw new Error(`no group ${name}`);
      return found.subscription;
    },
    permanentError: (message) => new bundle.PermanentError(message),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
