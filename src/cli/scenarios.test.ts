// Command lines and what they print: `fixtures/cli/scenarios/*.scenario`, with the output beside each.
// A scenario: `$ arguments`, `< a line of standard input`, `exit code`.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HostError } from '../core/host.ts';
import { fixturePath, readFixture } from '../testing/load-model.ts';
import { runCli, type CliResult } from '../testing/run-cli.ts';
import { run } from './main.ts';

interface Scenario {
  readonly argv: readonly string[];
  readonly input: string;
  readonly code: number;
}

function readScenario(name: string): Scenario {
  const lines = readFixture('cli', 'scenarios', name).trimEnd().split('\n');
  const after = (mark: string): readonly string[] =>
    lines
      .filter((line) => line.startsWith(mark))
      .map((line) => line.slice(mark.length).trimStart());
  return {
    argv: (after('$')[0] ?? '').split(' ').filter((word) => word !== ''),
    input: after('<').join('\n'),
    code: Number(after('exit')[0]),
  };
}

const told = ({ code, out, err }: CliResult): string =>
  `exit ${code}\n--- stdout\n${out}--- stderr\n${err}`;

const names = readdirSync(fixturePath('cli', 'scenarios')).filter((name) =>
  name.endsWith('.scenario'),
);

describe('the command line', () => {
  it.each(names)('answers as written: %s', async (name) => {
    const { argv, input, code } = readScenario(name);
    const result = await runCli(argv, { input });
    expect(result.code).toBe(code);
    await expect(told(result)).toMatchFileSnapshot(
      fixturePath('cli', 'scenarios', name.replace('.scenario', '.out')),
    );
  });

  it('paints on a terminal, and not when NO_COLOR is set', async () => {
    const argv = ['validate', fixturePath('specs', 'absent-of-errors.yaml')];
    const spec = ['validate', '-'];
    const input = 'eventArch: 2\n';
    const painted = await runCli(spec, { input, isOutTty: true });
    const plain = await runCli(spec, {
      input,
      isOutTty: true,
      env: { NO_COLOR: '1' },
    });
    expect(painted.out).toContain('\u001b[31m');
    expect(plain.out).not.toContain('\u001b[');
    expect((await runCli(argv)).code).toBe(2);
  });

  it('tells a fault of its own with what to report, and ends with 3', async () => {
    let err = '';
    const code = await run(['validate', '-'], {
      out: () => undefined,
      err: (text) => {
        err += text;
      },
      isOutTty: false,
      isErrTty: false,
      isInTty: false,
      env: {},
      readInput: () => Promise.reject(new Error('injected')),
    });
    expect(code).toBe(3);
    expect(err).toContain('This is a bug in event-arch');
    expect(err).toContain('injected');
  });

  it('ends with 2 when the outside fails', async () => {
    const result = await runCli(['validate', '-'], {
      readInput: () => Promise.reject(new HostError('cannot read it')),
    });
    expect([result.code, result.err]).toEqual([
      2,
      'event-arch: cannot read it\n',
    ]);
  });
});
