import { tmpdir } from 'node:os';
import { expect } from 'vitest';
import {
  itInTerminal,
  startInTerminal,
  type TerminalRun,
} from './pseudo-terminal.ts';

/** Shows a text at once, and another when something is typed. */
const started = (first: string, second: string): TerminalRun =>
  startInTerminal(
    [
      '-e',
      `process.stdout.write(${JSON.stringify(first)});
      process.stdin.once('data', () => { console.log(${JSON.stringify(second)}); process.exit(); });`,
    ],
    { cwd: tmpdir() },
  );

itInTerminal('sees each of two texts that are shown at once', async () => {
  const run = started('what changes. Go on?', 'done');
  await run.shows('what changes');
  await run.shows('Go on?');
  run.type('y\r');
  await run.shows('done');
  expect((await run.ended()).code).toBe(0);
});

itInTerminal('waits for a text that comes again', async () => {
  const run = started('Name? Name?', 'Name? the second');
  await run.shows('Name?');
  run.type('x\r');
  await run.shows('Name?');
  expect((await run.ended()).shown).toContain('the second');
});
