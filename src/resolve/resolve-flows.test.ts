import { describe, expect, it } from 'vitest';
import type { Flow } from '../model/model.ts';
import { checkText } from '../testing/load-model.ts';

const flowsOf = (text: string, broker = 'kafka'): readonly Flow[] =>
  checkText(`eventArch: 1\nname: Orders\nbroker: kafka\n${text}`, broker).model
    ?.flows ?? [];
const flowOf = (text: string, broker = 'kafka'): Flow | undefined =>
  flowsOf(text, broker)[0];
const causesIn = (flow: Flow | undefined): readonly string[] =>
  flow?.weakenings.map(({ axis, cause }) => `${axis}: ${cause}`) ?? ['no flow'];
const causes = (text: string, broker = 'kafka'): readonly string[] =>
  causesIn(flowOf(text, broker));
const assumptions = (text: string, broker = 'kafka'): readonly string[] =>
  flowOf(text, broker)?.assumptions.map(({ kind }) => kind) ?? ['no flow'];

const design = (event: string, consumer: string, rest = ''): string =>
  [
    `events: { order.created: { payload: { orderId: uuid }, ${event} } }`,
    'publishers: { orders: [order.created] }',
    `consumers: { billing: { subscribes: { order.created: { ${consumer} } } } }`,
    rest,
  ].join('\n');

describe('the effective guarantee of a flow', () => {
  it('is the declared one when nothing weakens it', () => {
    const flow = flowOf(design('key: orderId', ''));
    expect(flow?.weakenings).toEqual([]);
    expect(flow?.effective).toEqual({
      mayBeLost: false,
      mayBeDoubled: true,
      ordering: 'per-key',
    });
  });

  it('may be lost when a log forgets before an outage of an hour is over', () => {
    const short = design('key: orderId, retention: 59m', '');
    expect(causes(short)).toEqual(['loss: short-retention']);
    expect(flowOf(short)?.effective.mayBeLost).toBe(true);
    expect(causes(design('key: orderId, retention: 1h', ''))).toEqual([]);
  });

  it('bears a short retention where what expires becomes a dead letter', () => {
    const short = design('key: orderId, retention: 59m', '');
    expect(causes(short, 'rabbitmq')).toEqual([]);
  });

  it('may be lost without a dead letter', () => {
    expect(causes(design('key: orderId', 'deadLetter: false'))).toEqual([
      'loss: no-dead-letter',
    ]);
  });

  it('keeps what fails in a shared queue when one of its subscriptions asks for it', () => {
    const shared = `
events:
  order.created: { aggregate: order, key: orderId, payload: { orderId: uuid } }
  order.paid: { aggregate: order, key: orderId, payload: { orderId: uuid } }
publishers: { orders: { publishes: [order.created, order.paid], outbox: true } }
consumers: { billing: { subscribes: { order.created: { deadLetter: false }, order.paid: {} } } }`;
    expect(causes(shared, 'kafka')).toEqual(['loss: no-dead-letter']);
    expect(causes(shared, 'rabbitmq')).toEqual([]);
  });

  it('is unordered without a key where the channel has several partitions', () => {
    const keyless = design('ordering: none', 'ordering: per-key');
    expect(causes(keyless)).toEqual(['order: no-key']);
    expect(flowOf(keyless)?.effective.ordering).toBe('none');
    expect(causes(keyless, 'rabbitmq')).toEqual([]);
    const one = 'channels: { order.created: { partitions: 1 } }';
    expect(causes(design('ordering: none', 'ordering: per-key', one))).toEqual(
      [],
    );
  });

  it('is ordered per key when a total order meets several partitions', () => {
    const total = design('key: orderId', 'ordering: total');
    expect(causes(total)).toEqual(['order: several-partitions']);
    expect(flowOf(total)?.effective.ordering).toBe('per-key');
    expect(causes(total, 'rabbitmq')).toEqual([]);
  });

  it.each(['kafka', 'rabbitmq'])(
    'bears several consumers at once on %s, whose lanes are handled in order',
    (broker) => {
      const busy = design('key: orderId', 'instances: 4, concurrency: 4');
      expect(causes(busy, broker)).toEqual([]);
    },
  );

  it.each(['kafka', 'rabbitmq'])(
    'is unordered on %s when failed messages are set aside',
    (broker) => {
      const aside = design('key: orderId', 'retry: { mode: non-blocking }');
      expect(causes(aside, broker)).toEqual(['order: non-blocking-retry']);
      const once = design(
        'key: orderId',
        'retry: { mode: non-blocking, attempts: 1 }',
      );
      expect(causes(once, broker)).toEqual([]);
    },
  );

  it.each(['kafka', 'rabbitmq'])(
    'bears a message set aside on %s when no other has its key',
    (broker) => {
      const aside = 'retry: { mode: non-blocking }';
      expect(
        causes(design('key: orderId, once: per-key', aside), broker),
      ).toEqual([]);
    },
  );
});

