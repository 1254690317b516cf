// Shapes that few specs have all of: their project compiles strictly, keeps its layout, and passes its own tests.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codePackages, linkPackages } from '../../testing/code-packages.ts';
import { compileProject } from '../../testing/compile-project.ts';
import { planCode, writeProject } from '../../testing/generated-project.ts';
import { checkText, modelOf, readFixture } from '../../testing/load-model.ts';
import { runProjectTests } from '../../testing/run-project-tests.ts';

const specs = ['shapes'];
const brokers = ['kafka', 'rabbitmq'] as const;

let folder = '';
beforeAll(() => {
  codePackages();
  folder = mkdtempSync(join(tmpdir(), 'event-arch-shapes-'));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the generated project', () => {
  it.each(specs.flatMap((spec) => brokers.map((broker) => ({ spec, broker }))))(
    'compiles and passes its tests for $spec on $broker',
    async ({ spec, broker }) => {
      const text = readFixture('targets', 'code', `${spec}.yaml`);
      const at = join(folder, `${spec}-${broker}`);
      writeProject(at, planCode(modelOf(checkText(text, broker))));
      writeFileSync(
        join(at, 'src', 'app', 'headers.test.ts'),
        readFixture('targets', 'code', 'headers.test.ts'),
      );
      linkPackages(at);
      expect(compileProject(at)).toEqual([]);
      const run = await runProjectTests({
        folder: at,
        isWanted: (test) => test.startsWith('app/'),
      });
      expect(run.failures).toBe('');
      expect(run.passed).toBeGreaterThan(0);
    },
    600_000,
  );
});
