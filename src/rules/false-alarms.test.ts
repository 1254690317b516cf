// Warnings of what cannot happen: a fact of the design, said or shown, makes each go away.
import { describe, expect, it } from 'vitest';
import { reviewText } from '../testing/review-text.ts';
import { rules } from './index.ts';

const codesOf = (text: string): readonly string[] =>
  reviewText(`eventArch: 1\nname: Shop\nbroker: kafka\n${text}`, rules).map(
    ({ code }) => code,
  );

const registration = (type: string): string => `
events:
  user.registered: { ${type} key: userId, payload: { userId: uuid } }
  user.closed: { aggregate: user, key: userId, public: true, payload: { userId: uuid } }
publishers: { users: { publishes: [user.registered, user.closed], outbox: true } }
aggregates: { user: { service: users, states: [active, closed], commands: { close: { from: active, emits: user.closed, to: closed }, register: { emits: ${type.includes('aggregate') ? 'user.registered' : 'user.closed'}, to: active } } } }
consumers: { mail: { idempotency: natural, subscribes: { user.registered: { ordering: per-key, retry: { attempts: 4, mode: non-blocking } } } } }`;

describe('a message set aside for a retry', () => {
  it('is overtaken by another of its key', () => {
    expect(codesOf(registration(''))).toContain('rule/overtaking-retry');
  });

  it('is overtaken by none when it creates its aggregate', () => {
    expect(codesOf(registration('aggregate: user,'))).not.toContain(
      'rule/overtaking-retry',
    );
  });

  it('is overtaken by none when it happens once per key', () => {
    expect(codesOf(registration('once: per-key,'))).not.toContain(
      'rule/overtaking-retry',
    );
  });
});

const probe = (publisher: string): string => `
services: { probe: { database: postgresql } }
events: { reading.taken: { key: meterId, payload: { meterId: uuid } } }
publishers: { probe: ${publisher} }
consumers: { desk: { idempotency: natural, subscribes: [reading.taken] } }`;

describe('a service with a database and no outbox', () => {
  it('writes state and event in two steps', () => {
    expect(codesOf(probe('[reading.taken]'))).toContain('rule/dual-write');
  });

  it('does not when nothing is committed beside the event', () => {
    const told = codesOf(
      probe('{ publishes: [reading.taken], changesState: false }'),
    );
    expect(told).not.toContain('rule/dual-write');
    expect(told).not.toContain('rule/reordered-publishing');
  });
});

describe('a service that keeps an inbox beside what it publishes', () => {
  const bank = (idempotency: string): string => `
events:
  bill.made: { key: billId, payload: { billId: uuid } }
  bill.paid: { key: billId, payload: { billId: uuid } }
publishers: { shop: [bill.made], bank: [bill.paid] }
consumers: { bank: { idempotency: ${idempotency}, subscribes: [bill.made] }, shop: { idempotency: natural, subscribes: [bill.paid] } }`;

  it('writes the inbox and the event in two steps', () => {
    expect(codesOf(bank('inbox'))).toContain('rule/dual-write');
  });

  it('does not when handling twice changes nothing', () => {
    expect(codesOf(bank('natural'))).not.toContain('rule/dual-write');
  });
});

describe('a service that publishes what a saga lets it publish', () => {
  const booking = (publisher: string): string => `
services: { trip: { database: postgresql } }
events:
  trip.created: { key: tripId, payload: &trip { tripId: uuid } }
  command.hold: { type: command, key: tripId, payload: *trip }
  card.held: { key: tripId, payload: *trip }
publishers: { ${publisher} app: [trip.created], bank: { publishes: [card.held], outbox: true } }
consumers: { bank: { idempotency: inbox, subscribes: [command.hold] } }
sagas: { booking: { coordinator: trip, starts: trip.created, steps: [{ name: hold, command: command.hold, success: card.held }] } }`;

  it('takes an outbox without a list of events', () => {
    expect(codesOf(booking(''))).toContain('rule/dual-write');
    const mended = codesOf(booking('trip: { outbox: true },'));
    expect(mended.filter((code) => !code.startsWith('rule/'))).toEqual([]);
    expect(mended).not.toContain('rule/dual-write');
  });
});

/** The name of each event that dual-write tells. */
const lossesOf = (lake: string): readonly string[] =>
  reviewText(
    `eventArch: 1
name: Rides
broker: kafka
services: { app: { database: postgresql } }
events:
  car.located: { key: carId, delivery: at-most-once, payload: { carId: uuid } }
  car.seen: { key: carId, payload: { carId: uuid } }
publishers: { app: [car.located, car.seen] }
consumers: { lake: { idempotency: natural, ${lake} } }`,
    rules,
  )
    .filter(({ code }) => code === 'rule/dual-write')
    .map(
      ({ message }) => /publishes (.*) in two steps/.exec(message)?.[1] ?? '',
    );

