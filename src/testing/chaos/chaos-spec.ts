// The shop as the fault run uses it: two additions, so that there is something to compensate in reverse and to hold in order.
import { parse, stringify } from 'yaml';
import type { Model } from '../../model/model.ts';
import { readFixture } from '../load-model.ts';
import { privateNodeModel } from './private-node-model.ts';

/** The parts of the shop's spec that are added to. */
interface ShopSpec {
  readonly events: Record<string, unknown>;
  readonly publishers: Record<string, { readonly publishes: string[] }>;
  readonly consumers: Record<string, { subscribes: Record<string, unknown> }>;
  readonly sagas: {
    readonly fulfilment: { readonly steps: Record<string, unknown>[] };
  };
}

const refund = 'command.refund-payment';

/**
 * Gives the text of the shop's spec with a compensation for its second step, and with a service that sees every event
 * of an order in order, through an inbox.
 */
export function chaosSpec(): string {
  // The fixture's shape is known: it is this repository's own.
  const spec = parse(readFixture('specs', 'shop.yaml')) as ShopSpec;
  const { events, publishers, consumers, sagas } = spec;
  events[refund] = {
    type: 'command',
    key: 'orderId',
    payload: { orderId: 'uuid' },
  };
  publishers['order-service']?.publishes.push(refund);
  const payment = consumers['payment-service'];
  if (payment !== undefined)
    payment.subscribes[refund] = { handler: 'refundPayment' };
  const pay = sagas.fulfilment.steps[1];
  if (pay !== undefined) pay['compensate'] = refund;
  Object.assign(consumers, {
    'audit-service': {
      idempotency: 'inbox',
      subscribes: { 'order.*': { handler: 'recordOrderEvent', instances: 2 } },
    },
  });
  return stringify(spec);
}

/** Loads the shop of the fault run. */
export function chaosModel(broker: string): Model {
  return privateNodeModel(chaosSpec(), broker);
}
