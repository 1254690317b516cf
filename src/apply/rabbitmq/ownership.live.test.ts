// What is the design's own on a running RabbitMQ, and what of others reaches it: consumers that have left the spec, rights of
// strangers, a second design beside it, a login that may only look.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectAs, drain } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import {
  onInstalledRabbitmq,
  rabbitmqRelease,
} from '../../testing/brokers/rabbitmq-installation.ts';
import {
  differencesOf,
  readPlan,
  runCli,
  type CliResult,
  type ToldPlan,
} from '../../testing/cli-run.ts';
import { checkText, modelOf, readFixture } from '../../testing/load-model.ts';
import { commandsUnder } from '../../testing/readme-commands.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';

const text = onInstalledRabbitmq(readFixture('apply', 'orders.yaml'));
// The same without the consumer "notification", which reads order.created and no one else does.
const smaller = text.replace(/^ {2}notification:\n(?: {4}.*\n)+/m, '');
const folder = mkdtempSync(join(tmpdir(), 'event-arch-own-'));
const spec = (name: string, content: string): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
const whole = spec('whole.yaml', text);
const without = spec('without.yaml', smaller);
const orders = writeRabbitmqFolder(modelOf(checkText(text, 'rabbitmq')));

// From 4.3 on the retries of "notification" wait in its queue; before, in queues of their own.
const retryQueues = ['1s', '2s'].flatMap((rung) => [
  `extra binding/notification.order.retry -> queue notification.order.retry.${rung} (${rung})`,
  `extra policy/queue:notification.order.retry.${rung}`,
  `extra queue/notification.order.retry.${rung}`,
]);
const leftBehind = [
  'extra binding/dead-letters -> queue notification.order.dlq (notification.order)',
  'extra policy/queue:notification.order',
  'extra policy/queue:notification.order.dlq',
  'extra queue/notification.order',
  'extra queue/notification.order.dlq',
  'stranger permission/notification',
  ...(rabbitmqRelease() === '3.10'
    ? ['extra exchange/notification.order.retry', ...retryQueues]
    : []),
].sort();

const accounts = onInstalledRabbitmq(`
eventArch: 1
name: Accounts
broker: { kind: rabbitmq, version: "3.10" }
environments: { dev: { replication: 1 } }
events:
  account.opened: { key: accountId, payload: { accountId: uuid } }
publishers: { ledger: [account.opened] }
consumers: { audit: [account.opened] }
`);

