import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Model } from '../model/model.ts';
import { fixturePath, loadModel } from '../testing/load-model.ts';
import { loadMermaid, refusedDiagrams } from '../testing/mermaid.ts';
import { randomModel } from '../testing/random-model.ts';
import { testRenderer } from '../testing/test-renderer.ts';
import { renderDiagram } from './diagram.ts';
import { diagramTexts, planDiagrams } from './plan-diagrams.ts';

const render = testRenderer('diagrams');
const specs = readdirSync(fixturePath('specs'))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

let mermaid: Awaited<ReturnType<typeof loadMermaid>>;
beforeAll(async () => {
  mermaid = await loadMermaid();
});

const eventsAt = (place: number): readonly string[] =>
  ['created', 'changed'].map((verb) => `thing-${place}.${verb}`);

/** A system of `count` services in six contexts, each publishing two events that its neighbours consume. */
function manyServices(base: Model, count: number): Model {
  const [service] = base.services;
  const [event] = base.events;
  const [channel] = base.channels;
  const [publication] = base.publications;
  const [group] = base.groups;
  const [subscription] = base.subscriptions;
  if (!service || !event || !channel || !publication)
    throw new Error('the base model is empty');
  if (!group || !subscription) throw new Error('the base model is empty');
  const places = Array.from({ length: count }, (_, place) => place);
  const nameAt = (place: number): string => `service-${place % count}`;
  return {
    ...base,
    services: places.map((place) => ({
      ...service,
      name: nameAt(place),
      context: `context-${Math.floor(place / 5)}`,
    })),
    events: places.flatMap((place) =>
      eventsAt(place).map((name) => ({ ...event, name, channel: name })),
    ),
    channels: places.flatMap((place) =>
      eventsAt(place).map((name) => ({ ...channel, name, events: [name] })),
    ),
    publications: places.flatMap((place) =>
      eventsAt(place).map((name) => ({
        ...publication,
        service: nameAt(place),
        event: name,
      })),
    ),
    groups: places.flatMap((place) =>
      eventsAt(place).map((name) => ({
        ...group,
        name: `${nameAt(place + 3)}.${name}`,
        service: nameAt(place + 3),
        channels: [name],
        events: [name],
        subscriptions: [`${name}/${place}`],
      })),
    ),
    subscriptions: places.flatMap((place) =>
      eventsAt(place).map((name) => ({
        ...subscription,
        id: `${name}/${place}`,
        service: nameAt(place + 3),
        group: `${nameAt(place + 3)}.${name}`,
        pattern: name,
        events: [name],
      })),
    ),
    flows: [],
    aggregates: [],
    projections: [],
    queries: [],
    sagas: [],
    requests: [],
  };
}

describe('planDiagrams', () => {
  it.each(specs)('draws only what Mermaid reads for %s', async (spec) => {
    const texts = diagramTexts(loadModel(spec), render);
    expect(texts.size).toBeGreaterThan(3);
    expect(await refusedDiagrams(mermaid, texts)).toEqual([]);
  });

  it.each(specs)(
    'embeds for %s what Mermaid reads, without a theme',
    async (spec) => {
      const [overview] = planDiagrams(loadModel(spec), render);
      if (overview === undefined) throw new Error('no overview');
      const text = renderDiagram(overview, render, 'embedded');
      expect(text).not.toContain('themeVariables');
      expect(text).toContain('classDef service');
      const head = text.split('---\n')[1] ?? '';
      expect(head.split('\n').length).toBeLessThan(8);
      expect(await refusedDiagrams(mermaid, new Map([[spec, text]]))).toEqual(
        [],
      );
    },
  );

  it.each(specs)('defines for %s the classes that are worn alone', (spec) => {
    const found = (text: string, pattern: RegExp): readonly string[] =>
      [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))]
        .filter((name) => name !== '')
        .toSorted();
    for (const text of diagramTexts(loadModel(spec), render).values()) {
      const worn = found(text, /^ {2}class \S+ (\w+)$/gm);
      const boxes = found(text, /:::(\w+) \{$/gm);
      expect(found(text, /^ {2}classDef (\w+) /gm)).toEqual(
        [...worn, ...boxes].toSorted(),
      );
    }
  });

  it('draws every kind of diagram for the shop', () => {
    const kinds = planDiagrams(loadModel('shop'), render).map(
      (diagram) => diagram.kind,
    );
    expect([...new Set(kinds)]).toEqual([
      'overview',
      'flow',
      'saga',
      'request',
      'state',
      'cqrs',
      'payloads',
      'event-model',
      'consumer',
    ]);
  });

  it('draws only what Mermaid reads, whatever the names', async () => {
    await fc.assert(
      fc.asyncProperty(randomModel(), async (model) => {
        const texts = diagramTexts(model, render);
        expect(await refusedDiagrams(mermaid, texts)).toEqual([]);
      }),
      { numRuns: 15, seed: 11 },
    );
  }, 240_000);

  it('gives names that are safe as files and unique when case is ignored', () => {
    fc.assert(
      fc.property(randomModel(), (model) => {
        const names = planDiagrams(model, render).map(({ name }) => name);
        expect(names.every((name) => /^[\w][\w.-]*$/.test(name))).toBe(true);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(
          names.length,
        );
      }),
      { numRuns: 60, seed: 12 },
    );
  });

  it('draws the same text twice', () => {
    const model = loadModel('shop');
    expect(diagramTexts(model, render)).toEqual(diagramTexts(model, render));
  });

  it('draws a large system as a map and one picture per context', async () => {
    const model = manyServices(loadModel('shop'), 30);
    const diagrams = planDiagrams(model, render);
    const names = diagrams.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('context-'))).toEqual(
      [0, 1, 2, 3, 4, 5].map((place) => `context-context-${place}`),
    );
    const overview = diagramTexts(model, render).get('overview') ?? '';
    expect(overview).toContain('map of bounded contexts');
    const arrows = overview.match(/-->/g) ?? [];
    expect(arrows.length).toBeGreaterThan(0);
    expect(arrows.length).toBeLessThanOrEqual(30);
    const texts = diagramTexts(model, render);
    expect(await refusedDiagrams(mermaid, texts)).toEqual([]);
  });

  it('has the same words in both languages', () => {
    const [english, french] = (['en', 'fr'] as const).map((locale) =>
      Object.keys(render.words('diagrams', locale)),
    );
    expect(french).toEqual(english);
  });
});

describe('the diagrams of the shop', () => {
  it('equal the golden files, none missing and none too many', async () => {
    const texts = diagramTexts(loadModel('shop'), render);
    const folder = fixturePath('targets', 'diagrams', 'shop', 'expected');
    for (const [name, text] of texts)
      await expect(text).toMatchFileSnapshot(`${folder}/${name}.mmd`);
    expect(readdirSync(folder).sort()).toEqual(
      [...texts.keys()].map((name) => `${name}.mmd`).sort(),
    );
    expect(readFileSync(`${folder}/overview.mmd`, 'utf8')).toContain(
      'flowchart LR',
    );
  });
});
