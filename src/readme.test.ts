// README.md tells the truth: its commands are run, and its lists come from the registries. `npm run goldens` writes both.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { brokers } from './brokers/index.ts';
import { buildProgram } from './cli/program.ts';
import { targets } from './targets/index.ts';
import { checkText } from './testing/load-model.ts';
import { runCli } from './testing/run-cli.ts';
import { markdownTable, namesInTable } from './testing/markdown-table.ts';
import { blocksOf, withOutputs } from './testing/page-blocks.ts';

const at = (path: string): string =>
  fileURLToPath(new URL(`../${path}`, import.meta.url));
const page = readFileSync(at('README.md'), 'utf8');

const program = buildProgram(
  {
    out: () => {},
    err: () => {},
    isOutTty: false,
    isErrTty: false,
    isInTty: false,
    env: {},
    readInput: () => Promise.resolve(''),
  },
  () => {},
);

const usageOf = (command: Command): string =>
  [
    command.name(),
    ...(command.commands.length > 0 ? ['<kind>'] : []),
    ...command.registeredArguments.map((argument) => {
      const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
      return argument.required ? `<${name}>` : `[${name}]`;
    }),
  ].join(' ');

/** The options of a command; those under a heading of their own are named by it, and what takes one back is left out. */
function optionsOf(command: Command): string {
  const names = new Set(command.options.map(({ long }) => long));
  const own = command.options.filter(
    ({ helpGroupHeading, long, negate }) =>
      helpGroupHeading === undefined &&
      !(negate && names.has(long?.replace('--no-', '--'))),
  );
  const headings = new Set(
    command.options.flatMap(({ helpGroupHeading }) => helpGroupHeading ?? []),
  );
  return [
    ...own.map(({ long }) => `\`${long ?? ''}\``),
    ...[...headings].map(
      (heading) =>
        `a flag for each of its ${heading.toLowerCase().replace(':', '')}`,
    ),
    ...command.commands.map((kind) => kind.name()),
  ].join(', ');
}

const commandTable = markdownTable(
  ['command', 'does', 'options'],
  program.commands.map((command) => [
    `\`${usageOf(command)}\``,
    command.description(),
    optionsOf(command),
  ]),
);

/** The page with a list put between two marks. */
function withList(text: string, name: string, list: string): string {
  const start = `<!-- ${name} -->\n\n`;
  const end = `\n\n<!-- end of ${name} -->`;
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  expect([from, to]).not.toContain(-1);
  return `${text.slice(0, from)}${start}${list}${text.slice(to)}`;
}

describe('README.md', () => {
  it('prints what its commands print, and lists every command', async () => {
    const told = withList(page, 'commands', commandTable);
    const run = withOutputs(told, at('bin/event-arch.js'));
    await expect(run).toMatchFileSnapshot('../README.md');
  });

  it('holds specs without findings: the smallest, and one of 40 to 60 lines that shows most', () => {
    const specs = blocksOf(page).filter(({ info }) => info.includes('title='));
    expect(specs).toHaveLength(2);
    for (const { body } of specs)
      expect(checkText(body).diagnostics).toEqual([]);
    const [, whole] = specs;
    const lines = (whole?.body ?? '').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(40);
    expect(lines.length).toBeLessThanOrEqual(60);
    const shown = ['aggregates', 'environments', 'projections', 'requests'];
    for (const section of [...shown, 'queries', 'sagas'])
      expect(lines).toContainEqual(expect.stringMatching(`^${section}:`));
    expect(whole?.body).toMatch(/ volume: .* retry: /s);
  });

  it('holds a whole system that every target yields files for', async () => {
    const [, whole] = blocksOf(page).filter(({ info }) =>
      info.includes('title='),
    );
    const { code, out } = await runCli(
      ['generate', '-', '--dry-run', '-o', '/nowhere/shop'],
      { input: whole?.body ?? '' },
    );
    expect(code).toBe(0);
    const folders = ['broker', 'code', 'diagrams', 'events', 'monitoring'];
    for (const path of ['ARCHITECTURE.md', 'asyncapi.yaml', ...folders])
      expect(out).toContain(`create: /nowhere/shop/${path}`);
  });

  it('names every target and every broker', () => {
    expect(namesInTable(page, 'target (`--only`)')).toEqual(
      expect.arrayContaining(targets.map(({ name }) => name)),
    );
    for (const { name } of brokers) expect(page).toContain(`\`${name}\``);
  });

  it('names every section of the language', () => {
    const schema = JSON.parse(
      readFileSync(at('schemas/event-arch.schema.json'), 'utf8'),
    ) as { readonly properties: object };
    const sections = Object.keys(schema.properties).filter(
      (name) => name !== 'eventArch' && !name.startsWith('x-'),
    );
    expect(namesInTable(page, 'section').toSorted()).toEqual(
      sections.toSorted(),
    );
  });

  it('asks npm only for scripts that there are', () => {
    const { scripts } = JSON.parse(
      readFileSync(at('package.json'), 'utf8'),
    ) as {
      readonly scripts: object;
    };
    const asked = [...page.matchAll(/npm (?:run ([a-z][\w:]*)|(test))/g)].map(
      ([, name, test]) => name ?? test ?? '',
    );
    expect(asked.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});
