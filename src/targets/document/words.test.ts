import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../model/model.ts';
import type { Renderer } from '../../render/renderer.ts';
import {
  brokerNamed,
  fixturePath,
  loadModel,
} from '../../testing/load-model.ts';
import { ownRenderer } from '../../testing/own-templates.ts';
import { documentTarget } from './document-target.ts';

const own = ownRenderer();
const folders = [
  'document',
  'document/decisions',
  'document/kafka',
  'document/rabbitmq',
  'diagrams',
];

const keysOf = (folder: string, locale: 'en' | 'fr'): readonly string[] =>
  Object.keys(own.words(folder, locale)).toSorted();

const sources = (folder: string): string =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) =>
      readFileSync(new URL(`${folder}${file}`, import.meta.url), 'utf8'),
    )
    .join('\n');

const escape = (part: string): string =>
  part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Regular expressions of the keys that code spells: literals, and templates that begin with a literal part. */
function spelt(text: string): readonly RegExp[] {
  const literals = [...text.matchAll(/'([\w.-]+)'/g)].map(([, key]) =>
    escape(key ?? ''),
  );
  const templates = [...text.matchAll(/`([\w-]+\.[^`\n]*)`/g)].map(([, key]) =>
    (key ?? '')
      .split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/)
      .map(escape)
      .join('.+'),
  );
  return [...literals, ...templates].map(
    // Counted and kept forms are chosen by `sayCount` and `sayKept`.
    (key) => new RegExp(`^${key}(?:\\.one|\\.other|\\.kept)?$`),
  );
}

/** Keys that are looked up while documents are made, by folder. */
function lookedUp(models: readonly Model[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const render: Renderer = {
    ...own,
    words: (folder, locale) =>
      new Proxy(own.words(folder, locale), {
        get: (words, key) => {
          seen.add(`${folder}: ${String(key)}`);
          return Reflect.get(words, key) as unknown;
        },
      }),
  };
  for (const model of models)
    Array.from(
      documentTarget.emit(model, {
        render,
        broker: brokerNamed(model.broker.kind),
        findings: [],
        toolVersion: '0.0.0',
      }),
    );
  return seen;
}

/** Choices that no spec of the fixtures makes; their records are looked up by the value itself. */
function variants(model: Model): readonly Model[] {
  const { guarantees } = model;
  const choose = (change: Partial<Model['guarantees']>): Model => ({
    ...model,
    guarantees: { ...guarantees, ...change },
  });
  return [
    ...(['at-most-once', 'at-least-once', 'exactly-once'] as const).map(
      (value) => choose({ delivery: { ...guarantees.delivery, value } }),
    ),
    ...(['none', 'per-key', 'total'] as const).map((value) =>
      choose({ ordering: { ...guarantees.ordering, value } }),
    ),
    ...(['none', 'backward', 'forward', 'full'] as const).map((value) =>
      choose({ compatibility: { ...guarantees.compatibility, value } }),
    ),
    choose({ retention: { ...guarantees.retention, value: 'forever' } }),
  ];
}

describe('the words of the documents', () => {
  it.each(folders)('has the same keys in both languages in %s', (folder) => {
    expect(keysOf(folder, 'fr')).toEqual(keysOf(folder, 'en'));
    expect(keysOf(folder, 'en').length).toBeGreaterThan(20);
  });

  it.each(folders)(
    'has the same placeholders in both languages in %s',
    (folder) => {
      const placeholders = (locale: 'en' | 'fr') =>
        Object.fromEntries(
          Object.entries(own.words(folder, locale)).map(([key, text]) => [
            key,
            [...new Set(text.match(/\{=?\w+\}/g))].toSorted(),
          ]),
        );
      expect(placeholders('fr')).toEqual(placeholders('en'));
    },
  );

  it('uses every key', () => {
    const specs = readdirSync(fixturePath('specs'))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.replace('.yaml', ''));
    const models = ['kafka', 'rabbitmq'].flatMap((broker) => [
      ...specs.map((spec) => loadModel(spec, broker)),
      ...variants(loadModel('hello', broker)),
      // The last variant keeps for ever what the shop's logs keep.
      ...variants(loadModel('shop', broker)).slice(-1),
    ]);
    const seen = lookedUp(models);
    const code = spelt(
      ['./', '../../brokers/kafka/', '../../brokers/rabbitmq/']
        .map(sources)
        .join('\n'),
    );
    const unused = folders
      .filter((folder) => folder !== 'diagrams')
      .flatMap((folder) =>
        keysOf(folder, 'en')
          // The forms for one and for several of a sentence are looked up as one.
          .filter((key) => {
            const sentence = `${folder}: ${key.replace(/\.(?:one|other)$/, '')}`;
            return ![key, 'one', 'other'].some((form) =>
              seen.has(
                form === key ? `${folder}: ${key}` : `${sentence}.${form}`,
              ),
            );
          })
          .filter((key) => !code.some((pattern) => pattern.test(key)))
          .map((key) => `${folder}: ${key}`),
      );
    expect(unused).toEqual([]);
  });
});
