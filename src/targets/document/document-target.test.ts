import { readdirSync } from 'node:fs';
import MarkdownIt from 'markdown-it';
import * as ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../core/artifact.ts';
import type { Model } from '../../model/model.ts';
import {
  brokerNamed,
  checkText,
  fixturePath,
  loadModel,
} from '../../testing/load-model.ts';
import { ownRenderer } from '../../testing/own-templates.ts';
import { hostileFragments } from '../../testing/hostile-text.ts';
import { documentTarget } from './document-target.ts';

const markdown = new MarkdownIt({ html: true });
const render = ownRenderer();

function documentsOf(model: Model): readonly Artifact[] {
  return [
    ...documentTarget.emit(model, {
      render,
      broker: brokerNamed(model.broker.kind),
      findings: [],
      toolVersion: '0.0.0',
    }),
  ];
}

const cases = (['kafka', 'rabbitmq'] as const).flatMap((broker) =>
  (['en', 'fr'] as const).map((locale) => ({ broker, locale })),
);

const shop = (broker: string, locale: 'en' | 'fr'): readonly Artifact[] =>
  documentsOf({ ...loadModel('shop', broker), locale });

const rowsOf = (text: string): readonly (readonly number[])[] => {
  const tables: number[][] = [];
  for (const token of markdown.parse(text, {})) {
    if (token.type === 'table_open') tables.push([]);
    if (token.type === 'tr_open') tables.at(-1)?.push(0);
    if (token.type === 'td_open' || token.type === 'th_open')
      tables.at(-1)?.push((tables.at(-1)?.pop() ?? 0) + 1);
  }
  return tables;
};

/** Raw `|` of each table line, to see what a lenient parser would pad or cut. */
const pipesOf = (text: string): readonly (readonly number[])[] =>
  text
    .replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, '')
    .split(/\n{2,}/)
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
    .filter((lines) => lines.length > 0)
    .map((lines) =>
      lines.map((line) => line.replaceAll(/\\./g, '').split('|').length),
    );

const fencesOf = (text: string, language: string): readonly string[] =>
  markdown
    .parse(text, {})
    .filter((token) => token.type === 'fence' && token.info === language)
    .map((token) => token.content);

function typeErrors(source: string): readonly string[] {
  const name = 'document.ts';
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    types: [],
    lib: ['lib.es5.d.ts'],
  };
  const host = ts.createCompilerHost(options);
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.ES2023, true);
  const found = ts.createProgram([name], options, {
    ...host,
    getSourceFile: (path, target) =>
      path === name ? file : host.getSourceFile(path, target),
  });
  return ts
    .getPreEmitDiagnostics(found)
    .map((one) => ts.flattenDiagnosticMessageText(one.messageText, '\n'));
}

const named = (artifacts: readonly Artifact[], path: string): string => {
  const found = artifacts.find((artifact) => artifact.path === path);
  if (found === undefined) throw new Error(`no ${path}`);
  return found.content;
};

const headings = (text: string, level: number): readonly string[] =>
  markdown
    .parse(text, {})
    .flatMap((token, index, all) =>
      token.type === 'heading_open' && token.tag === `h${level}`
        ? [all[index + 1]?.content ?? '']
        : [],
    );

