// The commands of a review, from a folder on disk: what they print where, and what they write.
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixturePath, readFixture } from '../../testing/load-model.ts';
import { runCli, type CliResult } from '../../testing/run-cli.ts';
import { reporters } from '../reporters/index.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const write = (name: string, text: string): void =>
  writeFileSync(at(name), text);
const validate = (...argv: readonly string[]): Promise<CliResult> =>
  runCli(['validate', at('specs/orders.yaml'), ...argv]);

const spec = `eventArch: 1
name: Orders
broker: kafka
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers:
  orders: { publishes: [order.created], outbox: true }
services:
  orders: { database: postgresql, owner: team-orders }
  stock: { owner: team-stock }
consumers:
  stock: [order.created]
`;
const clean = spec.replace(
  'stock: [order.created]',
  'stock: { idempotency: natural, subscribes: [order.created] }',
);
const code = 'rule/missing-idempotency';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-arch-review-'));
});
beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(at('specs'), { recursive: true });
  mkdirSync(at('.git'));
  write('specs/orders.yaml', spec);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a configuration', () => {
  it('is found from the spec upwards', async () => {
    expect((await validate()).out).toContain(`warning ${code}`);
    write('event-arch.config.yaml', `rules: { ${code}: error }\n`);
    const { out, code: exit } = await validate();
    expect([exit, out.includes(`error ${code}`)]).toEqual([1, true]);
    expect((await validate('--no-config')).code).toBe(0);
  });

  it('is not looked for outside the repository', async () => {
    mkdirSync(at('specs/.git'));
    write('event-arch.config.yaml', `rules: { ${code}: error }\n`);
    expect((await validate()).code).toBe(0);
  });

  it('may be named, and options go before it', async () => {
    write('other.yaml', `failOn: warning\nrules: { ${code}: warning }\n`);
    const named = ['--config', at('other.yaml')];
    expect((await validate(...named)).code).toBe(1);
    expect((await validate(...named, '--fail-on', 'never')).code).toBe(0);
    expect((await validate('--config', at('none.yaml'))).code).toBe(2);
  });

  it('holds for generate too', async () => {
    write('event-arch.config.yaml', `rules: { ${code}: error }\n`);
    const argv = ['generate', at('specs/orders.yaml'), '--dry-run'];
    expect((await runCli(argv)).code).toBe(1);
    expect((await runCli([...argv, '--no-config'])).code).toBe(0);
  });

  it('that cannot be used is told in its place, and nothing is checked', async () => {
    write('event-arch.config.yaml', 'profle: strict\n');
    const { code: exit, out } = await validate();
    expect(exit).toBe(1);
    expect(out).toContain('event-arch.config.yaml:1:1 error');
    expect(out).toContain('Did you mean "profile"?');
    expect(out).not.toContain(code);
  });

  it.each([
    [['--profile', 'stric'], 'Did you mean "strict"?'],
    [['--fail-on', 'warnin'], 'Did you mean "warning"?'],
    [['--dry-run'], '--fix'],
    [['--update-baseline'], '--baseline'],
  ])('%j is told as a wrong option', async (argv, words) => {
    const { code: exit, out, err } = await validate(...argv);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});

describe('a baseline', () => {
  const file = 'known.txt';
  const baseline = (): readonly string[] => ['--baseline', at(file)];

  it('holds back what it has been told of, and says how many', async () => {
    const written = await validate(...baseline(), '--update-baseline');
    expect(written.code).toBe(0);
    expect(written.err).toMatch(/1 entry, 1 new, 0 gone/);
    expect(read(file)).toContain(
      `\n${code} specs/orders.yaml#/consumers/stock/0\n`,
    );
    const { out } = await validate(...baseline(), '--fail-on', 'warning');
    expect(out).toContain('(1 held back by the baseline)');
  });

  it('holds when lines move, and tells when an entry is done', async () => {
    await validate(...baseline(), '--update-baseline');
    write('specs/orders.yaml', `# moved\n\n${spec}`);
    expect((await validate(...baseline())).out).toContain('No problems');
    write('specs/orders.yaml', clean);
    expect((await validate(...baseline())).out).toContain(
      'baseline/stale-entries',
    );
    await validate(...baseline(), '--update-baseline');
    expect(read(file)).not.toContain(code);
  });

  it('keeps the entries of other specs, and of rules that do not run', async () => {
    write('specs/billing.yaml', spec);
    const other = `${code} specs/billing.yaml#/consumers/stock/0`;
    const strict = 'rule/change-event specs/orders.yaml#/events/order.created';
    const gone = `${code} specs/gone.yaml#/consumers/stock/0`;
    write(file, `${other}\n${strict}\n${gone}\n`);
    await validate(...baseline(), '--update-baseline');
    expect(read(file)).toContain(other);
    expect(read(file)).toContain(strict);
    expect(read(file)).not.toContain('gone.yaml');
  });

  it('of several specs is told in one line', async () => {
    write('specs/billing.yaml', spec);
    const { err } = await validate(
      ...baseline(),
      '--update-baseline',
      at('specs/billing.yaml'),
    );
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/known\.txt: 2 entries, 2 new, 0 gone$/),
    ]);
  });

  it('that is named and missing is told', async () => {
    expect((await validate(...baseline())).code).toBe(2);
    write('event-arch.config.yaml', `baseline: ${file}\n`);
    expect((await validate()).out).toContain('config/no-baseline');
  });
});

