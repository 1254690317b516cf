// Every complete example on each broker, and random specs: their projects compile strictly and pass their own tests.
// EVENT_ARCH_PROJECTS says how many random specs for each broker.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Model } from '../../model/model.ts';
import { code } from './emit.ts';
import { codePackages, linkPackages } from '../../testing/code-packages.ts';
import { compileProject } from '../../testing/compile-project.ts';
import { planCode, writeProject } from '../../testing/generated-project.ts';
import { liveFixtures } from '../../testing/live-fixtures.ts';
import {
  anyModelOf,
  checkText,
  loadModel,
  readFixture,
} from '../../testing/load-model.ts';
import { randomSpec } from '../../testing/random-spec.ts';
import {
  runProjectTests,
  type ProjectRun,
} from '../../testing/run-project-tests.ts';

const count = Number(process.env['EVENT_ARCH_PROJECTS'] ?? 6);
const brokers = ['kafka', 'rabbitmq'] as const;

let folder = '';
beforeAll(() => {
  codePackages();
  folder = mkdtempSync(join(tmpdir(), 'event-arch-projects-'));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Tests of the runtime that have passed: the files are the same in every project. */
const known = new Set<string>();

/** Compiles a project and runs those of its tests that no project before had. */
async function check(name: string, model: Model): Promise<ProjectRun> {
  const at = join(folder, name);
  const files = planCode(model);
  writeProject(at, files);
  linkPackages(at);
  expect(compileProject(at)).toEqual([]);
  const own = [...files].flatMap(([path, { content }]) =>
    path.endsWith('.test.ts') ? [content] : [],
  );
  const run = await runProjectTests({
    folder: at,
    isWanted: (test) =>
      test.startsWith('app/') ||
      !known.has(files.get(`src/${test}.ts`)?.content ?? ''),
  });
  // One that failed is run again by a second try.
  if (run.failures === '') own.forEach((content) => known.add(content));
  rmSync(at, { recursive: true, force: true });
  return run;
}

describe('generated projects', () => {
  const fixtures = liveFixtures.flatMap((spec) =>
    brokers.flatMap((broker) => {
      try {
        return [{ spec, broker, model: loadModel(spec, broker) }];
      } catch {
        return [];
      }
    }),
  );

  // Specs that are about the generated code alone.
  const special = [
    'external-event-store',
    'inherited-names',
    'joined-keys',
    'shared-field-names',
  ].flatMap((spec) =>
    brokers.map((broker) => {
      const text = readFixture('targets', 'code', `${spec}.yaml`);
      return { spec, broker, model: anyModelOf(checkText(text, broker)) };
    }),
  );

  it('are made of every example on both brokers', () => {
    expect(fixtures).toHaveLength(2 * liveFixtures.length);
  });

  it.each([...fixtures, ...special])(
    'compile and pass their tests for $spec on $broker',
    async ({ spec, broker, model }) => {
      const run = await check(`${spec.replace('/', '-')}-${broker}`, model);
      expect(run.failures).toBe('');
      expect(run.passed).toBeGreaterThan(0);
    },
    600_000,
  );

  const randoms = brokers.flatMap((broker) =>
    fc
      .sample(randomSpec(broker), { numRuns: count, seed: 20260601 })
      .map((spec) => anyModelOf(checkText(JSON.stringify(spec), broker)))
      .map((model, index) => ({ broker, index, model }))
      .filter(({ model }) => code.refuses?.(model) === null),
  );

  it('are made of most random specs', () => {
    expect(randoms.length).toBeGreaterThan(count);
  });

  it.each(randoms)(
    'compile and pass their tests for random spec $index on $broker',
    async ({ broker, index, model }) => {
      const run = await check(`random-${broker}-${index}`, model);
      expect(run.failures).toBe('');
      expect(run.passed).toBeGreaterThan(0);
    },
    600_000,
  );
});
