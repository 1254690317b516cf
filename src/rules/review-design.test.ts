import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { JsonValue } from '../core/json.ts';
import type { Model } from '../model/model.ts';
import { checkText, fixturePath, readFixture } from '../testing/load-model.ts';
import { loadSpec } from '../pipeline/load-spec.ts';
import { memoryHost } from '../testing/memory-host.ts';
import { largeSpec } from '../testing/large-spec.ts';
import {
  damage,
  mark,
  randomNumbers,
  renameAll,
  shuffleEntries,
  specText,
  specValue,
} from '../testing/spec-changes.ts';
import { rules } from './index.ts';
import { reviewDesign } from './review-design.ts';

const bad = readdirSync(fixturePath('rules'))
  .filter((name) => name !== 'specs')
  .map((name) => `rules/${name}/reports`);
const complete = [
  'eshop',
  'ftgo',
  'hello',
  'shop',
  'streetlights',
  'wikimedia',
].map((name) => `specs/${name}`);
const read = (path: string): string => readFixture(`${path}.yaml`);

const modelOf = (spec: JsonValue, broker?: string): Model | null =>
  checkText(specText(spec), broker).model;

function review(spec: JsonValue, broker?: string): readonly Diagnostic[] {
  const model = modelOf(spec, broker);
  expect(model).not.toBeNull();
  return model === null ? [] : reviewDesign(model, rules);
}

/** Whether a field identifies what its event is about, only their names say; things are renamed here, and fields are not. */
const readsNoNames = ({ code }: Diagnostic): boolean =>
  code !== 'rule/recurring-correlation';

const withoutMark = (text: string): string => text.replaceAll(mark, '');
const told = ({ code, pointer, message, hint }: Diagnostic): string =>
  [code, pointer, message, hint].join(' | ');
/** A finding without the names in it, whose order and choice follow the order of the spec. */
const kind = ({ code, message, hint }: Diagnostic): string =>
  [code, message, hint]
    .join(' | ')
    .replaceAll(/"[^"]*"/g, 'X')
    .replaceAll(/X(?:(?:, | and )X)*(?: and \d+ others)?/g, 'X');

const fastest = (run: () => unknown): number => {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
};

/** What one costs in terms of the other: the least of several measurements, as other work on the machine only adds to it. */
const leastRatio = (run: () => unknown, other: () => unknown): number =>
  Math.min(
    ...Array.from({ length: 5 }, () => {
      const base = fastest(other);
      return fastest(run) / base;
    }),
  );

describe('the review of a design', () => {
  const cases = [...complete, ...bad];

  it.each(cases)(
    'finds the same in %s whatever its things are called',
    (path) => {
      const spec = specValue(read(path));
      const renamed = review(renameAll(spec));
      expect(renamed.filter(readsNoNames).map(told).map(withoutMark)).toEqual(
        review(spec).filter(readsNoNames).map(told),
      );
    },
  );

  it.each(cases)(
    'finds the same in %s whatever the order of its maps',
    (path) => {
      const spec = specValue(read(path));
      const expected = review(spec).map(kind).toSorted();
      for (const seed of [1, 2, 3]) {
        const shuffled = shuffleEntries(spec, randomNumbers(seed));
        expect(review(shuffled).map(kind).toSorted()).toEqual(expected);
      }
    },
  );

  it.each(complete)(
    'bears any part of %s missing',
    (path) => {
      const spec = specValue(read(path));
      const random = randomNumbers(7);
      const models = Array.from({ length: 40 }, (_, index) => {
        const once = damage(spec, random);
        const twice = index % 2 === 0 ? once : damage(once, random);
        return modelOf(twice, index % 3 === 0 ? 'rabbitmq' : 'kafka');
      }).filter((model) => model !== null);
      expect(models.length).toBeGreaterThan(5);
      for (const model of models) {
        for (const finding of reviewDesign(model, rules))
          expect(finding.message).not.toMatch(
            /undefined|NaN|Infinity|\[object/,
          );
      }
    },
    120_000,
  );
});

describe('the cost of a review', () => {
  it('is at most that of validating a thousand events', () => {
    const spec = largeSpec(100);
    expect(Object.keys(spec['events'] as object)).toHaveLength(1000);
    const text = specText(spec);
    const { model } = checkText(text);
    expect(model).not.toBeNull();
    if (model === null) return;
    const host = memoryHost({});
    const ratio = leastRatio(
      () => reviewDesign(model, rules),
      () => loadSpec(host, 'spec.yaml', text),
    );
    expect(ratio).toBeLessThanOrEqual(1);
  }, 120_000);

  it('grows with the model and no faster', () => {
    const [small, large] = [25, 200].map((services) =>
      modelOf(largeSpec(services)),
    );
    if (small == null || large == null) throw new Error('no model');
    const ratio = leastRatio(
      () => reviewDesign(large, rules),
      () => reviewDesign(small, rules),
    );
    // Eight times the size; a quadratic step would make it sixty-four.
    expect(ratio).toBeLessThan(24);
  }, 120_000);
});
