import { expect, it } from 'vitest';
import type { JsonValue } from '../../core/json.ts';
import { toDesiredState } from '../../brokers/rabbitmq/desired-state.ts';
import { lowerToTopology } from '../../brokers/rabbitmq/lower.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import { smallEnvironment } from '../../testing/small-model.ts';
import { makeResource, removeResource } from './make-resource.ts';
import { openManagementApi } from './management-api.ts';
import { readLive } from './read-live.ts';

const topology = lowerToTopology(
  ordersModel(rabbitmqRelease(), { vhost: 'applied' }),
  smallEnvironment('dev', 1),
);
const { resources, claimOf } = toDesiredState(topology);
const passwords = Object.fromEntries(
  topology.users.map(({ name }) => [name, `secret of ${name}`]),
);

const key = ({
  kind,
  name,
}: {
  readonly kind: string;
  readonly name: string;
}): string => `${kind} ${name}`;

describeWithBroker('rabbitmq', 'resources made one by one', (server) => {
  it('are all there afterwards, with every setting, also when made twice', async () => {
    const api = openManagementApi(server().managementUrl, server().admin);
    const place = { api, vhost: topology.vhost, passwords };
    for (const resource of [...resources, ...resources]) {
      await makeResource(resource, place);
    }
    const live = await readLive(api, topology.vhost);
    const found = new Map(live.map((one) => [key(one), one.settings]));
    expect(resources.map((one) => [key(one), found.get(key(one))])).toEqual(
      resources.map((one) => [
        key(one),
        Object.fromEntries(
          Object.entries(one.settings).map(([name, { value }]) => [
            name,
            value,
          ]),
        ),
      ]),
    );
    const wanted = new Set(resources.map(key));
    expect(
      live.filter(
        (one) => claimOf(one).kind === 'own' && !wanted.has(key(one)),
      ),
    ).toEqual([]);
  }, 300_000);

  // The broker itself is asked: `event-arch diff` tells of what is called fixed as breaking, and of nothing else.
  it('are refused when they are declared with another value of what is called fixed, and of nothing else', async () => {
    const api = openManagementApi(server().managementUrl, server().admin);
    const others: Readonly<Record<string, JsonValue>> = {
      'exchange type': 'fanout',
      'exchange durable': false,
      'exchange arguments': { 'alternate-exchange': 'elsewhere' },
      'queue type': 'classic',
      'queue durable': false,
      'queue arguments': { 'x-expires': 7_200_000 },
      'policy priority': 3,
      'policy definition': { 'max-length': 7 },
      'permission read': '^$',
      'topic-permission write': '^$',
      'user tags': 'monitoring',
    };
    const outcomes = new Map<string, string>();
    for (const resource of resources) {
      for (const [key, { value, mutability }] of Object.entries(
        resource.settings,
      )) {
        const what = `${resource.kind} ${key}`;
        const other = others[what];
        if (other === undefined || outcomes.has(what)) continue;
        if (JSON.stringify(other) === JSON.stringify(value)) continue;
        const declared = makeResource(
          {
            ...resource,
            settings: {
              ...resource.settings,
              [key]: { value: other, mutability, origin: '', because: '' },
            },
          },
          { api, vhost: topology.vhost, passwords },
        );
        outcomes.set(
          what,
          await declared.then(
            () => 'in-place',
            (error: Error) =>
              /PRECONDITION_FAILED|inequivalent/.test(error.message)
                ? 'fixed'
                : error.message,
          ),
        );
        await makeResource(resource, { api, vhost: topology.vhost, passwords });
      }
    }
    const called = new Map<string, string>(
      resources.flatMap(({ kind, settings }) =>
        Object.entries(settings).map(
          ([key, { mutability }]) => [`${kind} ${key}`, mutability] as const,
        ),
      ),
    );
    expect([...outcomes.keys()].toSorted()).toEqual(
      Object.keys(others).toSorted(),
    );
    expect(Object.fromEntries(outcomes)).toEqual(
      Object.fromEntries(
        [...outcomes.keys()].map((what) => [what, called.get(what)]),
      ),
    );
    // What a queue and an exchange get by policies follows them, and needs no call of its own.
    expect([called.get('queue policy'), called.get('exchange policy')]).toEqual(
      ['elsewhere', 'elsewhere'],
    );
  }, 300_000);

  it('are removed one by one, each when it is named', async () => {
    const api = openManagementApi(server().managementUrl, server().admin);
    const place = { api, vhost: topology.vhost, passwords };
    const named = [
      { kind: 'binding', name: 'order -> queue shipping.order (order.paid)' },
      { kind: 'binding', name: 'unrouted -> queue unrouted ()' },
      { kind: 'policy', name: 'queue:shipping.order' },
      { kind: 'queue', name: 'shipping.order.dlq' },
      { kind: 'exchange', name: 'heartbeat' },
    ];
    for (const one of [...named, ...named]) await removeResource(one, place);
    const live = new Set((await readLive(api, topology.vhost)).map(key));
    expect(named.filter((one) => live.has(key(one)))).toEqual([]);
  });

  it('are refused in words: a wrong password, a user without one', async () => {
    const wrong = openManagementApi(server().managementUrl, {
      ...server().admin,
      password: 'wrong',
    });
    await expect(readLive(wrong, topology.vhost)).rejects.toThrow('401');
    const user = resources.filter(({ kind }) => kind === 'user').slice(0, 1);
    const api = openManagementApi(server().managementUrl, server().admin);
    const place = { api, vhost: topology.vhost, passwords: {} };
    await expect(
      Promise.all(user.map((one) => makeResource(one, place))),
    ).rejects.toThrow('has no password');
  });
});
