// The files around the code: package, compiler settings, README.
import type { Artifact } from '../../core/artifact.ts';
import { kebabCase } from '../../core/text.ts';
import { stringifyJson } from '../../render/stringify.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Model } from '../../model/model.ts';
import { rebuildSources } from '../../model/stored-events.ts';
import { brokerCode } from './broker-code.ts';
import { artifact, type CodeContext } from './code-context.ts';
import { eventStorePackages, hasEventLog } from './event-log.ts';
import { ownProjections } from './projections.ts';
import { ownServices, usedFeatures } from './services.ts';

/** Versions that were tried together; people raise them in their own package.json. */
const packages = {
  '@opentelemetry/api': '1.10.0',
  ajv: '8.20.0',
  'ajv-formats': '3.0.1',
} as const;

const databasePackages = {
  '@electric-sql/pglite': '0.5.16',
  pg: '8.23.1',
} as const;

const databaseDevPackages = { '@types/pg': '8.23.1' } as const;

const devPackages = {
  '@types/node': '20.19.43',
  prettier: '3.10.1',
  typescript: '6.0.3',
} as const;

/** Emits the files that are not code. */
export function emitProject(context: CodeContext): readonly Artifact[] {
  const origins = ['/name'];
  const project = context.emit.render.files('code/project');
  const owned = (path: string, content: string): Artifact =>
    artifact(path, { content, policy: 'create-once', origins });
  return [
    // People add packages and scripts, so it is theirs once it is there; what a new spec needs more, the README lists.
    owned('package.json', stringifyJson(packageJson(context))),
    owned('tsconfig.json', project.get('tsconfig.json') ?? ''),
    owned('.gitignore', 'node_modules\ndist\n'),
    owned('.prettierrc.json', stringifyJson({ singleQuote: true })),
    owned('.npmrc', 'fund=false\naudit=false\n'),
    artifact('README.md', {
      content: readme(context),
      policy: 'overwrite',
      origins,
    }),
  ];
}

function packageJson(
  context: CodeContext,
): Parameters<typeof stringifyJson>[0] {
  const { model } = context;
  const features = usedFeatures(context);
  return {
    name: kebabCase(model.name),
    version: '0.1.0',
    private: true,
    ...(model.description !== null && { description: model.description }),
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: {
      build: 'tsc',
      prestart: 'npm run -s build',
      start: 'node dist/main.js',
      replay: 'npm run -s build && node dist/main.js replay',
      ...(features.has('rebuilds') && {
        rebuild: 'npm run -s build && node dist/main.js rebuild',
      }),
      pretest: 'npm run -s build',
      test: 'cd dist && node --test',
      format: 'prettier --write .',
    },
    dependencies: dependenciesOf(context),
    devDependencies: sorted({
      ...devPackages,
      ...(features.has('database') && databaseDevPackages),
    }),
  };
}

function dependenciesOf(
  context: CodeContext,
): Readonly<Record<string, string>> {
  const { model } = context;
  return sorted({
    ...packages,
    ...(usedFeatures(context).has('database') && databasePackages),
    ...brokerCode(model.broker.kind).packages(model),
    ...eventStorePackages(model),
  });
}

function sorted(
  versions: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(versions).toSorted(([left], [right]) =>
      left < right ? -1 : 1,
    ),
  );
}

function readme(context: CodeContext): string {
  const { model, emit } = context;
  const code = brokerCode(model.broker.kind);
  const features = usedFeatures(context);
  return emit.render.render(`code/readme.${model.locale}.md`, {
    title: model.name,
    brokers: code.choices,
    isKafka: code.name === 'kafka',
    hasKafkajs: 'kafkajs' in code.packages(model),
    isRabbit: code.name === 'rabbitmq',
    packages: Object.keys(dependenciesOf(context)),
    hasDatabase: features.has('database'),
    rebuilt: ownProjections(context)
      .filter((one) => rebuildSources(model, one).length > 0)
      .map(({ name }) => name),
    untransacted: untransactedServices(model),
    hasSagas: model.sagas.length > 0,
    hasEventLog: hasEventLog(model),
    services: ownServices(context).map(({ name }) => ({ name })),
  });
}

/** Lists the services for which exactly-once needs a transaction of the broker that the code does not open. */
function untransactedServices(model: Model): readonly string[] {
  const { weakened, subscriptions } = gatherFacts(model);
  const flows = (weakened().get('untransacted') ?? []).flatMap(
    (one) => one.flows,
  );
  return [
    ...new Set(
      flows.flatMap(
        ({ subscription }) =>
          subscriptions().get(subscription ?? '')?.service ?? [],
      ),
    ),
  ];
}
