import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { checkText } from '../../../testing/load-model.ts';
import {
  bundledCli,
  itInTerminal,
  keys,
  startInTerminal,
  type TerminalRun,
} from '../../../testing/pseudo-terminal.ts';

// Inside the repository, so that the program finds its packages and assets.
const cache = fileURLToPath(new URL('../../../../.cache', import.meta.url));
let program = '';
let base = '';
let folder = '';

beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  base = mkdtempSync(join(cache, 'init-'));
  program = await bundledCli(base);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(base, 'shop-'));
});

const start = (...argv: readonly string[]): TerminalRun =>
  startInTerminal([program, 'init', ...argv], { cwd: folder });

/** Answers one question: waits for its words, then types. */
async function answer(
  run: TerminalRun,
  ...dialogue: readonly (readonly [string, string])[]
): Promise<void> {
  for (const [question, keysTyped] of dialogue) {
    await run.shows(question);
    run.type(keysTyped);
  }
}

const { enter, down, space } = keys;

const event =
  '{ name: order.created, key: id, fields: { id: uuid }, publisher: orders, consumers: [billing] }';
const allButPatterns = [
  '--name',
  'Shop',
  '--need',
  'Speed',
  '--volume',
  '1/s',
  '--broker',
  'kafka',
  '--delivery',
  'at-least-once',
  '--ordering',
  'per-key',
  '--retention',
  '7d',
  '--compatibility',
  'backward',
  '--event',
  event,
  '--idempotency',
  'inbox',
  '--outbox',
];

describe('init in a terminal', () => {
  itInTerminal(
    'asks for everything, explains each choice, and writes a spec without warnings',
    async () => {
      const run = start();
      await answer(
        run,
        ['Name of the system', `Online shop${enter}`],
        ['What is it needed for', `Decouple, Audit trail${enter}`],
        ['Volume of the whole system', `500${enter}`],
        ['Write a rate with its unit', `/s${enter}`],
        ['a partitioned log', `${down}${enter}`],
        ['a message may come twice', enter],
        ['messages of one key stay in order', enter],
        ['how long are messages kept', enter],
        ['upgrade consumers first', enter],
        ['First event', `order.created${enter}`],
        ['order.created: what is it', enter],
        [
          'order.created: fields',
          `orderId: uuid, total: number, note?: string${enter}`,
        ],
        ['which field is its key', enter],
        ['which service publishes it', `orders${enter}`],
        ['which services handle it', `billing, shipping${enter}`],
        ['Next event', enter],
        ['How do consumers bear', enter],
        ['Which patterns', `${down}${down}${space}${enter}`],
        ['which event starts a row', enter],
        ['which service keeps it', enter],
        ['name of the read model', enter],
        ['Generate the architecture now?', `n${enter}`],
      );
      const { code, shown } = await run.ended();
      expect({ code, shown }).toMatchObject({ code: 0 });
      const text = readFileSync(join(folder, 'event-arch.yaml'), 'utf8');
      const { diagnostics, model } = checkText(text);
      expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual(
        [],
      );
      expect(model?.name).toBe('Online shop');
      expect(model?.broker.kind).toBe('rabbitmq');
      expect(model?.context).toMatchObject({
        needs: ['Decouple', 'Audit trail'],
        ratePerSecond: 500,
      });
      expect(model?.groups.map(({ service }) => service)).toEqual([
        'billing',
        'shipping',
        'orders',
      ]);
      expect(model?.projections.map(({ name }) => name)).toEqual(['orders']);
      expect(readdirSync(folder).toSorted()).toEqual([
        'event-arch.schema.json',
        'event-arch.yaml',
      ]);
    },
  );

  itInTerminal('asks only for what flags leave open', async () => {
    const run = start(...allButPatterns);
    await answer(
      run,
      ['Which patterns', enter],
      ['Generate the architecture now?', `y${enter}`],
    );
    const { code } = await run.ended();
    expect(code).toBe(0);
    expect(existsSync(join(folder, 'architecture', 'ARCHITECTURE.md'))).toBe(
      true,
    );
  });

  itInTerminal('leaves nothing behind when it is broken off', async () => {
    const run = start();
    await answer(
      run,
      ['Name of the system', `Shop${enter}`],
      ['What is it needed for', keys.interrupt],
    );
    const { code, shown } = await run.ended();
    expect(code).toBe(2);
    expect(shown).toContain('event-arch: interrupted; nothing was written.');
    expect(readdirSync(folder)).toEqual([]);
  });

  itInTerminal(
    'keeps the spec when only the offer to generate is broken off',
    async () => {
      const run = start(...allButPatterns);
      await answer(
        run,
        ['Which patterns', enter],
        ['Generate the architecture now?', keys.interrupt],
      );
      const { code, shown } = await run.ended();
      expect(code).toBe(0);
      expect(shown).toContain(
        '"event-arch.yaml" is written, nothing was generated',
      );
      expect(readdirSync(folder).toSorted()).toEqual([
        'event-arch.schema.json',
        'event-arch.yaml',
      ]);
    },
  );
});
