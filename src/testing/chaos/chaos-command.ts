// `npm run chaos`: one fault run, or the proof that each protection is needed.
import { parseArgs } from 'node:util';
import { type CheckName, holds, tableOf } from './check.ts';
import type { FaultPlan } from './faults.ts';
import { type ChaosOptions, type ChaosReport, runChaos } from './run-chaos.ts';
import { type Protection, protections } from './sabotage.ts';

/** What a run without a protection must fail at least one of. */
export const failsWithout: Readonly<Record<Protection, readonly CheckName[]>> =
  {
    outbox: ['sagas-ended', 'events-handled', 'natural-effects'],
    inbox: ['effects-once'],
    confirms: ['sagas-ended', 'events-handled', 'commands-handled'],
    order: ['order-per-key', 'projection-order'],
  };

const brokers = ['kafka', 'rabbitmq'] as const;

/** As the spec declares for the inventory; of the others as many as show what copies do. */
export const fullFleet = {
  'order-service': 2,
  'inventory-service': 4,
  'payment-service': 2,
  'shipping-service': 1,
  'notification-service': 1,
  'analytics-service': 1,
  'audit-service': 2,
};

/** How many faults a run of this size meets. */
export const faultsFor = (orders: number): FaultPlan => ({
  killings: Math.max(2, Math.round(orders / 400)),
  brokerRestarts: Math.max(1, Math.round(orders / 2000)),
  brokerDeaths: Math.max(1, Math.round(orders / 2000)),
});

/** Tells whether a run without a protection has failed as it must. */
export const hasFailedFor = (
  protection: Protection,
  { results }: ChaosReport,
): boolean =>
  results.some(
    (result) =>
      failsWithout[protection].includes(result.name) && result.wrong > 0,
  );

type Print = (line: string) => void;

/** Runs as the arguments say; answers the exit code. */
export async function chaosCommand(
  args: readonly string[],
  print: Print,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      broker: { type: 'string', default: 'rabbitmq' },
      orders: { type: 'string' },
      without: { type: 'string' },
      seed: { type: 'string', default: '1' },
      prove: { type: 'boolean', default: false },
    },
  });
  const broker = brokers.find((name) => name === values.broker);
  const without = protections.find((name) => name === values.without) ?? null;
  const orders = Number(values.orders ?? (values.prove ? 300 : 5000));
  if (
    broker === undefined ||
    !Number.isInteger(orders) ||
    orders < 1 ||
    (values.without !== undefined && without === null)
  ) {
    print(
      'npm run chaos -- [--broker kafka|rabbitmq] [--orders 5000] [--seed 1] [--without outbox|inbox|confirms|order] [--prove]',
    );
    return 2;
  }
  const startedAt = performance.now();
  const options: ChaosOptions = {
    broker,
    orders,
    without,
    seed: Number(values.seed),
    faults: faultsFor(orders),
    copies: fullFleet,
    tell: (line) =>
      print(
        `${((performance.now() - startedAt) / 1000).toFixed(0)} s  ${line}`,
      ),
  };
  return values.prove
    ? prove(options, print)
    : show(await runChaos(options), print);
}

function show({ results, counts }: ChaosReport, print: Print): number {
  print('');
  for (const [name, count] of Object.entries(counts))
    print(`${name}: ${String(count)}`);
  print(`\n${tableOf(results)}`);
  return results.every(holds) ? 0 : 1;
}

/** Each protection taken out in turn: every run must fail, at what the protection is there for. */
async function prove(options: ChaosOptions, print: Print): Promise<number> {
  let isProven = true;
  for (const without of protections) {
    print(`\nwithout ${without}`);
    const report = await runChaos({ ...options, without });
    show(report, print);
    const hasFailed = hasFailedFor(without, report);
    isProven &&= hasFailed;
    print(
      hasFailed
        ? `without ${without} the run fails, as it must`
        : `without ${without} THE RUN DOES NOT FAIL AS IT MUST`,
    );
  }
  return isProven ? 0 : 1;
}
