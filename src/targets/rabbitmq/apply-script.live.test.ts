import { afterAll, expect, it } from 'vitest';
import { openManagementApi } from '../../apply/rabbitmq/management-api.ts';
import { readLive } from '../../apply/rabbitmq/read-live.ts';
import { toDesiredState } from '../../brokers/rabbitmq/desired-state.ts';
import type { LiveResource } from '../../brokers/resource.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { startFlakyProxy } from '../../testing/brokers/flaky-proxy.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import type { Rabbitmq } from '../../testing/brokers/rabbitmq.ts';
import { loadModel } from '../../testing/load-model.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import {
  contentOf,
  emitRabbitmq,
  writeRabbitmqFolder,
} from '../../testing/rabbitmq-folder.ts';

const model = ordersModel(rabbitmqRelease());
const folder = writeRabbitmqFolder(model);
const desired = toDesiredState(folder.topology);

const shop = loadModel('shop', 'rabbitmq');
const shopFolder = writeRabbitmqFolder({
  ...shop,
  broker: {
    ...shop.broker,
    version: { ...shop.broker.version, value: rabbitmqRelease() },
  },
});
// Made for a version between the two that the tests run on.
const otherFolder = writeRabbitmqFolder(
  ordersModel('4.1', { vhost: 'another' }),
);
const twiceFolder = writeRabbitmqFolder(
  ordersModel(rabbitmqRelease(), { vhost: 'twice' }),
);
// Before 3.13 there is no target-group-size, and an unknown key fails the import; a newer broker takes older definitions.
const onOther =
  rabbitmqRelease() === '3.10'
    ? {
        code: 1,
        said: 'which does not know the policy key target-group-size.\nNothing was changed. Set broker.version to "3.10" in the spec',
        made: [],
      }
    : {
        code: 0,
        said: `made for RabbitMQ 4.1, and this is ${rabbitmqRelease()}`,
        made: ['another'],
      };

const live = async (
  server: Rabbitmq,
  vhost = folder.topology.vhost,
): Promise<readonly LiveResource[]> =>
  (
    await readLive(openManagementApi(server.managementUrl, server.admin), vhost)
  ).map(({ mark: _mark, ...resource }) => resource);

const byKey = (
  resources: readonly { readonly kind: string; readonly name: string }[],
): ReadonlyMap<string, unknown> =>
  new Map(
    resources.map((resource) => [
      `${resource.kind} ${resource.name}`,
      resource,
    ]),
  );

// What is not of the design: the administrator of the test and its right on the new virtual host.
const isForeign = ({ name }: LiveResource, server: Rabbitmq): boolean =>
  name === server.admin.username || name === 'guest';

const wanted = (state = desired): readonly LiveResource[] =>
  state.resources.map(({ kind, name, settings }) => ({
    kind,
    name,
    settings: Object.fromEntries(
      Object.entries(settings).map(([key, { value }]) => [key, value]),
    ),
  }));

