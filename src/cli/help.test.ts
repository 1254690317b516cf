// The help of each command names every word that its options take.
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { buildProgram } from './program.ts';

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

/** Options that take one of a few words, with what else the command needs to look at them. */
const closed: readonly (readonly string[])[] = [
  ['validate', '--format'],
  ['validate', '--fail-on'],
  ['validate', '--profile'],
  ['validate', '--broker'],
  ['generate', '--only'],
  ['generate', '--broker'],
  ['generate', '--render'],
  ['diff', '--format', '--against', 'HEAD'],
  ['diff', '--fail-on', '--against', 'HEAD'],
  ['diff', '--policy', '--against', 'HEAD'],
  ['ci', '--format'],
  ['ci', '--fail-on'],
  ['rules', '--area'],
  ['rules', '--format'],
  ['rules', '--profile'],
  ['show', '--broker'],
  ['show', '--format'],
  ['plan', '--format'],
  ['init', '--delivery'],
  ['init', '--ordering'],
  ['init', '--compatibility'],
  ['init', '--locale'],
  ['init', '--broker'],
  ['init', '--idempotency'],
];

const hello = `eventArch: 1
name: Hello
broker: rabbitmq
events: { order.created: { key: orderId, payload: { orderId: uuid } } }
`;

function helpOf(name: string): string {
  const command = program.commands.find((one) => one.name() === name);
  return command === undefined ? '' : helpText(command);
}

/** All of it, as it is printed: also what is written behind the options. */
function helpText(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text.replaceAll(/\s+/g, ' ');
}

describe('the help', () => {
  it.each(closed)('of %s names every word of %s', async (...words) => {
    const [name = '', option = '', ...more] = words;
    const spec = ['rules', 'init'].includes(name) ? [] : ['-'];
    const { code, err } = await runCli(
      [name, ...spec, option, 'nonsense', ...more],
      { input: hello },
    );
    expect(code).toBe(2);
    const taken = [
      ...err.replace(/^.*?nonsense"/s, '').matchAll(/"([\w-]+)"/g),
    ];
    expect(taken.length).toBeGreaterThan(1);
    for (const [, word = ''] of taken)
      expect(helpOf(name)).toMatch(new RegExp(`\\b${word}\\b`));
  });
});
