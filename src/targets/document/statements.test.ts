// Sentences of the documents that depend on the model, each for the cases between which it chooses.
import { describe, expect, it } from 'vitest';
import { documentOf, hello, lineWith } from '../../testing/one-document.ts';

describe('the record of the broker', () => {
  const recordOf = (broker: string): string =>
    documentOf(hello(broker), 'decisions/0001-broker.md');

  it.each([
    ['rabbitmq', '; version 4.3 is the default of the tool'],
    ['{ kind: rabbitmq }', '; version 4.3 is the default of the tool'],
    [
      '{ kind: rabbitmq, because: we know it }',
      '; version 4.3 is the default of the tool',
    ],
    ['{ kind: rabbitmq, version: "4.0", because: we know it }', ''],
    ['{ kind: kafka, version: "4.0" }', ''],
  ])('says that %s was chosen in the spec', (broker, version) => {
    expect(lineWith(recordOf(broker), 'Status')).toBe(
      `- **Status**: Accepted: chosen in the spec${version}`,
    );
  });

  it.each([
    '{ kind: rabbitmq, because: we know it }',
    '{ kind: rabbitmq, version: "4.0", because: we know it }',
  ])('keeps the reason of %s', (broker) => {
    expect(recordOf(broker)).toContain('## Because\n\nwe know it\n');
  });
});

const choreography = (saga: string, publishers: string): string => `eventArch: 1
name: Stock
broker: kafka
services:
  shop: { database: postgresql }
  stock: { database: postgresql }
events:
  order.placed: { key: orderId, payload: { orderId: uuid } }
  stock.taken: { key: orderId, payload: { orderId: uuid } }
  stock.missing: { key: orderId, payload: { orderId: uuid } }
  order.given-up: { key: orderId, payload: { orderId: uuid } }
publishers:
${publishers}
consumers:
  stock: { idempotency: inbox, subscribes: [order.placed] }
  shop: { idempotency: inbox, subscribes: [stock.taken, stock.missing] }
sagas:
  ordering:
    style: choreography
    starts: order.placed
    timeout: 1h
    completes: stock.taken
${saga}
    steps:
      - { name: take, on: order.placed, success: stock.taken, failure: stock.missing }
`;

const publishedBy = (shop: string, stock: string): string =>
  `  shop: { outbox: true, publishes: [${shop}] }\n  stock: { outbox: true, publishes: [${stock}] }`;

describe('a choreography without an outcome in time', () => {
  const overdue = (text: string): string =>
    lineWith(documentOf(text), 'No outcome within 1h');

  it('stays as it is when nobody can give it up', () => {
    expect(
      overdue(
        choreography(
          '    aborts: stock.missing',
          publishedBy('order.placed', 'stock.taken, stock.missing'),
        ),
      ),
    ).toContain(
      'It stays as it is: no one coordinates it, and nothing is undone. People have to find where it stands, undo by hand, and see to it that `stock.missing` is published.',
    );
  });

  it('is given up by who started it, when the event is its own', () => {
    expect(
      overdue(
        choreography(
          '    aborts: order.given-up',
          publishedBy(
            'order.placed, order.given-up',
            'stock.taken, stock.missing',
          ),
        ),
      ),
    ).toContain(
      '`shop`, which started it, publishes `order.given-up`. Nothing is undone by that: what was done stays done.',
    );
  });
});

describe('the loss of a node', () => {
  const lost = (environments: string, broker = 'kafka'): string =>
    lineWith(
      documentOf(hello(broker, `environments: ${environments}`)),
      'One node is lost',
    );

  it('is told of every environment, those with as many copies together', () => {
    const text = lost('{ dev: {}, prod: {}, local: { replication: 1 } }');
    expect(text).toContain('In `dev`, `prod`, another replica takes over');
    expect(text).toContain('In `local`, there is one copy of each message');
  });

  it('stops writes where every copy is needed', () => {
    expect(lost('{ prod: { replication: 2, minInSync: 2 } }')).toContain(
      'writes need 2 in sync: they stop until the node is back',
    );
    expect(lost('{ prod: { replication: 2 } }', 'rabbitmq')).toContain(
      'quorum queues have 2 copies and need 2 of them: they stop',
    );
  });
});

describe('a message that is kept for ever', () => {
  it('is justified as what the broker does with it', () => {
    const more = 'guarantees: { retention: forever }';
    expect(lineWith(documentOf(hello('kafka', more)), '| Retention')).toContain(
      'Nothing is deleted by age',
    );
    expect(
      lineWith(documentOf(hello('rabbitmq', more)), '| Retention'),
    ).toContain('as long as it takes; once handled, it leaves the queue');
  });
});

describe('one thing', () => {
  it('has the singular', () => {
    const text = documentOf(hello('kafka')).replaceAll(/^`{3}[^]*?^`{3}/gm, '');
    expect(text).toContain('2 services, 1 event, 1 channel, 1 consumer group.');
    expect(text).toContain('because it declares no volume: `order.created`');
    expect(text).not.toMatch(/`order\.created` (?:are|stay|have)\b/);
  });

  it('is told once, without a lone dash for what there is none of', () => {
    const text = documentOf(
      choreography(
        '',
        publishedBy('order.placed', 'stock.taken, stock.missing'),
      ).replace('    completes: stock.taken\n', ''),
    );
    expect(text.split('\n')).not.toContain('–');
  });
});

describe('a volume that only the whole has', () => {
  it('is no volume of an event', () => {
    expect(
      documentOf(hello('kafka', 'context: { volume: 10000/s }')),
    ).toContain(
      '**Target volume**: 10000/s for the whole system. The event does not declare it as its `volume`, so nothing below is sized by load.',
    );
  });
});
