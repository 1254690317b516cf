// What the target promises without a compiler: agreement with the published schemas, whose files are whose, nothing unused.
import { describe, expect, it } from 'vitest';
import prettier from 'prettier';
import ts from 'typescript';
import type { JsonObject } from '../../core/json.ts';
import type { Model } from '../../model/model.ts';
import { planArtifacts } from '../../pipeline/plan-artifacts.ts';
import { emitContextFor, planCode } from '../../testing/generated-project.ts';
import {
  checkText,
  loadModel,
  modelOf,
  readFixture,
} from '../../testing/load-model.ts';
import { platformaticShop } from '../../testing/platformatic-shop.ts';
import { ownRenderer } from '../../testing/own-templates.ts';
import { eventSchemas } from '../event-schemas/emit.ts';

const specs = [
  ['shop', 'kafka'],
  ['shop', 'rabbitmq'],
  ['eshop', 'rabbitmq'],
  ['ftgo', 'kafka'],
  ['hello', 'rabbitmq'],
  ['streetlights', 'kafka'],
  ['wikimedia', 'kafka'],
  ['by-context/library', 'rabbitmq'],
] as const;

describe('code', () => {
  it.each(specs)('is formatted for %s on %s', async (spec, broker) => {
    const files = [...planCode(loadModel(spec, broker))];
    const unstable: string[] = [];
    for (const [path, { content }] of files) {
      if (!/\.(ts|json|md)$/.test(path)) continue;
      const options = { filepath: path, singleQuote: true };
      if (!(await prettier.check(content, options))) unstable.push(path);
    }
    expect(unstable).toEqual([]);
  });

  it('has a formatted runtime', async () => {
    const files = ownRenderer().files('code/runtime');
    expect(files.size).toBeGreaterThan(80);
    const unstable: string[] = [];
    for (const [path, content] of files) {
      const options = { filepath: path, singleQuote: true };
      if (!(await prettier.check(content, options))) unstable.push(path);
    }
    expect(unstable).toEqual([]);
  });

  it.each(specs)(
    'has no any and no syntax error for %s on %s',
    (spec, broker) => {
      for (const [path, { content }] of planCode(loadModel(spec, broker))) {
        if (!path.endsWith('.ts')) continue;
        const source = ts.createSourceFile(
          path,
          content,
          ts.ScriptTarget.ES2023,
        );
        const words: string[] = [];
        const visit = (node: ts.Node): void => {
          if (node.kind === ts.SyntaxKind.AnyKeyword) words.push(path);
          ts.forEachChild(node, visit);
        };
        visit(source);
        expect(words).toEqual([]);
      }
    },
  );

  it('validates payloads by the schemas that are published', () => {
    const model = loadModel('shop');
    const files = planCode(model);
    const published = [
      ...eventSchemas.emit(model, emitContextFor(model)),
    ].filter(({ path }) => /\.v\d+\.schema\.json$/.test(path));
    expect(published.length).toBe(model.events.length + 1);
    for (const { path, content } of published) {
      const [, name = '', version = ''] =
        /events\/(.*)\.v(\d+)\.schema/.exec(path) ?? [];
      const code = files.get(
        `src/generated/schemas/${name.replaceAll('.', '-')}.ts`,
      );
      expect(schemasIn(code?.content ?? '')[`V${version}Schema`]).toEqual(
        withoutAnnotations(JSON.parse(content) as JsonObject),
      );
    }
  });

  it('leaves to people what is under src/app, package.json and the settings, and nothing else', () => {
    const owned = [...planCode(loadModel('shop'))]
      .filter(([, { policy }]) => policy === 'create-once')
      .map(([path]) => path)
      .filter((path) => !path.startsWith('src/app/'));
    expect(owned).toEqual([
      'package.json',
      'tsconfig.json',
      '.gitignore',
      '.prettierrc.json',
      '.npmrc',
    ]);
  });

  it.each([
    ['hello', 'rabbitmq'],
    ['shop', 'kafka'],
    ['ftgo', 'kafka'],
  ] as const)('lists the runtime files of %s on %s', (spec, broker) => {
    const paths = [...planCode(loadModel(spec, broker)).keys()]
      .filter((path) => path.startsWith('src/runtime/'))
      .map((path) => path.slice('src/runtime/'.length));
    expect(paths.toSorted()).toMatchSnapshot();
  });

  it('names nothing in hello that hello does not use', () => {
    const files = [...planCode(loadModel('hello', 'rabbitmq'))];
    const lines = files.flatMap(([path, { content }]) =>
      content.split('\n').map((line) => `${path}: ${line}`),
    );
    const unused =
      /\bSql\b|database(?!, so)|DATABASE_|pglite|'pg'|migrat|inbox|outbox|\brelay\b|saga|projection|rebuild|snapshot|kafkajs|platformatic|KAFKA_|RequestBus|responder|reply-?to|\/\/ #/i;
    expect(lines.filter((line) => unused.test(line))).toEqual([]);
    expect(files.length).toBeLessThan(60);
    expect(lines.length).toBeLessThan(4100);
  });

  it('brings the client of Kafka that the spec chooses, and no other', () => {
    const mentioning = (model: Model, client: string): readonly string[] =>
      [...planCode(model)].flatMap(([path, { content }]) =>
        content.includes(client) ? [path] : [],
      );
    const library = '@platformatic/kafka';
    const usual = loadModel('shop', 'kafka');
    expect(mentioning(platformaticShop(), 'kafkajs')).toEqual([]);
    expect(mentioning(platformaticShop(), library)).toContain('package.json');
    expect(mentioning(usual, library)).toEqual(['README.md']);
    expect(mentioning(usual, 'kafkajs')).toContain('package.json');
  });

  it('brings the client of KurrentDB where the events are there, and only then', () => {
    const text = readFixture('specs', 'shop.yaml');
    const kurrent = planCode(
      modelOf(
        checkText(text.replace('kind: postgresql }', 'kind: kurrentdb }')),
      ),
    );
    const client = '@kurrent/kurrentdb-client';
    expect(kurrent.get('package.json')?.content).toContain(client);
    expect(kurrent.has('src/runtime/kurrentdb/kurrent-event-log.ts')).toBe(
      true,
    );
    expect(kurrent.get('README.md')?.content).toContain(
      'tested against a simulated server\nonly',
    );
    const postgres = planCode(modelOf(checkText(text)));
    expect(postgres.get('package.json')?.content).not.toContain(client);
    expect([...postgres.keys()].join()).not.toContain('event-log');
  });

  it('refuses to keep the events of aggregates in the broker, and says why', () => {
    const text = readFixture('specs', 'shop.yaml').replace(
      'kind: postgresql }',
      'kind: broker }',
    );
    const model = modelOf(checkText(text));
    const planned = planArtifacts(
      model,
      emitContextFor(model),
      new Set(['code']),
    );
    expect(planned.value?.artifacts).toEqual([]);
    expect(
      planned.diagnostics.map(({ code, message }) => [code, message]),
    ).toEqual([
      [
        'plan/no-code',
        'no code is generated: a log in kafka takes no expected version, so two commands at once on one aggregate would both be accepted, and it cannot be read by aggregate; choose "postgresql" or "kurrentdb" as the event store',
      ],
    ]);
  });
});

/** Runs the declarations of a schema file, and gives them by the end of their names. */
function schemasIn(content: string): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(content, {
    compilerOptions: { module: ts.ModuleKind.CommonJS },
  });
  const exported: Record<string, unknown> = {};
  new Function('exports', outputText)(exported);
  return Object.fromEntries(
    Object.entries(exported).map(([name, value]) => [
      /(V\d+|Headers)Schema$/.exec(name)?.[0] ?? name,
      value,
    ]),
  );
}

function withoutAnnotations(schema: JsonObject): JsonObject {
  const names = [
    '$schema',
    '$id',
    '$comment',
    'title',
    'description',
    'deprecated',
    'examples',
  ];
  return Object.fromEntries(
    Object.entries(schema).filter(([name]) => !names.includes(name)),
  );
}
