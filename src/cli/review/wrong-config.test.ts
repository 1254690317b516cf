// A configuration whose form is wrong: everything else that is wrong with it is told in the same run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type CliResult } from '../../testing/run-cli.ts';

let folder = '';
const write = (name: string, text: string): void =>
  writeFileSync(join(folder, name), text);
const validate = (...argv: readonly string[]): Promise<CliResult> =>
  runCli(['validate', join(folder, 'orders.yaml'), ...argv]);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-arch-wrong-config-'));
  write(
    'orders.yaml',
    `eventArch: 1
name: Orders
broker: kafka
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a configuration of a wrong form', () => {
  it('tells its codes and its baseline too', async () => {
    write(
      'event-arch.config.yaml',
      `profle: strict
rules:
  rule/missing-idempotenc: warning
  resolve/unknown-event: loud
overrides: [nothing, { rules: { missing-retry: off } }]
baseline: none.txt
`,
    );
    const { code: exit, out } = await validate('--format', 'json');
    const { diagnostics } = JSON.parse(out) as {
      readonly diagnostics: readonly Readonly<Record<string, string>>[];
    };
    expect(exit).toBe(1);
    expect(diagnostics.map((one) => [one['code'], one['pointer']])).toEqual([
      ['schema/unknown-property', '/profle'],
      ['config/unknown-rule', '/rules/rule~1missing-idempotenc'],
      ['config/fixed-level', '/rules/resolve~1unknown-event'],
      ['schema/not-allowed', '/rules/resolve~1unknown-event'],
      ['schema/wrong-type', '/overrides/0'],
      ['config/unknown-rule', '/overrides/1/rules/missing-retry'],
      ['config/no-baseline', '/baseline'],
    ]);
  });

  it.each([
    ['are open by a mistyped name', 'plugin: [./acme.mjs]', []],
    ['are of a wrong form', 'plugins: ./acme.mjs', []],
    ['cannot be used', 'plugins: [./none.mjs]\nprofle: strict', []],
    [
      'are known',
      'plugins: [./acme.mjs]\nprofle: strict',
      ['/rules/acme~1no-such-rule'],
    ],
    ['are none', 'profle: strict', ['/rules/acme~1no-such-rule']],
  ])(
    'tells the code of a plugin unless the plugins %s',
    async (_how, lines, expected) => {
      write('acme.mjs', "export const plugin = { name: 'acme', rules: [] };\n");
      const rules = 'rules: { acme/no-such-rule: off }';
      write('event-arch.config.yaml', `${lines}\n${rules}\n`);
      const { code: exit, out } = await validate('--format', 'json');
      const { diagnostics } = JSON.parse(out) as {
        readonly diagnostics: readonly Readonly<Record<string, string>>[];
      };
      expect(exit).toBe(1);
      expect(
        diagnostics
          .filter((one) => one['code'] === 'config/unknown-rule')
          .map((one) => one['pointer']),
      ).toEqual(expected);
    },
  );
});