describeWithBroker(
  'rabbitmq',
  'the script that applies RabbitMQ definitions',
  (server) => {
    afterAll(() => {
      folder.remove();
      shopFolder.remove();
      otherFolder.remove();
      twiceFolder.remove();
    });

    it('refuses before it changes anything when a password is missing', async () => {
      const run = await folder.apply(server(), {
        RABBITMQ_PASSWORD_ORDERS: '',
      });
      expect(run.code).toBe(1);
      expect(run.stderr).toContain('RABBITMQ_PASSWORD_ORDERS');
      const users = await server().management('GET', '/api/users');
      expect(users.body).toHaveLength(1);
    });

    it('names a wrong password, an address that does not answer and an unknown environment', async () => {
      const refused = await folder.apply(server(), {
        RABBITMQ_ADMIN_PASSWORD: 'wrong',
      });
      expect(refused.stderr).toContain('refuses RABBITMQ_ADMIN_USER');
      const nowhere = await folder.apply(server(), {
        RABBITMQ_URL: 'http://127.0.0.1:1',
      });
      expect(nowhere.stderr).toContain('does not answer');
      const unknown = await folder.apply(server(), {}, 'staging');
      expect(unknown.code).toBe(2);
      expect(unknown.stderr).toContain('Environments: dev prod');
    });

    it('makes everything of the design and nothing else, exactly as written', async () => {
      const run = await folder.apply(server());
      expect(run).toMatchObject({ code: 0, stderr: '' });
      const found = (await live(server())).filter(
        (resource) => !isForeign(resource, server()),
      );
      expect(byKey(found)).toEqual(byKey(wanted()));
    });

    it('keeps the file and the broker in step: the export holds what was imported', async () => {
      const exported = (
        await server().management('GET', `/api/definitions/orders`)
      ).body as Record<string, readonly Record<string, unknown>[]>;
      const file = JSON.parse(
        contentOf(emitRabbitmq(model), 'definitions.dev.json'),
      ) as Record<string, readonly Record<string, unknown>[]>;
      for (const key of ['queues', 'exchanges', 'policies', 'bindings']) {
        // Newer brokers leave out "internal" where it is false, and tell a queue's type beside its arguments, which hold it.
        const bare = (object: Record<string, unknown>): string => {
          const { vhost: _vhost, internal: _internal, ...all } = object;
          const { type: _type, ...queue } = all;
          const rest = key === 'queues' ? queue : all;
          return JSON.stringify(Object.entries(sorted(rest) as object));
        };
        expect(exported[key]?.map(bare).sort()).toEqual(
          file[key]?.map(bare).sort(),
        );
      }
    });

    it('changes nothing when it runs again, not even a password that it is not told', async () => {
      const before = await live(server());
      const none = Object.fromEntries(
        folder.topology.users.map((user) => [user.passwordVariable, '']),
      );
      const run = await folder.apply(server(), none);
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(await live(server())).toEqual(before);
      const whoami = await server().management('GET', '/api/whoami', {
        as: { username: 'orders', password: folder.passwords['orders'] ?? '' },
      });
      // The password is right; a user without a tag may not use the management page.
      expect(JSON.stringify(whoami.body)).toContain('Not management user');
    });

    it('shows a policy changed by hand, a stronger one over it and a binding added', async () => {
      await server().management(
        'PUT',
        '/api/policies/orders/queue:shipping.order',
        {
          body: {
            pattern: '^shipping\\.order$',
            'apply-to': 'queues',
            definition: { 'max-length': 1 },
            priority: 10,
          },
        },
      );
      await server().management('PUT', '/api/policies/orders/mine', {
        body: {
          pattern: '^analytics',
          'apply-to': 'queues',
          definition: { 'max-length': 1 },
          priority: 99,
        },
      });
      await server().management(
        'POST',
        '/api/bindings/orders/e/order/q/shipping.order',
        { body: { routing_key: '#', arguments: {} } },
      );
      const found = byKey(await live(server()));
      const changed = wanted().filter(
        (resource) =>
          JSON.stringify(
            sorted(found.get(`${resource.kind} ${resource.name}`)),
          ) !== JSON.stringify(sorted(resource)),
      );
      // Sorted: resources stand in the order in which they are made, dead letters before the queues that need them.
      expect(changed.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual(
        [
          'policy queue:shipping.order',
          'queue analytics.order',
          'queue analytics.order.dlq',
        ],
      );
      const extra = (await live(server())).filter(
        (resource) =>
          desired.claimOf(resource).kind === 'own' &&
          !byKey(wanted()).has(`${resource.kind} ${resource.name}`),
      );
      expect(extra.map(({ name }) => name)).toEqual([
        'order -> queue shipping.order (#)',
      ]);
      await server().management('DELETE', '/api/policies/orders/mine');
      expect((await folder.apply(server())).code).toBe(0);
    });

    it('refuses definitions that the broker is too old for before it makes anything, and names another version', async () => {
      const run = await otherFolder.apply(server());
      expect(run.code).toBe(onOther.code);
      expect(run.stderr).toContain(onOther.said);
      expect(run.stderr).not.toContain('&');
      const { body } = await server().management('GET', '/api/vhosts');
      const names = (body as readonly { readonly name: string }[]).map(
        ({ name }) => name,
      );
      expect(names.filter((name) => name === 'another')).toEqual(onOther.made);
    });

    it('makes everything when it runs twice at the same time', async () => {
      const runs = await Promise.all([
        twiceFolder.apply(server()),
        twiceFolder.apply(server()),
        twiceFolder.apply(server()),
      ]);
      expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
        runs.map(() => ({ code: 0, stderr: '' })),
      );
    });

    it('asks again where the broker answers 5xx, as it does just after its start', async () => {
      const proxy = await startFlakyProxy(server().managementUrl, 2);
      const run = await folder.apply(server(), { RABBITMQ_URL: proxy.url });
      await proxy.close();
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(proxy.refused()).toBeGreaterThan(2);
    });

    it('makes the shop beside it, twice, exactly as written', async () => {
      const { topology } = shopFolder;
      const users = new Set(topology.users.map(({ name }) => name));
      for (const run of [
        await shopFolder.apply(server()),
        await shopFolder.apply(server()),
      ]) {
        expect(run.code).toBe(0);
        const found = (await live(server(), topology.vhost)).filter(
          ({ kind, name }) =>
            !/^(?:user|permission)$/.test(kind) || users.has(name),
        );
        expect(byKey(found)).toEqual(byKey(wanted(toDesiredState(topology))));
      }
    });

    it('tells a queue that the design has dropped and that is still bound, and nothing of queues of others', async () => {
      const smaller = writeRabbitmqFolder({
        ...model,
        groups: model.groups.filter(
          ({ service }) => service !== 'notification',
        ),
      });
      await server().management('PUT', '/api/queues/orders/partner', {
        body: { durable: true },
      });
      await server().management(
        'POST',
        '/api/bindings/orders/e/order/q/partner',
        { body: { routing_key: 'order.*' } },
      );
      const run = await smaller.apply(server());
      smaller.remove();
      expect(run.code).toBe(1);
      expect(run.stderr.trim().split('\n')).toEqual([
        expect.stringMatching(
          /^apply\.sh: queue notification\.order is still bound to order, and this design no longer has it/,
        ),
        'apply.sh: not everything is as designed; see above',
      ]);
      await server().management('DELETE', '/api/queues/orders/partner');
    });

    it('tells when a queue exists with other arguments', async () => {
      await server().management('DELETE', '/api/queues/orders/shipping.order');
      await server().management('PUT', '/api/queues/orders/shipping.order', {
        body: {
          durable: true,
          arguments: {
            'x-queue-type': 'quorum',
            'x-quorum-initial-group-size': 1,
          },
        },
      });
      const run = await folder.apply(server());
      expect(run.code).toBe(1);
      expect(run.stderr).toContain(
        'apply.sh: queue shipping.order exists with "x-queue-type":"quorum","x-quorum-initial-group-size":1 instead of "x-queue-type":"quorum","x-quorum-initial-group-size":1,"x-single-active-consumer":true: it was made before',
      );
      await server().management('DELETE', '/api/queues/orders/shipping.order');
      expect((await folder.apply(server())).code).toBe(0);
    });

    it('tells when a queue exists with another type', async () => {
      await server().management('DELETE', '/api/queues/orders/unrouted');
      await server().management('PUT', '/api/queues/orders/unrouted', {
        body: { durable: true, arguments: { 'x-queue-type': 'classic' } },
      });
      const run = await folder.apply(server());
      expect(run.code).toBe(1);
      expect(run.stderr).toContain(
        'queue unrouted exists, but is not of type quorum',
      );
    });
  },
  {
    isPrivate: true,
    options: {
      enabledPlugins: contentOf(emitRabbitmq(model), 'enabled_plugins'),
      conf: contentOf(emitRabbitmq(model), 'rabbitmq.prod.conf'),
    },
  },
);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
