// The checks on what the services' databases say at the end of a run.
import type { SqlCheck } from './check.ts';

/** Groups with an inbox and what they read of the order's events. */
const eventReaders = `(VALUES
  ('notification-service.order', 'order.created'), ('notification-service.order', 'order.shipped'),
  ('audit-service.order', 'order.created'), ('audit-service.order', 'order.paid'),
  ('audit-service.order', 'order.shipped'), ('audit-service.order', 'order.cancelled')
) AS reader (consumer_group, type)`;

const commandReaders = `(VALUES
  ('inventory-service.command.reserve-stock', 'command.reserve-stock'),
  ('inventory-service.command.reserve-stock', 'command.release-stock'),
  ('payment-service.payment-processing', 'command.process-payment'),
  ('payment-service.payment-processing', 'command.refund-payment')
) AS reader (consumer_group, type)`;

const naturalReaders = `(VALUES
  ('shipping-service.order', 'order.paid'),
  ('analytics-service.order', 'order.created'), ('analytics-service.order', 'order.paid'),
  ('analytics-service.order', 'order.shipped'), ('analytics-service.order', 'order.cancelled')
) AS reader (consumer_group, type)`;

const sagaTypes = `('order.created', 'stock.reserved', 'stock.rejected', 'payment.captured', 'payment.refused')`;

/** Messages that are to have an effect, with the group; what is poison to the group has none. */
const expectedOf = (from: string, readers: string): string =>
  `SELECT reader.consumer_group, said.id FROM ${from} AS said JOIN ${readers} USING (type)
   WHERE NOT EXISTS (SELECT 1 FROM evidence.poison
     WHERE poison.consumer_group = reader.consumer_group AND poison.message_id = said.id)`;

const missing = (expected: string, effects: string): string =>
  `SELECT concat(consumer_group, ' has not handled ', id) AS example FROM (${expected}) AS expected
   WHERE NOT EXISTS (SELECT 1 FROM ${effects} AS done
     WHERE done.consumer_group = expected.consumer_group AND done.message_id = expected.id)`;

const events = expectedOf('evidence.event', eventReaders);
const commands = expectedOf('evidence.message', commandReaders);
const natural = expectedOf('evidence.event', naturalReaders);
const sagaInputs = `SELECT 'order-service.fulfilment' AS consumer_group, id FROM evidence.message WHERE type IN ${sagaTypes}
  UNION SELECT 'order-service.fulfilment', id FROM evidence.event WHERE type = 'order.created'`;

const isPaid = `EXISTS (SELECT 1 FROM evidence.event WHERE key = saga.id AND type = 'order.paid')`;
const isCancelled = `EXISTS (SELECT 1 FROM evidence.event WHERE key = saga.id AND type = 'order.cancelled')`;

/** What is left of an order's moves; a completed saga keeps what it took, an undone one nothing. */
const balance = (moves: string, amount: string, wanted: string): string =>
  `SELECT concat(saga.id, ' is ', saga.status, ' and has ', held.sum) AS example
   FROM order_service.saga_instance AS saga
   LEFT JOIN LATERAL (SELECT coalesce(sum(${amount}), 0) AS sum FROM ${moves} WHERE order_id = saga.id) AS held ON true
   WHERE held.sum <> CASE saga.status WHEN 'completed' THEN ${wanted} ELSE 0 END AND saga.status <> 'running'`;

const ordered = (rows: string, key: string): string =>
  `SELECT concat(${key}, ': version ', version, ' after ', before) AS example FROM (
     SELECT ${key}, version, lag(version) OVER (PARTITION BY ${key} ORDER BY position) AS before FROM ${rows}
   ) AS seen WHERE before >= version`;

