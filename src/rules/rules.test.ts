import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { camelCase } from '../core/text.ts';
import { nodeHost } from '../host/node-host.ts';
import { checkSpec } from '../pipeline/check-spec.ts';
import {
  brokerNamed,
  fixturePath,
  readFixture,
} from '../testing/load-model.ts';
import { reviewText, tellFindings } from '../testing/review-text.ts';
import { rules } from './index.ts';

const notRules = new Set(['index.ts', 'review-design.ts', 'rule.ts']);
const ruleFiles = readdirSync(fileURLToPath(new URL('.', import.meta.url)))
  .filter((file) => !file.endsWith('.test.ts') && !notRules.has(file))
  .map((file) => file.replace(/\.ts$/, ''));
const names = rules.map(({ name }) => name);
const folders = readdirSync(fixturePath('rules'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'specs')
  .map((entry) => entry.name);

const findingsOf = (spec: string, broker: string): string =>
  tellFindings(
    checkSpec(nodeHost(), {
      file: fixturePath('specs', `${spec}.yaml`),
      broker: brokerNamed(broker),
    }).diagnostics.filter(({ code }) => code.startsWith('rule/')),
  );

describe('the registry of rules', () => {
  it('holds every file of the folder, once, in alphabetical order', () => {
    expect(names).toEqual(ruleFiles.toSorted());
  });

  it('holds sixty rules or more, in every area', () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
    expect([...new Set(rules.map(({ area }) => area))].toSorted()).toEqual([
      'broker',
      'delivery',
      'errors',
      'idempotency',
      'naming',
      'operations',
      'ordering',
      'ownership',
      'sagas',
      'schemas',
      'security',
    ]);
  });

  it('has a folder of fixtures for each rule, and no other', () => {
    expect(folders.toSorted()).toEqual(names);
  });

  it.each(rules)('documents $name', (rule) => {
    expect(rule.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(Object.keys(rule.catalogue.entries)).toEqual([rule.name]);
    expect(rule.catalogue.stage).toBe('rule');
    expect(rule.summary).toMatch(/^[A-Z].*\.$/);
    expect(rule.hint).toMatch(/^[A-Z].*\.$/);
    expect(rule.message).not.toMatch(/[.!]$/);
    expect(rule.why.split(/\.(?: |$)/).length).toBeGreaterThanOrEqual(2);
    expect(rule.source).not.toBe('');
  });
});

describe.each(rules)('$name', (rule) => {
  const read = (file: string): string => readFixture('rules', rule.name, file);

  it('is exported under its name', async () => {
    const module: unknown = await import(`./${rule.name}.ts`);
    expect(module).toHaveProperty([camelCase(rule.name)], rule);
  });

  it('accepts the good example', () => {
    expect(reviewText(read('accepts.yaml'), [rule])).toEqual([]);
  });

  it('reports the bad example once', async () => {
    const found = reviewText(read('reports.yaml'), [rule]);
    expect(found).toHaveLength(1);
    const told = tellFindings(found);
    expect(told).not.toMatch(/\{\w+\}|undefined|""/);
    await expect(told).toMatchFileSnapshot(
      fixturePath('rules', rule.name, 'reports.expected.txt'),
    );
  });
});

describe('the complete examples', () => {
  const specs = [
    'by-context/library',
    'eshop',
    'ftgo',
    'hello',
    'shop',
    'streetlights',
    'wikimedia',
  ];
  const cases = specs.flatMap((spec) =>
    ['kafka', 'rabbitmq'].map((broker) => ({ spec, broker })),
  );
  it.each(cases)('$spec on $broker has the expected findings', async (one) => {
    const file = `${one.spec.replace('/', '-')}.${one.broker}.expected.txt`;
    await expect(findingsOf(one.spec, one.broker)).toMatchFileSnapshot(
      fixturePath('rules', 'specs', file),
    );
  });

  it('finds neither errors nor warnings in the shop', () => {
    expect(findingsOf('shop', 'kafka')).not.toMatch(/ (error|warning) \//);
    expect(findingsOf('shop', 'rabbitmq')).not.toMatch(/ (error|warning) \//);
  });
});
