// The shop as the fault run uses it: with a service that sees every event of an order, so that there is something to hold in order.
import { parse, stringify } from 'yaml';
import type { Model } from '../../model/model.ts';
import { readFixture } from '../load-model.ts';
import { privateNodeModel } from './private-node-model.ts';

/** Gives the text of the shop's spec with a service that sees every event of an order in order, through an inbox. */
export function chaosSpec(): string {
  // The fixture's shape is known: it is this repository's own.
  const spec = parse(readFixture('specs', 'shop.yaml')) as {
    readonly consumers: Record<string, unknown>;
  };
  Object.assign(spec.consumers, {
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
