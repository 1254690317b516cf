// Rights of others on a cluster that a design does not have to itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import {
  differencesOf,
  readPlan,
  runCli,
  type CliResult,
  type ToldPlan,
} from '../../testing/cli-run.ts';

const shop = `eventArch: 1
name: Shop
broker: kafka
environments: { dev: { replication: 1 } }
events:
  order: { key: orderId, payload: { orderId: uuid } }
publishers: { orders: [order] }
consumers: { inventory: [order] }
`;

// Names the shop's service, and reads none of its topics.
const billing = `eventArch: 1
name: Billing
broker: kafka
environments: { dev: { replication: 1 } }
events:
  invoice: { key: invoiceId, payload: { invoiceId: uuid } }
publishers: { accounts: [invoice] }
consumers: { orders: [invoice] }
`;

describeWithBroker(
  'kafka',
  'a cluster that a design does not have to itself',
  (kafka) => {
    const folder = mkdtempSync(join(tmpdir(), 'event-arch-two-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const fileOf = (name: string, text: string): string => {
      const file = join(folder, name);
      writeFileSync(file, text);
      return file;
    };
    const files = {
      shop: fileOf('shop.yaml', shop),
      billing: fileOf('billing.yaml', billing),
    };
    const passwords = Object.fromEntries(
      ['ORDERS', 'INVENTORY', 'ACCOUNTS'].map((user) => [
        `KAFKA_PASSWORD_${user}`,
        'secret',
      ]),
    );
    const run = async (
      command: string,
      design: keyof typeof files,
      ...argv: readonly string[]
    ): Promise<CliResult> =>
      runCli([command, files[design], ...argv], {
        ...passwords,
        BOOTSTRAP_SERVERS: kafka().bootstrap,
        BROKER_ADMIN_PASSWORD: kafka().admin.password,
        BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
      });
    const told = async (design: keyof typeof files): Promise<ToldPlan> =>
      readPlan(await run('plan', design, '--format', 'json'));
    const tool = async (
      name: string,
      ...args: readonly string[]
    ): Promise<string> => {
      const login = [
        ...['--bootstrap-server', kafka().bootstrap],
        ...['--command-config', kafka().writeClientProperties()],
      ];
      const result = await kafka().tools.run(name, [...login, ...args]);
      expect(result).toMatchObject({ code: 0 });
      return result.stdout;
    };

    it('is clean for both designs after both were applied, with the shared service told as shared', async () => {
      for (const design of ['shop', 'billing'] as const)
        expect((await run('apply', design, '--yes')).code).toBe(0);
      for (const design of ['shop', 'billing'] as const) {
        const plan = await run('plan', design);
        expect(plan, plan.out).toMatchObject({ code: 0 });
        expect(plan.out).toContain("rights of this design's users on what is");
      }
      const users = await tool(
        'kafka-configs.sh',
        '--describe',
        ...['--entity-type', 'users'],
      );
      for (const user of ['orders', 'inventory', 'accounts'])
        expect(users).toContain(`'${user}'`);
      expect((await told('shop')).shared).toContain(
        'acl/orders Read topic literal invoice',
      );
      expect((await told('billing')).shared).toContain(
        'acl/orders Write topic literal order',
      );
    });

    it('fails the check for a right that lets everybody read a topic of the design, and does not take away one that reaches further', async () => {
      const add = async (...right: readonly string[]): Promise<string> =>
        tool('kafka-acls.sh', '--add', '--operation', 'Read', ...right);
      await add('--allow-principal', 'User:*', '--topic', 'order');
      await add('--allow-principal', 'User:audit', '--topic', '*');
      const found = differencesOf(await told('shop'));
      expect(found).toEqual(
        expect.arrayContaining([
          'stranger acl/* Read topic literal order',
          'stranger acl/audit Read topic literal *',
        ]),
      );
      const plan = await run('plan', 'shop');
      expect(plan.code).toBe(1);
      expect(plan.out).toContain('reaches topic order');
      const wide = 'acl/audit Read topic literal *';
      const refused = await run('apply', 'shop', '--yes', '--delete', wide);
      expect(refused.code).toBe(2);
      expect(refused.err).toContain('reaches more than this design');
      const gone = await run(
        'apply',
        'shop',
        '--yes',
        '--delete',
        'acl/* Read topic literal order',
      );
      expect(gone.out).toContain('deleted acl * Read topic literal order');
      expect(await tool('kafka-acls.sh', '--list')).toContain('User:audit');
    });
  },
  { isPrivate: true },
);
