import { describe, expect, it } from 'vitest';
import { unmarkedPersonalData } from '../rules/unmarked-personal-data.ts';
import { eventAsRequest } from '../rules/event-as-request.ts';
import { reviewText } from '../testing/review-text.ts';
import { joinAlike } from './join-alike.ts';

const spec = `
eventArch: 1
name: Orders
broker: kafka
events:
  order.placed: { key: orderId, payload: { orderId: uuid, email: string } }
  order.paid: { key: orderId, payload: { orderId: uuid, email: string } }
  order.send: { key: orderId, payload: { orderId: uuid, phone: string } }
publishers: { orders: [order.placed, order.paid, order.send] }
`;

describe('joinAlike', () => {
  it('tells the same of one field in several events once, with all names and places', () => {
    const [first, other, ...rest] = joinAlike(
      reviewText(spec, [unmarkedPersonalData]),
    );
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      pointer: '/events/order.placed/payload/email',
      message:
        'what looks like personal data in "order.placed" and "order.paid" is not marked: "email"',
      hint: 'Write "pii: true" on "email" of "order.placed" and "order.paid", or "x-pii: true" in a JSON Schema.',
      parameters: { where: '"order.placed" and "order.paid"' },
      related: [
        {
          message: 'the same of "order.paid"',
          pointer: '/events/order.paid/payload/email',
        },
      ],
    });
    expect(other?.message).toBe(
      'what looks like personal data in "order.send" is not marked: "phone"',
    );
  });

  it('leaves findings of other rules as they are', () => {
    const found = reviewText(spec, [eventAsRequest]);
    expect(joinAlike(found)).toEqual(found);
  });
});