/** The checks in SQL, in the sequence in which they are told. */
export const sqlChecks: readonly SqlCheck[] = [
  {
    name: 'orders-committed',
    says: 'every order that was answered is in the log, once',
    looked: 'SELECT id FROM evidence.placed',
    wrong: `SELECT concat(placed.id, ' is ', count(event.key), ' times in the log') AS example FROM evidence.placed
      LEFT JOIN evidence.event ON event.key = placed.id AND event.type = 'order.created'
      GROUP BY placed.id HAVING count(event.key) <> 1`,
  },
  {
    name: 'log-and-outbox',
    says: 'each event of the log is in the outbox and the other way round',
    looked: 'SELECT id FROM evidence.event',
    wrong: `SELECT concat(coalesce(event.id, said.id), ' is on one side only') AS example FROM evidence.event
      FULL JOIN (SELECT id FROM evidence.message WHERE type LIKE 'order.%') AS said USING (id)
      WHERE event.id IS NULL OR said.id IS NULL`,
  },
  {
    name: 'outboxes-drained',
    says: 'every message in an outbox has been published',
    looked: 'SELECT id FROM evidence.message',
    wrong: `SELECT concat(service, ' still holds ', id) AS example FROM evidence.message WHERE published_at IS NULL`,
  },
  {
    name: 'events-handled',
    says: 'every committed event took effect in each group with an inbox',
    looked: events,
    wrong: missing(events, 'evidence.effect'),
  },
  {
    name: 'commands-handled',
    says: 'every committed command took effect',
    looked: commands,
    wrong: missing(commands, 'evidence.effect'),
  },
  {
    name: 'natural-effects',
    says: 'every committed event took effect in each group without one',
    looked: natural,
    wrong: missing(natural, 'natural_effects.effect'),
  },
  {
    name: 'saga-inbox',
    says: 'every event that the saga waits for reached it',
    looked: sagaInputs,
    wrong: missing(sagaInputs, 'order_service.inbox'),
  },
  {
    name: 'effects-once',
    says: 'no message took effect twice in a group',
    looked: 'SELECT message_id FROM evidence.effect',
    wrong: `SELECT concat(consumer_group, ' acted ', count(*), ' times on ', message_id) AS example
      FROM evidence.effect GROUP BY consumer_group, message_id HAVING count(*) > 1`,
  },
  {
    name: 'no-phantoms',
    says: 'nothing took effect that was not committed',
    looked: `SELECT message_id FROM evidence.effect UNION ALL SELECT message_id FROM natural_effects.effect`,
    wrong: `SELECT concat(consumer_group, ' acted on ', message_id) AS example FROM (
        SELECT consumer_group, message_id FROM evidence.effect
        UNION ALL SELECT consumer_group, message_id FROM natural_effects.effect
      ) AS done WHERE NOT EXISTS (SELECT 1 FROM evidence.message WHERE id = message_id)
        AND NOT EXISTS (SELECT 1 FROM evidence.event WHERE id = message_id)`,
  },
  {
    name: 'order-per-key',
    says: 'audit-service saw the events of each order in order',
    looked: `SELECT message_key FROM evidence.effect WHERE consumer_group = 'audit-service.order'
      GROUP BY message_key HAVING count(*) > 1`,
    wrong: ordered(
      `evidence.effect WHERE consumer_group = 'audit-service.order'`,
      'message_key',
    ),
  },
  {
    name: 'projection-order',
    says: 'the read model was folded without a gap for each order',
    looked: 'SELECT DISTINCT subject FROM evidence.projected',
    wrong: `SELECT concat(subject, ': version ', version, ' as number ', place) AS example FROM (
        SELECT subject, version, row_number() OVER (PARTITION BY subject ORDER BY position) AS place
        FROM evidence.projected
      ) AS seen WHERE version <> place`,
  },
  {
    name: 'sagas-ended',
    says: 'every order has a saga, and it has ended',
    looked: `SELECT key FROM evidence.event WHERE type = 'order.created'`,
    wrong: `SELECT concat(event.key, ' is ', coalesce(saga.status, 'without a saga')) AS example FROM evidence.event
      LEFT JOIN order_service.saga_instance AS saga ON saga.id = event.key
      WHERE event.type = 'order.created' AND coalesce(saga.status, 'running') = 'running'`,
  },
  {
    name: 'outcomes-agree',
    says: 'completed sagas have paid orders, undone ones cancelled orders',
    looked: `SELECT id FROM order_service.saga_instance AS saga WHERE status <> 'running'`,
    wrong: `SELECT concat(saga.id, ' is ', saga.status) AS example FROM order_service.saga_instance AS saga
      WHERE (saga.status = 'completed' AND NOT ${isPaid})
        OR (saga.status = 'aborted' AND (${isPaid} OR NOT ${isCancelled}))`,
  },
  {
    name: 'stock-balance',
    says: 'stock is held for completed orders only, and as much as ordered',
    looked: 'SELECT DISTINCT order_id FROM inventory_service.stock_move',
    wrong: balance(
      'inventory_service.stock_move',
      'quantity',
      `(SELECT sum((item ->> 'quantity')::int) FROM jsonb_array_elements(saga.history -> 'started' -> 'items') AS item)`,
    ),
  },
  {
    name: 'payment-balance',
    says: 'money is held for completed orders only, and as much as due',
    looked: 'SELECT DISTINCT order_id FROM payment_service.payment_move',
    wrong: balance(
      'payment_service.payment_move',
      'amount',
      `(saga.history -> 'started' ->> 'total')::bigint`,
    ),
  },
  {
    name: 'compensation-order',
    says: 'what was done last was undone first',
    looked: `SELECT key FROM evidence.message WHERE type = 'command.refund-payment'`,
    wrong: `SELECT concat(refund.key, ' was not undone in reverse') AS example
      FROM evidence.message AS refund
      LEFT JOIN evidence.message AS release ON release.key = refund.key AND release.type = 'command.release-stock'
      WHERE refund.type = 'command.refund-payment' AND (release.position IS NULL OR release.position < refund.position)`,
  },
  {
    name: 'status-of-log',
    says: 'the read model says of each order what its last event says',
    looked: 'SELECT "orderId" FROM order_service.read_orders',
    wrong: `SELECT concat(event.key, ' is ', coalesce(held.status, 'absent'), ' after ', event.type) AS example
      FROM evidence.event
      LEFT JOIN order_service.read_orders AS held ON held."orderId"::text = event.key
      WHERE NOT EXISTS (SELECT 1 FROM evidence.event AS later WHERE later.key = event.key AND later.version > event.version)
        AND coalesce(held.status, '') <> CASE event.type WHEN 'order.created' THEN 'pending' ELSE split_part(event.type, '.', 2) END`,
  },
];