describeWithBroker(
  'rabbitmq',
  'what is the own of a design on RabbitMQ',
  (server) => {
    afterAll(() => {
      orders.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    const variables = (): Readonly<Record<string, string>> => ({
      RABBITMQ_URL: server().managementUrl,
      RABBITMQ_ADMIN_USER: server().admin.username,
      RABBITMQ_ADMIN_PASSWORD: server().admin.password,
      ...Object.fromEntries(
        orders.topology.users.map((user) => [
          user.passwordVariable,
          orders.passwords[user.name] ?? '',
        ]),
      ),
    });
    const cli = async (
      command: string,
      file: string,
      argv: readonly string[] = [],
      changes: Readonly<Record<string, string>> = {},
    ): Promise<CliResult> =>
      runCli([command, file, '--env', 'dev', ...argv], {
        ...variables(),
        ...changes,
      });
    const told = async (file: string): Promise<ToldPlan> =>
      readPlan(await cli('plan', file, ['--format', 'json']));
    const management = async (
      method: string,
      path: string,
      body?: unknown,
    ): Promise<unknown> => {
      const answer = await server().management(method, `/api/${path}`, {
        body,
      });
      expect(answer.status).toBeLessThan(300);
      return answer.body;
    };
    /** Publishes as the service does, one after the other; answers how often it was confirmed and refused. */
    const publish = async (
      count: number,
    ): Promise<{ readonly confirmed: number; readonly refused: number }> => {
      const session = await connectAs(server(), orders, 'orders');
      const channel = await session.channel();
      let refused = 0;
      for (let at = 0; at < count; at += 1)
        await new Promise<void>((resolve) => {
          channel.publish(
            'order',
            'order.created',
            Buffer.from(`event ${at}`),
            { persistent: true },
            (error) => {
              if (error !== null) refused += 1;
              resolve();
            },
          );
        });
      await session.close();
      return { confirmed: count - refused, refused };
    };

    beforeAll(async () => {
      expect((await cli('apply', whole, ['--yes'])).code).toBe(0);
    }, 120_000);

    it('unbinds the queue of a consumer that has left the spec, so that publishing goes on', async () => {
      // A full queue, as it is some minutes after its consumer has gone.
      const path = 'policies/orders/queue%3Anotification.order';
      const policy = (await management('GET', path)) as {
        readonly definition: object;
      };
      await management('PUT', path, {
        ...policy,
        definition: { ...policy.definition, 'max-length': 3 },
      });
      expect((await publish(20)).refused).toBeGreaterThan(10);
      const plan = await cli('plan', without);
      expect(plan.out).toContain(
        '- let go of binding order -> queue notification.order (order.created)  (the design no longer has queue notification.order: nobody reads it, and when it is full it refuses what is published to order)',
      );
      const applied = await cli('apply', without, ['--yes']);
      // What is left is a person's to decide, and so it ends as plan does.
      expect(applied).toMatchObject({ code: 1, err: '' });
      expect(await publish(20)).toEqual({ confirmed: 20, refused: 0 });
    });

    it('names what is left of it as its own, with what it holds and how it goes', async () => {
      const plan = await told(without);
      expect([...differencesOf(plan)].sort()).toEqual(leftBehind);
      expect(plan.foreign.join()).not.toContain('notification.order');
      const { out, code } = await cli('plan', without);
      expect(code).toBe(1);
      expect(out).not.toContain('narrow its pattern');
      expect(out).toMatch(
        /- too many queue notification\.order\n {4}left as it is; apply --delete 'queue\/notification\.order' removes it\n {4}Nobody of the design reads it\. Keep what it holds by moving it first/,
      );
    });

    it('tells its own policy from before as its own, and nothing of the exchange that still has it', async () => {
      const passwords = {
        RABBITMQ_PASSWORD_LEDGER: 'l',
        RABBITMQ_PASSWORD_AUDIT: 'a',
      };
      const before = spec('accounts.yaml', accounts);
      const after = spec(
        'unheard.yaml',
        accounts.replace(/^consumers:.*\n/m, ''),
      );
      expect((await cli('apply', before, ['--yes'], passwords)).code).toBe(0);
      expect((await cli('apply', after, ['--yes'], passwords)).code).toBe(1);
      const plan = await cli('plan', after);
      expect(plan.out).toContain(
        "- too many policy exchange:account.opened\n    left as it is; apply --delete 'policy/exchange:account.opened' removes it\n    It is the design's own, from before",
      );
      expect(plan.out).not.toContain('cannot change in place');
      const removed = await cli('apply', after, [
        '--yes',
        '--delete',
        'policy/exchange:account.opened',
      ]);
      expect(removed.out).toContain('deleted policy exchange:account.opened');
    });

    it('deletes the queue only when it is empty, or when it is told to take the messages with it', async () => {
      const remove = ['--yes', '--delete', 'queue/notification.order'];
      await expect
        .poll(async () => (await cli('apply', without, remove)).err, {
          timeout: 30_000,
        })
        .toMatch(/"queue\/notification\.order" holds \d+ messages?: drain/);
      const admin = await connectAs(server(), orders);
      const kept = await drain(admin, 'notification.order');
      expect(kept.length).toBeGreaterThan(2);
      // Counted a moment later: nothing of what has just come is overlooked.
      await admin.publish({ exchange: '', routingKey: 'notification.order' });
      expect((await cli('apply', without, remove)).code).toBe(2);
      await drain(admin, 'notification.order');
      await admin.close();
      await expect
        .poll(async () => (await cli('apply', without, remove)).out, {
          timeout: 60_000,
        })
        .toContain('deleted queue notification.order\n');
      const others = differencesOf(await told(without)).map((line) =>
        line.replace(/^\w+ /, ''),
      );
      const last = await cli('apply', without, [
        '--yes',
        ...others.flatMap((one) => ['--delete', one]),
      ]);
      expect(last).toMatchObject({ code: 0, err: '' });
      expect((await cli('apply', whole, ['--yes'])).code).toBe(0);
    }, 300_000);

    it('fails the check for a right of a stranger until its user is allowed by name', async () => {
      await management('PUT', 'users/intruder', { password: 'x', tags: '' });
      await management('PUT', 'permissions/orders/intruder', {
        configure: '.*',
        write: '.*',
        read: '.*',
      });
      await management('PUT', 'users/guest-reader', {
        password: 'x',
        tags: '',
      });
      await management('PUT', 'permissions/orders/guest-reader', {
        configure: '^$',
        write: '^$',
        read: '^partner\\.',
      });
      const plan = await cli('plan', whole);
      expect(plan.code).toBe(1);
      expect(plan.out).toMatch(
        /right of a stranger: permission intruder {2}\(reaches configure: exchange order and \d+ more; write: .*; read: /,
      );
      expect(differencesOf(await told(whole))).toEqual([
        'stranger permission/intruder',
      ]);
      const allowed = spec(
        'allowed.yaml',
        text.replace(
          /(version: "[\d.]+") \}/,
          '$1, options: { alsoAllowed: [intruder] } }',
        ),
      );
      expect(await cli('plan', allowed)).toMatchObject({ code: 0, err: '' });
      const removed = await cli('apply', whole, [
        '--yes',
        '--delete',
        'permission/intruder',
      ]);
      expect(removed).toMatchObject({ code: 0, err: '' });
      expect((await told(whole)).differences).toEqual([]);
    });

    it('is planned clean beside another design on the same broker, whichever was applied last', async () => {
      const other = spec(
        'other.yaml',
        text.replace('name: Orders', 'name: Other'),
      );
      expect((await cli('apply', other, ['--yes'])).code).toBe(0);
      expect(await cli('plan', whole)).toMatchObject({ code: 0, err: '' });
      expect(await cli('plan', other)).toMatchObject({ code: 0, err: '' });
    });

    it('is compared by a login that may only look, without users and rights, which it says', async () => {
      const looker = {
        RABBITMQ_ADMIN_USER: 'event-arch-plan',
        RABBITMQ_ADMIN_PASSWORD: 'look',
      };
      // As the page says it; the first of its commands asks for a password.
      const [add = '', tag = '', allow = ''] = commandsUnder(
        readFileSync(join(orders.path, 'README.md'), 'utf8'),
        'Who may look, who may change',
      );
      const ctl = async (command: string, ...more: readonly string[]) =>
        server().ctl(
          ...command.replaceAll("'", '').split(' ').slice(1),
          ...more,
        );
      await ctl(add, 'look');
      await ctl(tag);
      const refused = await cli('plan', whole, [], looker);
      expect(refused.code).toBe(2);
      expect(refused.err).toContain(allow);
      await ctl(allow);
      const plan = await cli('plan', whole, [], looker);
      expect(plan).toMatchObject({ code: 0, err: '' });
      expect(plan.out).toContain(
        'note: Users and rights are not compared: "event-arch-plan" lacks the tag administrator.',
      );
      await management('DELETE', 'bindings/orders/e/unrouted/q/unrouted/~');
      expect((await cli('plan', whole, [], looker)).code).toBe(1);
      const change = await cli('apply', whole, ['--yes'], looker);
      expect(change.code).toBe(2);
      expect(change.err).toContain('apply needs more than plan');
      expect((await cli('apply', whole, ['--yes'])).code).toBe(0);
    });
  },
  { isPrivate: true },
);
