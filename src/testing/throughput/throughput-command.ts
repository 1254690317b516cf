// `npm run bench:code`: how much of the bare client's throughput the generated code keeps.
import { parseArgs } from 'node:util';
import { randomUUID } from 'node:crypto';
import { createPrivateFolder } from '../brokers/private-folder.ts';
import type { ChaosBroker } from '../chaos/chaos-broker.ts';
import { buildProject } from '../chaos/chaos-project.ts';
import { startKafkaForChaos } from '../chaos/kafka-chaos-broker.ts';
import { privateNodeModel } from '../chaos/private-node-model.ts';
import { startRabbitmqForChaos } from '../chaos/rabbitmq-chaos-broker.ts';
import { planCode } from '../generated-project.ts';
import { readFixture } from '../load-model.ts';
import { startPostgres } from '../brokers/postgres.ts';
import { bareAmqplib } from './bare-amqplib.ts';
import { type BareEffect, bareEffect } from './bare-effect.ts';
import { bareKafkajs } from './bare-kafkajs.ts';
import { eventType } from './bare-message.ts';
import { scaffoldSide } from './scaffold.ts';
import { meter, type OrderData, type Side, type Spent } from './side.ts';

const brokers = ['kafka', 'rabbitmq'] as const;
type BrokerName = (typeof brokers)[number];

/** What the ratio must not fall below. */
const least = 0.8;

/** One path of one broker: messages per second of both sides, and the median of the rounds' ratios. */
interface Measured {
  readonly path: string;
  /** What the ratio must not fall below; null for what is told for information. */
  readonly least: number | null;
  readonly scaffold: number;
  readonly bare: number;
  readonly ratio: number;
  /** Time of the processor for one message, in microseconds. */
  readonly cpu: { readonly scaffold: number; readonly bare: number };
}

/** Measures as the arguments say; answers the exit code. */
export async function throughputCommand(
  args: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      broker: { type: 'string' },
      messages: { type: 'string', default: '3000' },
      rounds: { type: 'string', default: '5' },
      check: { type: 'boolean', default: false },
    },
  });
  const measured: Measured[] = [];
  for (const broker of brokers) {
    if (values.broker !== undefined && values.broker !== broker) continue;
    measured.push(
      ...(await measureBroker(broker, {
        messages: Number(values.messages),
        rounds: Number(values.rounds),
      })),
    );
  }
  print(
    '| path | generated code, messages/s | bare client, messages/s | ratio | at least | processor, µs a message |',
  );
  print('| --- | --: | --: | --: | --: | --: |');
  for (const { path, scaffold, bare, ratio, cpu, least } of measured)
    print(
      `| ${path} | ${scaffold.toFixed(0)} | ${bare.toFixed(0)} | ${ratio.toFixed(2)} | ${least === null ? '-' : String(least)} | ${cpu.scaffold.toFixed(0)} / ${cpu.bare.toFixed(0)} |`,
    );
  const isBelow = measured.some(
    ({ ratio, least }) => least !== null && ratio < least,
  );
  return values.check && isBelow ? 1 : 0;
}

interface Amount {
  readonly messages: number;
  readonly rounds: number;
}

async function measureBroker(
  name: BrokerName,
  amount: Amount,
): Promise<readonly Measured[]> {
  const model = privateNodeModel(readFixture('throughput', 'spec.yaml'), name);
  const folder = createPrivateFolder('throughput');
  const postgres = await startPostgres();
  try {
    buildProject(
      folder.path,
      new Map(
        [...planCode(model)].map(([path, { content }]) => [path, content]),
      ),
    );
    const start = name === 'kafka' ? startKafkaForChaos : startRabbitmqForChaos;
    const broker = await start(model);
    try {
      const scaffold = await scaffoldSide(folder.path, broker, postgres.url());
      const bare = await bareSide(broker, await bareEffect(postgres.url()));
      const measured = await compare(name, { scaffold, bare }, amount);
      await scaffold.close();
      await bare.close();
      return measured;
    } finally {
      await broker.close();
    }
  } finally {
    await postgres.close();
    await folder.close();
  }
}

