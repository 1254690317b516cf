import { describe, expect, it } from 'vitest';
import { unmarkedPersonalData } from '../rules/unmarked-personal-data.ts';
import { eventAsRequest } from '../rules/event-as-request.ts';
import { nameOutsideAggregate } from '../rules/name-outside-aggregate.ts';
import { checkText } from '../testing/load-model.ts';
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

  it('tells a refused name once, where it is defined, with the places that mention it', () => {
    const { diagnostics } = checkText(`
eventArch: 1
name: Parking
broker: kafka
publishers: { gate: [carEntered, carLeft] }
events:
  carEntered: { key: id, payload: { id: uuid } }
  carLeft: { key: id, payload: { id: uuid } }
consumers: { display: { subscribes: [carEntered] } }
`);
    const told = joinAlike(diagnostics);
    expect(diagnostics).toHaveLength(5);
    expect(told.map(({ message, pointer }) => ({ message, pointer }))).toEqual([
      {
        message: '"carEntered" cannot be a name here and at 2 other places',
        pointer: '/events/carEntered',
      },
      {
        message: '"carLeft" cannot be a name here and at 1 other place',
        pointer: '/events/carLeft',
      },
    ]);
    expect(told[0]?.related.map(({ pointer }) => pointer)).toEqual([
      '/publishers/gate/0',
      '/consumers/display/subscribes/0',
    ]);
  });

  it('tells a refused name where it stands first when nothing is defined by it', () => {
    const event = '{ aggregate: labOrder, key: id, payload: { id: uuid } }';
    const told = joinAlike(
      checkText(`
eventArch: 1
name: Lab
broker: kafka
events: { lab.ordered: ${event}, lab.measured: ${event} }
`).diagnostics,
    );
    expect(told.map(({ pointer }) => pointer)).toEqual([
      '/events/lab.ordered/aggregate',
    ]);
  });

  it('names what is to be done to each of several things', () => {
    const [told, ...rest] = joinAlike(
      reviewText(
        `
eventArch: 1
name: Lab
broker: kafka
events:
  lab.ordered: { aggregate: order, key: id, payload: { id: uuid } }
  result.told: { aggregate: order, key: id, payload: { id: uuid } }
  lab.told: { aggregate: order, key: id, payload: { id: uuid } }
publishers: { lab: [lab.ordered, result.told, lab.told] }
`,
        [nameOutsideAggregate],
      ),
    );
    expect(rest).toEqual([]);
    expect(told).toMatchObject({
      message:
        'the aggregate "order" is not told by the name of "lab.ordered", "result.told" and "lab.told"',
      hint: 'Rename "lab.ordered", "result.told" and "lab.told" to "order.ordered", "order.result.told" and "order.lab.told", or correct "aggregate" there.',
    });
  });

  it('leaves findings of other rules as they are', () => {
    const found = reviewText(spec, [eventAsRequest]);
    expect(joinAlike(found)).toEqual(found);
  });
});
