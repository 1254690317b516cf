// What holds for a part of a design and not for the whole: told wherever the whole is told, and alike in each place.
import { describe, expect, it } from 'vitest';
import { documentOf, hello, lineWith } from '../../testing/one-document.ts';

describe('a topic that deletes nothing by age', () => {
  it('is not said to', () => {
    const row = lineWith(
      documentOf(hello('kafka', 'guarantees: { retention: forever }')),
      '| `order.created` | one event |',
    );
    expect(row).toContain('| Kept for ever | nothing is deleted |');
  });
});

describe('a retention that is not that of the whole', () => {
  const saga = (broker: string): string => `eventArch: 1
name: Hello
broker: ${broker}
services: { orders: { database: postgresql }, stock: { database: postgresql } }
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
  order.done: { key: orderId, payload: { orderId: uuid } }
  stock.take: { type: command, key: orderId, payload: { orderId: uuid } }
  stock.taken: { key: orderId, payload: { orderId: uuid } }
  stock.refused: { key: orderId, payload: { orderId: uuid }, retention: 30d }
publishers:
  orders: { outbox: true, publishes: [order.created, order.done] }
  stock: { outbox: true, publishes: [stock.taken, stock.refused] }
consumers: { stock: { idempotency: inbox, subscribes: [stock.take] } }
sagas:
  taking:
    coordinator: orders
    starts: order.created
    correlation: orderId
    timeout: 1h
    steps: [{ name: take, command: stock.take, success: stock.taken, failure: stock.refused, undo: none }]
    completes: order.done
    aborts: order.done
`;

  it.each(['kafka', 'rabbitmq'])(
    'is named where the retention is promised, and why, on %s',
    (broker) => {
      const page = documentOf(saga(broker));
      expect(lineWith(page, '| Retention |')).toContain(
        '`stock.take`, `stock.refused` keep messages for another time',
      );
      expect(lineWith(page, '| `stock.take` | Retention')).toBe(
        '| `stock.take` | Retention: 1d | A command that waited too long must not run late. (Default of the tool: the spec gives no reason.) |',
      );
      expect(page).toContain('| `stock.refused` | Retention: 30d |');
      const record = documentOf(saga(broker), 'decisions/0004-retention.md');
      expect(record).toContain(
        'Another time is chosen for `stock.take` (1d), `stock.refused` (30d).',
      );
    },
  );

  it('leaves no bound in its record that holds for some channels only', () => {
    const record = documentOf(saga('kafka'), 'decisions/0004-retention.md');
    const [, consequences = ''] = record.split('## Consequences');
    expect(consequences.split('## ')[0]).not.toMatch(/7d/);
  });
});

describe('a design in which no event has a key', () => {
  const keyless = (broker: string): string =>
    hello(broker).replace('key: orderId, ', '');

  it.each(['kafka', 'rabbitmq'])(
    'promises no order anywhere on %s',
    (broker) => {
      const page = documentOf(keyless(broker));
      expect(lineWith(page, '| Ordering |')).toBe(
        '| Ordering | Per key, but no event has a key | Nothing is ordered yet: order holds among events with the same key, and none has a key. |',
      );
      expect(lineWith(page, '**Ordering**')).toContain('nothing is ordered');
      expect(lineWith(page, '[0003]')).toContain(
        'Keep order per key, once events have one',
      );
      expect(
        documentOf(keyless(broker), 'decisions/0003-ordering.md'),
      ).not.toContain('proceed in parallel');
    },
  );

  it('names the events without a key where others have one', () => {
    const page = documentOf(
      hello('kafka').replace(
        'publishers:',
        '  order.noticed: { payload: { orderId: uuid } }\npublishers:',
      ),
    );
    expect(page).toContain(
      '| `order.noticed` | Ordering: No order | It has no key to order by. |',
    );
    expect(lineWith(page, '| Ordering |')).toContain('| Per key |');
  });
});