async function bareSide(
  broker: ChaosBroker,
  effect: BareEffect,
): Promise<Side> {
  const publisher = broker.loginOf('orders');
  const consumer = broker.loginOf('bare');
  const group = `bare.${eventType}`;
  if (broker.kind === 'rabbitmq')
    return bareAmqplib({
      publisher: publisher.url,
      consumer: consumer.url,
      queue: group,
      effect,
    });
  const loginOf = ({ url, environment }: typeof publisher) => ({
    brokers: url.split(','),
    sasl: {
      mechanism: 'scram-sha-512' as const,
      username: environment['KAFKA_USERNAME'] ?? '',
      password: environment['KAFKA_PASSWORD'] ?? '',
    },
  });
  return bareKafkajs({
    publisher: loginOf(publisher),
    consumer: loginOf(consumer),
    groupId: group,
    effect,
  });
}

interface Sides {
  readonly scaffold: Side;
  readonly bare: Side;
}

/** Both sides take turns, and the one that begins changes, so that what else the machine does meets both. */
async function compare(
  name: BrokerName,
  sides: Sides,
  { messages, rounds }: Amount,
): Promise<readonly Measured[]> {
  const times = { publish: twoSides(), effect: twoSides(), read: twoSides() };
  // The first round warms both up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const turns: readonly (keyof Sides)[] =
      round % 2 === 0 ? ['scaffold', 'bare'] : ['bare', 'scaffold'];
    for (const what of ['effect', 'read'] as const) {
      const published = await inTurns(turns, async (side) => {
        const orders = Array.from({ length: messages }, orderData);
        const spent = meter();
        await sides[side].publish(orders);
        return spent();
      });
      // Each side has its own group, and each group has got the messages of both.
      const consumed = await inTurns(turns, async (side) =>
        sides[side].consume(messages * 2, what),
      );
      if (round === 0) continue;
      for (const side of turns) {
        times.publish[side].push(published[side]);
        times[what][side].push(consumed[side]);
      }
    }
  }
  return [
    result(`${name} publish`, times.publish, { messages, least }),
    result(`${name} consume, with inbox and effect`, times.effect, {
      messages: messages * 2,
      least,
    }),
    result(`${name} consume, nothing done`, times.read, {
      messages: messages * 2,
      least: null,
    }),
  ];
}

interface TwoSides {
  readonly scaffold: Spent[];
  readonly bare: Spent[];
}

const twoSides = (): TwoSides => ({ scaffold: [], bare: [] });

/** Lets both sides do a piece of work, one after the other. */
async function inTurns(
  turns: readonly (keyof Sides)[],
  work: (side: keyof Sides) => Promise<Spent>,
): Promise<Readonly<Record<keyof Sides, Spent>>> {
  const nothing: Spent = { wallMs: 0, cpuMs: 0 };
  const spent = { scaffold: nothing, bare: nothing };
  for (const side of turns) spent[side] = await work(side);
  return spent;
}

function result(
  path: string,
  times: TwoSides,
  {
    messages,
    least,
  }: { readonly messages: number; readonly least: number | null },
): Measured {
  const perSecond = (spent: readonly Spent[]): number =>
    (messages * 1000) / median(spent.map(({ wallMs }) => wallMs));
  const cpuOf = (spent: readonly Spent[]): number =>
    (median(spent.map(({ cpuMs }) => cpuMs)) * 1000) / messages;
  const ratios = times.scaffold.map(
    ({ wallMs }, at) => (times.bare[at]?.wallMs ?? 0) / wallMs,
  );
  return {
    path,
    least,
    scaffold: perSecond(times.scaffold),
    bare: perSecond(times.bare),
    ratio: median(ratios),
    cpu: { scaffold: cpuOf(times.scaffold), bare: cpuOf(times.bare) },
  };
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((left, right) => left - right)[
    Math.floor(numbers.length / 2)
  ] ?? 0;

const orderData = (): OrderData => ({
  orderId: randomUUID(),
  userId: randomUUID(),
  items: [
    { sku: 'A-1', quantity: 2, price: 950 },
    { sku: 'B-2', quantity: 1, price: 200 },
    { sku: 'C-3', quantity: 5, price: 125 },
  ],
  total: 2725,
});
