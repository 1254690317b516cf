import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkText,
  fixturePath,
  modelOf,
} from '../../../testing/load-model.ts';
import { randomAnswers } from '../../../testing/random-answers.ts';
import { defaultAnswers, type Answers } from './answers.ts';
import { specText } from './spec-text.ts';

/** Errors and warnings; remarks of the design rules on what was answered may remain. */
const findings = (text: string): readonly string[] =>
  checkText(text)
    .diagnostics.filter(({ severity }) => severity !== 'info')
    .map(({ code, pointer, message }) => `${code} ${pointer} ${message}`);

const fulfilment: Answers = {
  ...defaultAnswers,
  name: 'Online shop',
  needs: ['Decouple order intake from fulfilment', 'Audit trail'],
  volume: '500/s',
  events: [
    {
      name: 'order.created',
      kind: 'domain',
      fields: { orderId: 'uuid', total: 'number', 'note?': 'string' },
      key: 'orderId',
      publisher: 'order-service',
      consumers: ['notification-service'],
    },
    {
      name: 'order.cancelled',
      kind: 'domain',
      fields: { orderId: 'uuid' },
      key: 'orderId',
      publisher: 'order-service',
      consumers: [],
    },
    {
      name: 'command.reserve-stock',
      kind: 'command',
      fields: { orderId: 'uuid' },
      key: 'orderId',
      publisher: 'order-service',
      consumers: ['stock-service'],
    },
    {
      name: 'command.release-stock',
      kind: 'command',
      fields: { orderId: 'uuid' },
      key: 'orderId',
      publisher: 'order-service',
      consumers: ['stock-service'],
    },
    {
      name: 'stock.reserved',
      kind: 'integration',
      fields: { orderId: 'uuid' },
      key: 'orderId',
      publisher: 'stock-service',
      consumers: [],
    },
    {
      name: 'stock.rejected',
      kind: 'integration',
      fields: { orderId: 'uuid', reason: 'out-of-stock | unknown' },
      key: 'orderId',
      publisher: 'stock-service',
      consumers: [],
    },
  ],
  aggregates: [
    {
      name: 'order',
      service: 'order-service',
      events: ['order.created', 'order.cancelled'],
    },
  ],
  projections: [
    {
      name: 'orders',
      service: 'order-service',
      from: ['order.created', 'order.cancelled'],
      key: 'orderId',
    },
  ],
  sagas: [
    {
      name: 'fulfilment',
      coordinator: 'order-service',
      starts: 'order.created',
      completes: null,
      aborts: 'order.cancelled',
      steps: [
        {
          name: 'reserve',
          command: 'command.reserve-stock',
          success: 'stock.reserved',
          failure: 'stock.rejected',
          compensate: 'command.release-stock',
        },
      ],
    },
  ],
};

describe('the spec that init writes', () => {
  it.each([
    ['defaults', defaultAnswers],
    ['fulfilment', fulfilment],
  ])('reads as expected for the %s', async (name, answers) => {
    const text = specText(answers, './event-arch.schema.json');
    expect(findings(text)).toEqual([]);
    await expect(text).toMatchFileSnapshot(
      fixturePath('cli', 'init', `${name}.yaml`),
    );
  });

  it('has no errors and no warnings with the choices that init proposes', () => {
    fc.assert(
      fc.property(randomAnswers(), (answers) => {
        const { delivery, ordering, compatibility, outbox, idempotency } =
          defaultAnswers;
        const proposed = {
          ...answers,
          delivery,
          ordering,
          compatibility,
          outbox,
          idempotency,
        };
        expect(findings(specText(proposed, null))).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('has no findings but those of design rules on what was chosen', () => {
    fc.assert(
      fc.property(randomAnswers(), (answers) => {
        const { diagnostics } = checkText(specText(answers, null));
        const odd = diagnostics.filter(
          ({ code, severity }) =>
            severity === 'error' || !code.startsWith('rule/'),
        );
        expect(odd).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('keeps every text as it was given', () => {
    fc.assert(
      fc.property(randomAnswers(), (answers) => {
        const model = modelOf(checkText(specText(answers, null)));
        expect(model.name).toBe(answers.name);
        expect(model.description).toBe(answers.description);
        expect(model.context.needs).toEqual(answers.needs);
        expect(model.events.map(({ name }) => name)).toEqual(
          answers.events.map(({ name }) => name),
        );
      }),
      { numRuns: 80 },
    );
  });

  it('lets no text out of its comment or its line', () => {
    const text = specText(
      {
        ...defaultAnswers,
        name: 'a\n# b: c',
        description: '- x\n--- \n{{y}}: "',
      },
      'a b\n#.json',
    );
    expect(text.split('\n')[0]).toBe(
      '# yaml-language-server: $schema=a%20b%0A#.json',
    );
    expect(modelOf(checkText(text)).name).toBe('a\n# b: c');
  });

  it('gives an event without a key no order per key', () => {
    const [event] = defaultAnswers.events;
    const model = modelOf(
      checkText(
        specText(
          { ...defaultAnswers, events: [{ ...event!, key: null }] },
          null,
        ),
      ),
    );
    expect(model.events[0]?.ordering.value).toBe('none');
  });
});
