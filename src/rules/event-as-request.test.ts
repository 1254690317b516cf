import { describe, expect, it } from 'vitest';
import { reviewText } from '../testing/review-text.ts';
import { eventAsRequest } from './event-as-request.ts';

describe('eventAsRequest', () => {
  it.each([
    ['send-invoice', '"send"', '"invoice.sent"'],
    ['billing.create-order', '"create"', '"billing.order.created"'],
    ['process-payment', '"process"', '"payment.processed"'],
  ])('reads the verb at the head of %s', (name, verb, past) => {
    const [found] = reviewText(
      `
eventArch: 1
name: Orders
broker: kafka
events: { ${name}: { key: id, payload: { id: uuid } } }
publishers: { orders: [${name}] }
`,
      [eventAsRequest],
    );
    expect(found?.message).toContain(verb);
    expect(found?.hint).toContain(past);
  });
});
