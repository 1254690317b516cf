// The fault run of docs/faults.md, shorter: the shop's generated code on both brokers, whole and without each protection.
import { describe, expect, it } from 'vitest';
import { findBroker } from '../../testing/brokers/availability.ts';
import { hasFailedFor } from '../../testing/chaos/chaos-command.ts';
import { holds, tableOf } from '../../testing/chaos/check.ts';
import {
  type ChaosOptions,
  type ChaosReport,
  runChaos,
} from '../../testing/chaos/run-chaos.ts';
import type { Protection } from '../../testing/chaos/sabotage.ts';

const lines: string[] = [];

const optionsFor = (
  broker: ChaosOptions['broker'],
  orders: number,
  without: Protection | null,
): ChaosOptions => ({
  broker,
  orders,
  without,
  seed: 7,
  faults: { killings: 2, brokerRestarts: 1, brokerDeaths: 1 },
  copies: {
    'order-service': 2,
    'inventory-service': 4,
    'payment-service': 1,
    'shipping-service': 1,
    'notification-service': 1,
    'analytics-service': 1,
    'audit-service': 1,
  },
  tell: (line) => lines.push(line),
});

const told = ({ results, counts }: ChaosReport): string =>
  [JSON.stringify(counts), ...lines, tableOf(results)].join('\n');

const missing = (['kafka', 'rabbitmq', 'postgresql'] as const).flatMap(
  (name) => {
    const found = findBroker(name);
    if (found.status === 'private') return [];
    return found.status === 'missing'
      ? [found.remedy]
      : [`It stops its server: unset ${found.variable}.`];
  },
);
const isInCi = (process.env['CI'] ?? '') !== '';
if (missing.length > 0)
  process.stderr.write(`skipped: the fault run. ${missing.join(' ')}\n`);

/** Without the servers the suite is skipped, and fails in CI. */
describe.skipIf(missing.length > 0 && !isInCi)('the fault run', () => {
  it.each([
    ['rabbitmq', 300],
    ['kafka', 150],
  ] as const)(
    'leaves nothing lost, doubled or out of order on %s',
    async (broker, orders) => {
      const report = await runChaos(optionsFor(broker, orders, null));
      expect(
        report.results.filter((result) => !holds(result)),
        told(report),
      ).toEqual([]);
    },
    900_000,
  );

  it.each([
    ['outbox', 'rabbitmq'],
    ['inbox', 'rabbitmq'],
    ['confirms', 'rabbitmq'],
    ['order', 'rabbitmq'],
  ] as const)(
    'fails without %s on %s, as it must',
    async (protection, broker) => {
      const report = await runChaos(optionsFor(broker, 200, protection));
      expect(hasFailedFor(protection, report), told(report)).toBe(true);
    },
    900_000,
  );
});
