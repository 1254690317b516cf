import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import {
  bundleCli,
  differencesOf,
  killAfter,
  readPlan,
  runCli,
  type BundledCli,
  type CliResult,
  type ToldPlan,
} from '../../testing/cli-run.ts';
import { startFlakyProxy } from '../../testing/brokers/flaky-proxy.ts';
import { onInstalledRabbitmq } from '../../testing/brokers/rabbitmq-installation.ts';
import { readFixture } from '../../testing/load-model.ts';

const text = onInstalledRabbitmq(readFixture('apply', 'orders.yaml'));
const folder = mkdtempSync(join(tmpdir(), 'event-arch-apply-'));
const spec = join(folder, 'spec.yaml');
writeFileSync(spec, text);

const changed = (name: string, from: string, to: string): string => {
  expect(text).toContain(from);
  const file = join(folder, name);
  writeFileSync(file, text.replace(from, to));
  return file;
};

describeWithBroker('rabbitmq', 'plan and apply on RabbitMQ', (server) => {
  let bundled: BundledCli | null = null;
  beforeAll(async () => {
    bundled = await bundleCli();
  });
  afterAll(() => {
    bundled?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const variables = (): Readonly<Record<string, string>> => ({
    RABBITMQ_URL: server().managementUrl,
    RABBITMQ_ADMIN_USER: server().admin.username,
    RABBITMQ_ADMIN_PASSWORD: server().admin.password,
    RABBITMQ_PASSWORD_ORDERS: 'o rd"ers',
    RABBITMQ_PASSWORD_SHIPPING: 'shipping',
    RABBITMQ_PASSWORD_NOTIFICATION: 'notification',
  });
  const cli = async (
    command: string,
    argv: readonly string[] = [],
    file = spec,
  ): Promise<CliResult> =>
    runCli([command, file, '--env', 'dev', ...argv], variables());
  const told = async (file = spec): Promise<ToldPlan> =>
    readPlan(await cli('plan', ['--format', 'json'], file));
  const management = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<unknown> => {
    const answer = await server().management(method, `/api/${path}`, { body });
    expect(answer.status).toBeLessThan(300);
    return answer.body;
  };
  it('plans everything on an empty broker, and changes nothing', async () => {
    const first = await cli('plan');
    expect(first).toMatchObject({ code: 1, err: '' });
    expect(first.out).toContain('+ create vhost orders');
    expect(first.out).toContain('0 to change');
    expect(first.out).toContain('0 as the spec says');
    const vhosts = (await management('GET', 'vhosts')) as readonly {
      readonly name: string;
    }[];
    expect(vhosts.map(({ name }) => name)).toEqual(['/']);
  });

  it('does not apply without a terminal or --yes, nor with a password missing', async () => {
    const silent = await cli('apply');
    expect(silent).toMatchObject({ code: 2 });
    expect(silent.err).toContain('--yes');
    const poor = await runCli(['apply', spec, '--env', 'dev', '--yes'], {
      ...variables(),
      RABBITMQ_PASSWORD_SHIPPING: '',
    });
    expect(poor).toMatchObject({ code: 2 });
    expect(poor.err).toContain('RABBITMQ_PASSWORD_SHIPPING');
    expect((await told()).asWanted).toBe(0);
  });

  it('goes on where a killed run stopped, and no state in between can lose a message', async () => {
    const lines: (readonly string[])[] = [];
    for (const steps of [4, 9, 17]) {
      const child = bundled?.start(
        ['apply', spec, '--env', 'dev', '--yes'],
        variables(),
      );
      if (child === undefined) throw new Error('not bundled');
      lines.push(await killAfter(child, 'created', steps));
      const queues = (await management('GET', 'queues/orders')) as readonly {
        readonly name: string;
      }[];
      const names = new Set(queues.map(({ name }) => name));
      // A queue that gives up messages is there only when its dead letters are.
      for (const name of ['command.ship', 'notification.order'])
        if (names.has(name)) expect([...names]).toContain(`${name}.dlq`);
      // Nobody may publish before everything is bound.
      const rights = await server().management(
        'GET',
        '/api/permissions/orders/orders',
      );
      expect(rights.status).toBe(404);
    }
    expect(lines[0]?.[0]).toBe('created vhost orders');
    const done = await cli('apply', ['--yes', '--format', 'json']);
    expect(done).toMatchObject({ code: 0, err: '' });
    const { steps = [], differences } = readPlan(done);
    expect(differences).toEqual([]);
    expect(steps.length).toBeGreaterThan(0);
    const before = new Set(lines.flat());
    expect(steps.filter((step) => before.has(step))).toEqual([]);
  }, 300_000);

  it('makes everything when it runs twice at the same time', async () => {
    const file = changed('twice.yaml', 'name: Orders', 'name: Twice');
    const runs = await Promise.all(
      [0, 1, 2].map(async () => cli('apply', ['--yes'], file)),
    );
    expect(runs.map(({ code, err }) => ({ code, err }))).toEqual(
      runs.map(() => ({ code: 0, err: '' })),
    );
    expect((await told(file)).differences).toEqual([]);
  });

  it('asks again where the broker answers 5xx, as it does just after its start', async () => {
    const proxy = await startFlakyProxy(server().managementUrl, 2);
    const plan = await cli('plan', ['--url', proxy.url]);
    await proxy.close();
    expect(plan).toMatchObject({ code: 0, err: '' });
    expect(proxy.refused()).toBeGreaterThan(2);
  });

  it('finds nothing to do the second time', async () => {
    expect(await cli('plan')).toMatchObject({ code: 0, err: '' });
    const again = await cli('apply', ['--yes', '--format', 'json']);
    expect(again.code).toBe(0);
    expect(readPlan(again)).toMatchObject({ steps: [], differences: [] });
  });

  it('names one setting changed by hand, and repairs it alone', async () => {
    const path = 'policies/orders/queue%3Anotification.order';
    const policy = (await management('GET', path)) as {
      readonly definition: Readonly<Record<string, unknown>>;
    };
    await management('PUT', path, {
      ...policy,
      definition: { ...policy.definition, 'max-length': 7 },
    });
    const plan = await told();
    expect(plan.differences).toMatchObject([
      {
        action: 'change',
        kind: 'policy',
        name: 'queue:notification.order',
        settings: [{ key: 'definition' }],
      },
    ]);
    const text = await cli('plan');
    expect(text.code).toBe(1);
    expect(text.out).toContain('"max-length":7');
    const applied = await cli('apply', ['--yes', '--format', 'json']);
    expect(readPlan(applied)).toMatchObject({
      steps: ['changed policy queue:notification.order'],
      differences: [],
    });
    expect(await management('GET', path)).toEqual(policy);
  });

  it.each([
    ['a widened right', 'permissions/orders/shipping', 'permission/shipping'],
    [
      'a widened key',
      'topic-permissions/orders/orders',
      'topic-permission/orders on order',
    ],
  ])('names and narrows %s', async (_what, path, name) => {
    await management('PUT', path, {
      exchange: 'order',
      configure: '.*',
      write: '.*',
      read: '.*',
    });
    expect(differencesOf(await told())).toEqual([`change ${name}`]);
    expect((await cli('apply', ['--yes'])).code).toBe(0);
    expect((await told()).differences).toEqual([]);
  });

  it('tells a policy of another that overrides its own, by the queues that it takes', async () => {
    await management('PUT', 'policies/orders/hasty', {
      pattern: '^command',
      'apply-to': 'queues',
      definition: { 'message-ttl': 10 },
      priority: 99,
    });
    const plan = await told();
    expect(differencesOf(plan)).toContain('cannot-change queue/command.ship');
    expect(plan.foreign).toContain('policy/hasty');
    const wanted = ['--yes', '--force', '--delete', 'queue/command.ship'];
    const refused = await cli('apply', wanted);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('it would come back as it is');
    await management('DELETE', 'policies/orders/hasty');
  });

  it('says what cannot be changed in place, and makes it anew only when told', async () => {
    await management('DELETE', 'queues/orders/unrouted');
    await management('PUT', 'queues/orders/unrouted', {
      durable: true,
      arguments: { 'x-queue-type': 'classic' },
    });
    const plan = await cli('plan');
    expect(plan.out).toContain('! cannot change in place queue unrouted');
    expect(plan.out).toContain('--delete queue/unrouted');
    const applied = await cli('apply', ['--yes']);
    // Its binding had gone with it and is made again; the queue stays as it is.
    expect(applied.code).toBe(1);
    expect(differencesOf(await told())).toEqual([
      'cannot-change queue/unrouted',
    ]);
    const remade = await cli('apply', ['--yes', '--delete', 'queue/unrouted']);
    expect(remade.code).toBe(0);
    expect(remade.out).toContain('deleted queue unrouted');
    expect(remade.out).toContain(
      'created binding unrouted -> queue unrouted ()',
    );
    expect((await told()).differences).toEqual([]);
  });

  it('leaves what the spec has dropped until it is named, and what is not its own for good', async () => {
    await management('PUT', 'queues/orders/partner.inbox', { durable: true });
    await management('POST', 'bindings/orders/e/order/q/partner.inbox', {
      routing_key: 'order.*',
    });
    await management('PUT', 'users/stranger', { password: 'x', tags: '' });
    const smaller = changed(
      'smaller.yaml',
      text.slice(text.indexOf('  notification:'), text.indexOf('requests:')),
      '',
    );
    const plan = await told(smaller);
    const extras = differencesOf(plan).filter((line) =>
      line.startsWith('extra'),
    );
    expect(extras).toContain('extra queue/notification.order');
    expect(extras).toContain('extra queue/notification.order.dlq');
    expect(plan.foreign).toEqual(
      expect.arrayContaining([
        'queue/partner.inbox',
        'user/stranger',
        'binding/order -> queue partner.inbox (order.*)',
      ]),
    );
    // It says what is left to a person, as plan does; nothing leads to it any more.
    const kept = await cli('apply', ['--yes'], smaller);
    expect(kept.code).toBe(1);
    expect(kept.out).toContain(
      'let go of binding order -> queue notification.order (order.created)',
    );
    const names = async (): Promise<readonly string[]> =>
      (
        (await management('GET', 'queues/orders')) as readonly {
          readonly name: string;
        }[]
      ).map(({ name }) => name);
    expect(await names()).toContain('notification.order');

    const refused = await cli(
      'apply',
      ['--yes', '--delete', 'queue/partner.inbox'],
      smaller,
    );
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.err).toContain('not of this design');
    const wanted = await cli('apply', [
      '--yes',
      '--delete',
      'queue/command.ship',
    ]);
    expect(wanted.err).toContain('wanted as it is');

    // Its user keeps its rights on what is left, as those of a stranger now.
    const left = differencesOf(await told(smaller));
    expect(left).toContain('stranger permission/notification');
    const removals = left
      .map((line) => line.replace(/^\w+ /, ''))
      .flatMap((one) => ['--delete', one]);
    const removed = await cli('apply', ['--yes', ...removals], smaller);
    expect(removed).toMatchObject({ code: 0, err: '' });
    expect((await told(smaller)).differences).toEqual([]);
    expect(await names()).not.toContain('notification.order');
    expect(await names()).toContain('partner.inbox');
    expect((await told(smaller)).foreign).toContain('user/stranger');
    // What was dropped comes back with the spec.
    expect((await cli('apply', ['--yes'])).code).toBe(0);
    expect((await told()).differences).toEqual([]);
  }, 300_000);

  it('says in words what is wrong with an address, a login or an environment', async () => {
    const attempt = async (
      argv: readonly string[],
      changes: Readonly<Record<string, string>> = {},
    ): Promise<string> => {
      const { code, err } = await runCli(['plan', spec, ...argv], {
        ...variables(),
        ...changes,
      });
      expect(code).toBe(2);
      return err;
    };
    expect(await attempt([])).toContain('--env dev, --env prod');
    expect(await attempt(['--env', 'pord'])).toContain('Did you mean "prod"?');
    const dev = ['--env', 'dev'];
    expect(await attempt([...dev, '--url', 'http://127.0.0.1:9'])).toMatch(
      /cannot reach http:\/\/127\.0\.0\.1:9\/api\/overview: .+/,
    );
    expect(await attempt([...dev, '--url', 'amqp://localhost'])).toContain(
      'management API',
    );
    expect(await attempt(dev, { RABBITMQ_URL: '' })).toContain('--url');
    expect(await attempt(dev, { RABBITMQ_ADMIN_PASSWORD: '' })).toContain(
      'RABBITMQ_ADMIN_PASSWORD is not set',
    );
    const refused = await attempt(dev, { RABBITMQ_ADMIN_PASSWORD: 'wrong' });
    expect(refused).toContain('401');
    expect(refused).not.toContain('wrong');
    expect(readFileSync(spec, 'utf8')).toBe(text);
  });
});