describe('validate --fix', () => {
  const wrong = clean.replace('publishers:', 'publshers:   # who');

  it('corrects the files, tells how much on standard error, and reports what is left', async () => {
    write('specs/orders.yaml', wrong);
    const { code: exit, out, err } = await validate('--fix');
    expect(read('specs/orders.yaml')).toBe(
      wrong.replace('publshers', 'publishers'),
    );
    expect(err).toContain('1 problem corrected');
    expect([exit, out]).toEqual([
      0,
      `No problems in ${at('specs/orders.yaml')}\n`,
    ]);
    expect(readdirSync(at('specs'))).toEqual(['orders.yaml']);
  });

  it('prints a diff and writes nothing with --dry-run', async () => {
    write('specs/orders.yaml', wrong);
    const { out, err } = await validate('--fix', '--dry-run');
    expect(out).toMatch(/^--- a\//);
    expect(out).toContain('\n-publshers:   # who\n+publishers:   # who\n');
    expect(err).toContain('schema/unknown-property');
    expect(read('specs/orders.yaml')).toBe(wrong);
  });

  it('corrects an included file where the mistake stands', async () => {
    const [head = '', consumers = ''] = clean.split('consumers:');
    write('specs/orders.yaml', `include: part.yaml\n${head}`);
    write(
      'specs/part.yaml',
      `consumers:${consumers.replace('created', 'craeted')}`,
    );
    await validate('--fix');
    expect(read('specs/part.yaml')).toBe(`consumers:${consumers}`);
    expect(read('specs/orders.yaml')).toBe(`include: part.yaml\n${head}`);
  });

  it('has nothing to do on standard input', async () => {
    const { code: exit, err } = await runCli(['validate', '-', '--fix'], {
      input: wrong,
    });
    expect([exit, err]).toEqual([2, expect.stringContaining('standard input')]);
  });
});

interface SarifResult {
  readonly ruleId: string;
  readonly suppressions: readonly object[];
}

function resultsIn(text: string): readonly SarifResult[] {
  const { runs } = JSON.parse(text) as {
    readonly runs: readonly [{ readonly results: readonly SarifResult[] }];
  };
  return runs[0].results;
}

describe('the streams', () => {
  const parsed: Readonly<Record<string, (text: string) => unknown>> = {
    github: (text) => expect(text).toBe(''),
    gitlab: (text) => expect(JSON.parse(text)).toEqual([]),
    json: (text) => expect(JSON.parse(text)).toMatchObject({ diagnostics: [] }),
    junit: (text) => expect(text).toMatch(/^<\?xml[^]*<\/testsuites>\n$/),
    'code-scanning': (text) => expect(resultsIn(text)).toEqual([]),
    sarif: (text) =>
      expect(
        resultsIn(text).filter(({ suppressions }) => suppressions.length === 0),
      ).toEqual([]),
    text: (text) => expect(text).toContain('No problems'),
  };

  it.each(reporters.map(({ name }) => name))(
    'hold a valid report and nothing else when there is nothing to say: %s',
    async (name) => {
      write('specs/orders.yaml', clean);
      const { code: exit, out, err } = await validate('--format', name);
      expect([exit, err]).toEqual([0, '']);
      parsed[name]?.(out);
    },
  );

  it.each(reporters.map(({ name }) => name))(
    'hold a valid report when all is held back: %s',
    async (name) => {
      await validate('--baseline', at('known.txt'), '--update-baseline');
      const argv = ['--baseline', at('known.txt'), '--format', name];
      const { code: exit, out, err } = await validate(...argv);
      expect([exit, err]).toEqual([0, '']);
      parsed[name]?.(out);
    },
  );

  it('tell in SARIF what is held back, by what and why', async () => {
    write(
      'specs/orders.yaml',
      spec.replace(
        '  stock: [order.created]',
        `  stock: [order.created] # event-arch-ignore ${code}: a mere copy\n  orders: [order.created]`,
      ),
    );
    const argv = ['--baseline', at('known.txt')];
    await validate(...argv, '--update-baseline');
    const { out } = await validate(...argv, '--format', 'sarif');
    const artifactLocation = (file: string): object => ({
      artifactLocation: { uri: pathToFileURL(at(file)).href },
    });
    expect(
      resultsIn(out)
        .filter(({ ruleId }) => ruleId === code)
        .map(({ suppressions }) => suppressions),
    ).toEqual([
      [
        {
          kind: 'inSource',
          status: 'accepted',
          justification: 'a mere copy',
          location: {
            physicalLocation: {
              ...artifactLocation('specs/orders.yaml'),
              region: {
                startLine: 12,
                startColumn: 26,
                endLine: 12,
                endColumn: 83,
              },
            },
          },
        },
      ],
      [
        {
          kind: 'external',
          status: 'accepted',
          justification: `known to the baseline ${at('known.txt')}`,
          location: {
            physicalLocation: {
              ...artifactLocation('known.txt'),
              region: {
                startLine: 4,
                startColumn: 1,
                endLine: 4,
                endColumn: expect.any(Number) as number,
              },
            },
          },
        },
      ],
    ]);
  });

  it('hold JSON alone, whatever is written beside it', async () => {
    const argv = ['--baseline', at('known.txt'), '--update-baseline'];
    const { out, err } = await validate(...argv, '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({ summary: { baseline: 1 } });
    expect(err).toContain('1 new');
  });
});

describe('a plugin', () => {
  const argv = ['validate', fixturePath('plugin', 'orders.yaml')];

  it('reviews as the built-in rules do, and is ignored as they are', async () => {
    const { code: exit, out } = await runCli(argv);
    expect(exit).toBe(1);
    expect(out).toContain('error acme/owner-is-a-team');
    expect(out).toContain('1 error in');
    expect(out).toContain('(1 ignored by comments)');
  });

  it('is the example of the documentation, with what it prints', async () => {
    const page = readFileSync(fixturePath('..', 'docs', 'rules.md'), 'utf8');
    for (const file of ['rules/acme.mjs', 'event-arch.config.yaml'])
      expect(page).toContain(readFixture('plugin', file).trimEnd());
    const { out } = await runCli(argv);
    const told = out.replaceAll(`${fixturePath('plugin')}/`, '').trimEnd();
    expect(page).toContain(told);
  });

  it('is explained with its example', async () => {
    const config = fixturePath('plugin', 'event-arch.config.yaml');
    const { out } = await runCli([
      ...['explain', 'acme/owner-is-a-team', '--config', config],
    ]);
    expect(out).toContain('owner: jane');
    expect(out).toContain('service "orders" is owned by "jane"');
  });

  it.each([
    ['export const x = 1;', 'exports no "plugin"'],
    [
      "export const plugin = { name: 'rule', rules: [] };",
      'a stage of event-arch',
    ],
    [
      "export const plugin = { name: 'acme', rules: [{ name: 'x' }] };",
      '"summary" has to be a text',
    ],
    ["throw new Error('broken');", 'cannot be loaded: broken'],
    [
      plugin('() => { throw new TypeError("no such thing"); }'),
      'rule "acme/x" failed: TypeError: no such thing (mine.mjs:1:',
    ],
    [plugin('() => 1'), 'has to give a list'],
    [plugin('() => [{ at: "x", who: "a" }]'), 'without a place'],
    [plugin('() => [{ at: "/events" }]'), 'without a word for "{who}"'],
  ])('that is wrong is told as such: %s', async (text, words) => {
    write('event-arch.config.yaml', 'plugins: [./mine.mjs]\n');
    // A module is loaded once under one name.
    const name = `m${words.length}-${text.length}`;
    mkdirSync(at(name));
    write(`${name}/mine.mjs`, text);
    write('event-arch.config.yaml', `plugins: [./${name}/mine.mjs]\n`);
    const { code: exit, out, err } = await validate();
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(`plugin "${at(`${name}/mine.mjs`)}"`);
    expect(err).toContain(words);
    expect(err).not.toContain('bug in event-arch');
  });
});

function plugin(find: string): string {
  const words = `area: 'naming', severity: 'info', profile: 'minimal', summary: 'S.', message: '{who}', hint: 'H.', why: 'W.', source: 'S'`;
  return `export const plugin = { name: 'acme', rules: [{ name: 'x', ${words}, find: ${find} }] };`;
}