describe('the axes of a flow', () => {
  const database = 'services: { orders: { database: postgresql } }';

  it('may be lost, doubled and out of order at once where two writes meet no guard', () => {
    const flow = flowOf(design('key: orderId', '', database));
    expect(causesIn(flow)).toEqual(['loss: dual-write', 'order: dual-write']);
    expect(flow?.effective).toEqual({
      mayBeLost: true,
      mayBeDoubled: true,
      ordering: 'none',
    });
  });

  it('is out of order after two writes although it may be lost as declared', () => {
    const lossy = design('key: orderId, delivery: at-most-once', '', database);
    expect(causes(lossy)).toEqual(['order: dual-write']);
    const single = design(
      'key: orderId, delivery: at-most-once, once: per-key',
      '',
      database,
    );
    expect(causes(single)).toEqual([]);
  });

  it.each(['kafka', 'rabbitmq'])(
    'may be doubled on %s when a relay publishes what is declared at-most-once',
    (broker) => {
      const relayed = (guard: string): string => `
events: { invoice.sent: { key: invoiceId, delivery: at-most-once, payload: { invoiceId: uuid } } }
publishers: { billing: { publishes: [invoice.sent], outbox: true } }
consumers: { sms: { idempotency: ${guard}, subscribes: [invoice.sent] } }`;
      expect(causes(relayed('none'), broker)).toEqual([
        'doubling: relay-repeats',
      ]);
      expect(flowOf(relayed('none'), broker)?.effective.mayBeDoubled).toBe(
        true,
      );
      expect(causes(relayed('inbox'), broker)).toEqual([]);
    },
  );

  it('may be doubled when exactly-once ends outside the broker, or in generated code, which opens no transaction', () => {
    const exact = (rest: string): string =>
      design('key: orderId, delivery: exactly-once', '', rest);
    expect(causes(exact(''))).toEqual(['doubling: not-idempotent']);
    const forwarding = `
events:
  order.created: { key: orderId, delivery: exactly-once, payload: { orderId: uuid } }
  bill.made: { key: orderId, payload: { orderId: uuid } }
publishers: { orders: [order.created], billing: [bill.made] }
consumers: { billing: [order.created] }`;
    expect(causes(forwarding)).toEqual(['doubling: untransacted']);
    expect(assumptions(forwarding)).not.toContain('same-cluster');
    const foreign = `${forwarding}\nservices: { billing: { external: true } }`;
    expect(causes(foreign)).toEqual([]);
    expect(assumptions(foreign)).toContain('same-cluster');
  });

  const twoChannels = (aggregate: string): string => `
events:
  ride.requested: { key: rideId, ${aggregate} payload: { rideId: uuid } }
  ride.cancelled: { key: rideId, ${aggregate} payload: { rideId: uuid } }
publishers: { rider: { publishes: [ride.requested, ride.cancelled], outbox: true } }
consumers: { trip: { idempotency: inbox, subscribes: [ride.requested, ride.cancelled] } }`;

  it.each(['kafka', 'rabbitmq'])(
    'is ordered within each channel alone on %s when events of one key come through two',
    (broker) => {
      const split = flowsOf(twoChannels(''), broker);
      expect(split.map(causesIn)).toEqual([
        ['order: several-channels'],
        ['order: several-channels'],
      ]);
      expect(split.map(({ effective }) => effective.ordering)).toEqual([
        'within-channel',
        'within-channel',
      ]);
      const together = flowsOf(twoChannels('aggregate: ride,'), broker);
      expect(together.flatMap(causesIn)).toEqual([]);
    },
  );

  it('is in total order within each channel alone when a total order is asked of two', () => {
    const inTotal = flowsOf(`
events:
  x.one: { key: id, payload: { id: uuid } }
  y.two: { key: other, payload: { other: uuid } }
channels: { x.one: { partitions: 1 }, y.two: { partitions: 1 } }
publishers: { a: { publishes: [x.one, y.two], outbox: true } }
consumers: { b: { idempotency: inbox, ordering: total, subscribes: [x.one, y.two] } }`);
    expect(inTotal.map(causesIn)).toEqual([
      ['order: several-channels'],
      ['order: several-channels'],
    ]);
    expect(inTotal.map(({ effective }) => effective.ordering)).toEqual([
      'total-within-channel',
      'total-within-channel',
    ]);
  });

  it('is ordered within each channel alone for a read model over two', () => {
    const joined = `
events:
  order.placed: { key: orderId, payload: { orderId: uuid } }
  parcel.sent: { key: parcelId, payload: { orderId: uuid, parcelId: uuid } }
publishers: { shop: [order.placed], post: [parcel.sent] }
projections: { parcels: { service: shop, from: [order.placed, parcel.sent], key: orderId, fields: { orderId: uuid } } }`;
    expect(flowsOf(joined).map(causesIn)).toEqual([
      ['order: several-channels'],
      ['order: several-channels'],
    ]);
  });
});