describe('keys that differ from event to event', () => {
  it('do not read as one key of several fields', () => {
    const text = hello('kafka').replace(
      'publishers:',
      '  stock.counted: { key: sku, payload: { sku: string } }\npublishers:',
    );
    const both = 'The key of an event is one of `orderId`, `sku`';
    expect(lineWith(documentOf(text), '**Ordering**')).toContain(both);
    expect(documentOf(text, 'decisions/0003-ordering.md')).toContain(both);
    expect(lineWith(documentOf(hello('kafka')), '**Ordering**')).toContain(
      'Events are keyed by `orderId`:',
    );
  });
});

describe('a queue that fills before its messages expire', () => {
  const busy = (broker: string, more = ''): string =>
    hello(broker, more).replace(
      'key: orderId, ',
      'key: orderId, volume: { rate: 10/s, peak: 60/s }, ',
    );

  it('bounds the wait where the wait is promised', () => {
    const bound =
      '`inventory.order.created` holds 216,000 messages, 1h at its declared peak; then publishers are refused.';
    const text = busy('rabbitmq');
    expect(lineWith(documentOf(text), '| Retention |')).toContain(bound);
    expect(documentOf(text, 'decisions/0004-retention.md')).toContain(bound);
  });

  it('is a failure mode of its group, with the time that the option gives it', () => {
    const text = busy('{ kind: rabbitmq, options: { outage: 4h } }');
    expect(lineWith(documentOf(text), 'Its consumers stay away')).toContain(
      '864,000 messages, 4h at the declared peak. Then what goes to it through `order.created` is refused',
    );
  });

  it('is none when messages expire before', () => {
    const text = busy('rabbitmq', 'guarantees: { retention: 30m }');
    expect(documentOf(text)).not.toMatch(/stay away|full queue/);
  });

  it('says nothing of time without a volume, and drops only what may be lost', () => {
    expect(
      lineWith(documentOf(hello('rabbitmq')), 'Its consumers stay away'),
    ).toContain('Each queue holds 100,000 messages. Then');
    expect(
      lineWith(
        documentOf(hello('rabbitmq', 'guarantees: { delivery: at-most-once }')),
        'Its consumers stay away',
      ),
    ).toContain('the oldest are dropped, as at-most-once allows');
  });

  it('is no matter of a log', () => {
    expect(documentOf(busy('kafka'))).not.toContain('stay away');
  });
});

describe('a public event that nobody here consumes', () => {
  const offered = (broker: string): string =>
    hello(broker).replace(
      'publishers:\n',
      '  place.freed: { public: true, key: place, payload: { place: string } }\npublishers:\n  display: { outbox: true, publishes: [place.freed] }\n',
    );
  const page = documentOf(offered('rabbitmq'));

  it('is dropped by RabbitMQ only while no reader outside has a queue', () => {
    expect(lineWith(page, '| `place.freed` | one event |')).toContain(
      'dropped unless a reader outside has bound a queue: `place.freed`',
    );
  });

  it('rests on that queue, as the guarantees say', () => {
    expect(lineWith(page, 'have bound a queue of their own')).toBe(
      '| Lost | Readers outside have bound a queue of their own before anything is published: what no queue takes is dropped, and confirmed all the same. | `place.freed` |',
    );
  });

  it('rests on Kafka on a reader that comes back in time', () => {
    expect(
      lineWith(
        documentOf(offered('kafka')),
        'No consumer is away for longer than 7d',
      ),
    ).toContain('`place.freed`');
  });

  it('is not published as mandatory, so the guide does not ask for that', () => {
    const guide = documentOf(offered('rabbitmq'), 'GUIDE.md');
    expect(guide).toContain(
      '`mandatory` as `broker/rabbitmq/README.md` says for each event',
    );
  });
});

describe('one copy of each message', () => {
  it.each(['kafka', 'rabbitmq'])(
    'is out of reach with its node and gone with its disk, in both places, on %s',
    (broker) => {
      const page = documentOf(
        hello(broker, 'environments: { dev: { replication: 1 } }'),
      );
      for (const line of [
        lineWith(page, '| `dev` | 1 |'),
        lineWith(page, 'One node is lost'),
      ]) {
        expect(line).toMatch(/until it is back/);
        expect(line).toMatch(/gone with its disk/);
      }
    },
  );
});