describe('an event that may be lost', () => {
  it('is no dual write because a pattern takes another with it that may not', () => {
    expect(lossesOf('subscribes: ["#"]')).toEqual(['"car.seen"']);
    expect(lossesOf('subscribes: [car.located]')).toEqual(['"car.seen"']);
  });

  it('is told to be overtaken where a loss of it is accepted', () => {
    const told = codesOf(`
services: { app: { database: postgresql } }
events:
  car.located: { key: carId, delivery: at-most-once, payload: { carId: uuid } }
  fare.paid: { key: fareId, payload: { fareId: uuid } }
publishers: { app: [car.located], pay: [fare.paid] }
consumers: { lake: { idempotency: natural, ordering: per-key, subscribes: ["#"] } }`);
    expect(told).toContain('rule/reordered-publishing');
    expect(told).not.toContain('rule/dual-write');
  });

  it('is one where its consumer asks for more', () => {
    expect(lossesOf('delivery: at-least-once, subscribes: ["#"]')).toEqual([
      '"car.located" and "car.seen"',
    ]);
  });
});

const saga = (lookUp: string, charge: string): string => `
events:
  order.placed: { key: orderId, payload: &order { orderId: uuid } }
  command.look-up: { type: command, key: orderId, payload: *order }
  customer.found: { key: customerId, payload: { orderId: uuid, customerId: uuid } }
  command.charge: { type: command, queue: charges, key: orderId, payload: *order }
  command.refund: { type: command, queue: charges, key: orderId, payload: *order }
  charge.done: { key: orderId, payload: *order }
  charge.refused: { key: orderId, payload: *order }
publishers: { orders: [order.placed], crm: [customer.found], pay: [charge.done, charge.refused] }
consumers: { crm: { idempotency: natural, subscribes: [command.look-up] }, pay: { idempotency: inbox, subscribes: [command.charge, command.refund] } }
sagas:
  take:
    coordinator: orders
    starts: order.placed
    correlation: orderId
    timeout: 1d
    steps:
      - { name: look-up, command: command.look-up, success: customer.found${lookUp} }
      - { name: charge, command: command.charge, success: charge.done, failure: charge.refused${charge} }`;

describe('a step of a saga', () => {
  it('needs a compensation when the saga can be given up after it', () => {
    const told = codesOf(saga('', ''));
    expect(told).toContain('rule/missing-compensation');
    expect(told).toContain('rule/late-saga-step');
  });

  it('needs none when it leaves nothing to undo', () => {
    const told = codesOf(
      saga(
        ', undo: { choice: none, because: It only reads }',
        ', compensate: command.refund',
      ),
    );
    expect(told).not.toContain('rule/missing-compensation');
    expect(told).not.toContain('rule/late-saga-step');
    expect(told).not.toContain('rule/overtaking-compensation');
  });

  it('may answer under another key, since the coordinator waits for one outcome at a time', () => {
    expect(codesOf(saga('', ''))).not.toContain('rule/saga-key-differs');
  });
});

describe('the correlation of a saga', () => {
  const started = (event: string, key: string, more = ''): string => `
events:
  ${event}: { key: ${key}, ${more} payload: &payload { ${key}: string } }
  command.check: { type: command, key: ${key}, payload: *payload }
  check.passed: { key: ${key}, payload: *payload }
publishers: { bank: [${event}], fraud: [check.passed] }
consumers: { fraud: { idempotency: inbox, subscribes: [command.check] } }
sagas: { audit: { coordinator: bank, starts: ${event}, steps: [{ name: check, command: command.check, success: check.passed }] } }`;
  const recurs = (text: string): boolean =>
    codesOf(text).includes('rule/recurring-correlation');

  it('recurs when it names something that outlives the process', () => {
    expect(recurs(started('transfer.requested', 'iban'))).toBe(true);
    expect(recurs(started('transfer.requested', 'accountId'))).toBe(true);
  });

  it('does not when it names what the event is about, or happens once', () => {
    expect(recurs(started('transfer.requested', 'transferId'))).toBe(false);
    expect(recurs(started('room.booked', 'bookingNumber'))).toBe(false);
    expect(recurs(started('transfer.requested', 'id'))).toBe(false);
    expect(
      recurs(started('transfer.requested', 'iban', 'once: per-key,')),
    ).toBe(false);
  });
});