describe('what a flow rests on', () => {
  it('is an outage no longer than a log keeps its messages', () => {
    const kept = design('key: orderId, retention: 4h', 'idempotency: inbox');
    expect(assumptions(kept)).toEqual([
      'bounded-outage',
      'dead-letter-gap',
      'own-database',
    ]);
    expect(flowOf(kept)?.assumptions[0]?.boundMs).toBe(14_400_000);
    expect(assumptions(kept, 'rabbitmq')).toEqual([
      'dead-letter-gap',
      'own-database',
    ]);
  });

  it('is that a repeat is the same as once, or does no harm', () => {
    const natural = design('key: orderId', 'idempotency: natural');
    expect(assumptions(natural, 'rabbitmq')).toContain('natural-effect');
    expect(assumptions(design('key: orderId', ''), 'rabbitmq')).toContain(
      'harmless-repeat',
    );
  });

  it('is that nothing is parked, unless no other message has its key', () => {
    expect(
      assumptions(design('key: orderId, once: per-key', '')),
    ).not.toContain('dead-letter-gap');
    expect(
      assumptions(design('key: orderId', 'deadLetter: false')),
    ).not.toContain('dead-letter-gap');
  });

  it('is, for a read model of an aggregate, that no version comes after a newer one', () => {
    const bank = `
events:
  account.opened: { aggregate: account, key: iban, payload: { iban: string } }
  account.credited: { aggregate: account, key: iban, payload: { iban: string } }
publishers: { bank: { publishes: [account.opened, account.credited], outbox: true } }
aggregates: { account: { service: bank, states: [open], commands: { open: { emits: account.opened, to: open }, credit: { from: open, emits: account.credited, to: open } } } }
projections: { balances: { service: bank, from: [account.opened, account.credited], key: iban, fields: { iban: string } } }`;
    expect(assumptions(bank)).toEqual([
      'bounded-outage',
      'refused-replay',
      'dead-letter-gap',
    ]);
  });
});

describe('an event that happens once for each key', () => {
  const isOnce = (commands: string): boolean | undefined =>
    checkText(`
eventArch: 1
name: Users
broker: kafka
events:
  user.closed: { aggregate: user, key: userId, payload: { userId: uuid } }
  user.changed: { aggregate: user, key: userId, payload: { userId: uuid } }
publishers: { users: { publishes: [user.closed, user.changed], outbox: true } }
aggregates: { user: { service: users, states: [active, closed], commands: { ${commands} } } }`)
      .model?.events[0]?.isOncePerKey.value;
  const create = 'register: { emits: user.changed, to: active }';
  const close = 'close: { from: active, emits: user.closed, to: closed }';

  it('is one that creates its aggregate, or leaves a state that never comes back', () => {
    expect(isOnce('make: { emits: user.closed, to: active }')).toBe(true);
    expect(isOnce(`${create}, ${close}`)).toBe(true);
  });

  it('is not one whose state comes back', () => {
    expect(
      isOnce(
        `${create}, touch: { from: active, emits: user.closed, to: active }`,
      ),
    ).toBe(false);
    expect(
      isOnce(
        `${create}, ${close}, reopen: { from: closed, emits: user.changed, to: active }`,
      ),
    ).toBe(false);
    expect(
      isOnce(`${create}, note: { from: active, emits: user.closed }`),
    ).toBe(false);
  });
});
