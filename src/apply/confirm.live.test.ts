// The question of `apply` in a real pseudo-terminal: yes, no, and Ctrl-C.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { describeWithBroker } from '../testing/brokers/describe-with-broker.ts';
import { onInstalledRabbitmq } from '../testing/brokers/rabbitmq-installation.ts';
import { readFixture } from '../testing/load-model.ts';
import {
  bundledCli,
  itInTerminal,
  keys,
  startInTerminal,
  type TerminalRun,
} from '../testing/pseudo-terminal.ts';

// Inside the repository, so that the program finds its packages and assets.
const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
describeWithBroker(
  'rabbitmq',
  'the question of apply',
  (server) => {
    let program = '';
    let folder = '';
    let spec = '';
    beforeAll(async () => {
      mkdirSync(cache, { recursive: true });
      folder = mkdtempSync(join(cache, 'apply-'));
      spec = join(folder, 'spec.yaml');
      writeFileSync(
        spec,
        onInstalledRabbitmq(readFixture('apply', 'orders.yaml')),
      );
      program = await bundledCli(folder);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const apply = (): TerminalRun =>
      startInTerminal([program, 'apply', spec, '--env', 'dev'], {
        cwd: folder,
        env: {
          RABBITMQ_URL: server().managementUrl,
          RABBITMQ_ADMIN_USER: server().admin.username,
          RABBITMQ_ADMIN_PASSWORD: server().admin.password,
          RABBITMQ_PASSWORD_ORDERS: 'orders',
          RABBITMQ_PASSWORD_SHIPPING: 'shipping',
          RABBITMQ_PASSWORD_NOTIFICATION: 'notification',
        },
      });
    const vhosts = async (): Promise<readonly string[]> => {
      const { body } = await server().management('GET', '/api/vhosts');
      return (body as readonly { readonly name: string }[])
        .map(({ name }) => name)
        .sort();
    };

    itInTerminal(
      'changes nothing after "no", and nothing after Enter alone',
      async () => {
        for (const typed of [`n${keys.enter}`, keys.enter]) {
          const run = apply();
          await run.shows('+ create vhost orders');
          await run.shows('Change ');
          run.type(typed);
          const { code, shown } = await run.ended();
          expect(code).toBe(1);
          expect(shown).toContain('nothing was changed');
        }
        expect(await vhosts()).toEqual(['/']);
      },
    );

    itInTerminal(
      'changes nothing after Ctrl-C, and shows no stack',
      async () => {
        const run = apply();
        await run.shows('Change ');
        run.type(keys.interrupt);
        const { code, shown } = await run.ended();
        expect(code).not.toBe(0);
        expect(shown).not.toMatch(/\bat .*:\d+:\d+/);
        expect(await vhosts()).toEqual(['/']);
      },
    );

    itInTerminal(
      'does what it showed after "yes", and then has nothing to ask',
      async () => {
        const run = apply();
        await run.shows('Change ');
        run.type(`y${keys.enter}`);
        await run.shows('created vhost orders');
        expect((await run.ended()).code).toBe(0);
        expect(await vhosts()).toEqual(['/', 'orders']);
        const again = await apply().ended();
        expect(again.code).toBe(0);
        expect(again.shown).not.toContain('Change ');
      },
    );
  },
  { isPrivate: true },
);
