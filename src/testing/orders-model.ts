// One small system that asks a message broker for everything: order by key, lanes, both kinds of retry, replay, requests.
import {
  given,
  smallChannel,
  smallEnvironment,
  smallEvent,
  smallGroup,
  smallModel,
  smallPublications,
  smallRequest,
  smallSubscription,
} from './small-model.ts';
import type { Model } from '../model/model.ts';
import type { JsonObject } from '../core/json.ts';

const orderEvents = ['order.created', 'order.paid', 'order.cancelled'];

/** Makes the system for a version of the broker; delays are short, so that a test can wait for them. */
export function ordersModel(version: string, options: JsonObject = {}): Model {
  const shipping = smallSubscription('shipping.order', 'shipping', {
    events: ['order.paid'],
  });
  const notification = smallSubscription('notification.order', 'notification', {
    events: ['order.created'],
    ordering: given('none'),
    concurrency: given(4),
    retry: given({
      attempts: 4,
      backoff: 'exponential',
      firstMs: 200,
      maxMs: 60_000,
      mode: 'non-blocking',
    }),
  });
  const analytics = smallSubscription('analytics.order', 'analytics', {
    pattern: 'order.*',
    events: orderEvents,
    ordering: given('none'),
    retry: given({
      attempts: 1,
      backoff: 'fixed',
      firstMs: 0,
      maxMs: 0,
      mode: 'blocking',
    }),
  });
  const reserve = smallSubscription('inventory.reserve-stock', 'inventory', {
    events: ['command.reserve-stock'],
    instances: given(3),
  });
  const outcome = smallSubscription('orders.stock.reserved', 'orders', {
    events: ['stock.reserved'],
  });
  const beat = smallSubscription('monitor.heartbeat', 'monitor', {
    events: ['heartbeat'],
    delivery: given('at-most-once'),
    ordering: given('none'),
  });
  return smallModel({
    broker: { kind: 'rabbitmq', version, options },
    events: [
      ...orderEvents.map((name) => smallEvent(name, 'order')),
      smallEvent('command.reserve-stock', 'command.reserve-stock', {
        kind: 'command',
      }),
      smallEvent('stock.reserved', 'stock.reserved'),
      smallEvent('heartbeat', 'heartbeat', {
        delivery: given('at-most-once'),
        key: null,
      }),
      smallEvent('order.exported', 'order.exported', { isPublic: true }),
    ],
    channels: [
      smallChannel('order', orderEvents, {
        retention: given(2_592_000_000, '/channels/order/retention'),
      }),
      smallChannel('command.reserve-stock', ['command.reserve-stock'], {
        kind: 'command',
      }),
      smallChannel('stock.reserved', ['stock.reserved']),
      smallChannel('heartbeat', ['heartbeat']),
      smallChannel('order.exported', ['order.exported']),
    ],
    publications: [
      ...smallPublications('orders', [
        ...orderEvents,
        'command.reserve-stock',
        'order.exported',
      ]),
      ...smallPublications('inventory', ['stock.reserved', 'heartbeat']),
    ],
    subscriptions: [shipping, notification, analytics, reserve, outcome, beat],
    groups: [
      smallGroup([shipping], ['order']),
      smallGroup([notification], ['order']),
      smallGroup([analytics], ['order']),
      smallGroup([reserve], ['command.reserve-stock'], {
        isCommandQueue: true,
      }),
      smallGroup([outcome], ['stock.reserved']),
      smallGroup([beat], ['heartbeat']),
    ],
    requests: [smallRequest('stock.check', 'orders', 'inventory')],
    environments: [smallEnvironment('dev', 1), smallEnvironment('prod', 3)],
  });
}