describe.each(cases)('the shop on $broker in $locale', ({ broker, locale }) => {
  const artifacts = shop(broker, locale);
  const folder = fixturePath('targets', 'document', `shop-${broker}-${locale}`);

  it('matches its golden folder, with no file missing or extra', async () => {
    for (const { path, content } of artifacts)
      await expect(content).toMatchFileSnapshot(`${folder}/${path}`);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        `${entry.parentPath}/${entry.name}`.slice(folder.length + 1),
      );
    expect(files.toSorted()).toEqual(
      artifacts.map(({ path }) => path).toSorted(),
    );
  });

  it('has tables whose rows are all as long as their head', () => {
    for (const { content } of artifacts) {
      for (const table of [...rowsOf(content), ...pipesOf(content)])
        expect(new Set(table).size).toBe(1);
    }
    expect(rowsOf(named(artifacts, 'ARCHITECTURE.md')).length).toBeGreaterThan(
      10,
    );
  });

  it('has interfaces that compile under strict', () => {
    const blocks = fencesOf(named(artifacts, 'ARCHITECTURE.md'), 'typescript');
    expect(blocks.length).toBe(15);
    expect(typeErrors(blocks.join('\n'))).toEqual([]);
  });

  it('links only to files that are generated', () => {
    const own = new Set(artifacts.map(({ path }) => path));
    for (const { path, content } of artifacts) {
      const base = new URL(path, 'file:///');
      const targets = markdown
        .parse(content, {})
        .flatMap((token) => token.children ?? [])
        .flatMap((token) => token.attrGet('href') ?? [])
        .map((href) => decodeURI(new URL(href, base).pathname).slice(1));
      const foreign = targets.filter(
        (target) => !own.has(target) && !/^(?:diagrams|events)\//.test(target),
      );
      expect(foreign).toEqual([]);
    }
  });

  it('leaves no heading without content', () => {
    for (const { content } of artifacts) {
      const tokens = markdown.parse(content, {});
      const empty = tokens.filter((token, index) => {
        const next = tokens[index + 1];
        return (
          token.type === 'heading_close' &&
          (next === undefined ||
            (next.type === 'heading_open' && next.tag <= token.tag))
        );
      });
      expect(empty).toEqual([]);
    }
  });
});

const outline = (locale: 'en' | 'fr') =>
  [1, 2, 3].map(
    (level) =>
      headings(named(shop('kafka', locale), 'ARCHITECTURE.md'), level).length,
  );

const decisionFiles = (text: string): readonly string[] => {
  const { model } = checkText(text);
  if (model === null) throw new Error('no model');
  return documentsOf(model)
    .map(({ path }) => path)
    .filter((path) => path.startsWith('decisions/'));
};

describe('ARCHITECTURE.md', () => {
  it('has the headings of the template first, in French', () => {
    const text = named(shop('kafka', 'fr'), 'ARCHITECTURE.md');
    expect(headings(text, 1)).toEqual([
      'Architecture Event-Driven - Online shop',
    ]);
    expect(headings(text, 2).slice(0, 6)).toEqual([
      "Vue d'Ensemble",
      'Événements',
      'Schema Événement',
      'Garanties',
      'Patterns Appliqués',
      'Infrastructure',
    ]);
  });

  it('has the same outline in both languages', () => {
    expect(outline('fr')).toEqual(outline('en'));
  });

  it('numbers a decision the same whatever else is decided', () => {
    const hello = `eventArch: 1
name: Hello
broker: rabbitmq
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers:
  orders: { publishes: [order.created], outbox: OUTBOX }
consumers:
  inventory: [order.created]
`;
    const without = decisionFiles(hello.replace('OUTBOX', 'false'));
    expect(without).toContain('decisions/0002-delivery.md');
    expect(without).not.toContain('decisions/0010-outbox.md');
    expect(decisionFiles(hello.replace('OUTBOX', 'true'))).toEqual(
      [...without, 'decisions/0010-outbox.md'].toSorted(),
    );
  });

  it('keeps its outline and tables when every free text is hostile', () => {
    const plainModel = loadModel('shop');
    const hostile = hostileFragments.join(' ');
    const model: Model = {
      ...plainModel,
      name: hostile,
      description: hostile,
      context: { ...plainModel.context, needs: [hostile, hostile] },
      services: plainModel.services.map((one) => ({
        ...one,
        description: hostile,
        owner: hostile,
        context: hostile,
        database: hostile,
      })),
      events: plainModel.events.map((one) => ({
        ...one,
        description: hostile,
        tags: [hostile],
      })),
      sagas: plainModel.sagas.map((one) => ({ ...one, description: hostile })),
      guarantees: {
        ...plainModel.guarantees,
        delivery: {
          ...plainModel.guarantees.delivery,
          because: hostile,
        },
      },
    };
    const artifacts = documentsOf(model);
    const text = named(artifacts, 'ARCHITECTURE.md');
    expect(headings(text, 2)).toEqual(
      headings(named(documentsOf(plainModel), 'ARCHITECTURE.md'), 2),
    );
    expect(rowsOf(text)).toEqual(
      rowsOf(named(documentsOf(plainModel), 'ARCHITECTURE.md')),
    );
    expect(typeErrors(fencesOf(text, 'typescript').join('\n'))).toEqual([]);
  });
});
