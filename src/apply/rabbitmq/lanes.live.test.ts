import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { onInstalledRabbitmq } from '../../testing/brokers/rabbitmq-installation.ts';
import type { Rabbitmq } from '../../testing/brokers/rabbitmq.ts';
import {
  differencesOf,
  readPlan,
  runCli,
  type CliResult,
  type ToldPlan,
} from '../../testing/cli-run.ts';
import { keyHeaders } from '../../testing/key-headers.ts';
import { checkText, modelOf, readFixture } from '../../testing/load-model.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';

const text = onInstalledRabbitmq(readFixture('apply', 'lanes.yaml'));
const folder = mkdtempSync(join(tmpdir(), 'event-arch-lanes-'));
const textWith = (lanes: number): string =>
  text.replace('hashPartitions: 3', `hashPartitions: ${lanes}`);
const spec = (lanes: number): string => {
  const file = join(folder, `${lanes}.yaml`);
  writeFileSync(file, textWith(lanes));
  return file;
};

const spread = 'shipping.order.lanes';
const slots = 24;
const laneOf = (slot: number, lanes: number): string =>
  `shipping.order.lane.${slot % lanes}`;

interface LiveBinding {
  readonly destination: string;
  readonly properties_key: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

interface Publishing {
  /** Stops; answers the texts that were confirmed. */
  readonly stop: () => Promise<readonly string[]>;
}

/** Publishes one key after the other, each with its confirm. */
async function publishing(server: Rabbitmq): Promise<Publishing> {
  const connection = await connect(server.amqpUrl({ vhost: 'lanes' }));
  const channel = await connection.createConfirmChannel();
  const confirmed: string[] = [];
  const stopping = new AbortController();
  const work = (async (): Promise<void> => {
    for (let at = 0; !stopping.signal.aborted; at += 1) {
      const body = `key-${at % 60} ${at}`;
      channel.publish('order', 'order.paid', Buffer.from(body), {
        persistent: true,
        headers: keyHeaders(`key-${at % 60}`, slots),
      });
      await channel.waitForConfirms();
      confirmed.push(body);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await work;
      await connection.close();
      return confirmed;
    },
  };
}

describeWithBroker('rabbitmq', 'lanes under plan and apply', (server) => {
  const variables = (): Readonly<Record<string, string>> => ({
    RABBITMQ_URL: server().managementUrl,
    RABBITMQ_ADMIN_USER: server().admin.username,
    RABBITMQ_ADMIN_PASSWORD: server().admin.password,
    RABBITMQ_PASSWORD_ORDERS: 'orders',
    RABBITMQ_PASSWORD_SHIPPING: 'shipping',
  });
  const cli = async (
    command: string,
    lanes: number,
    argv: readonly string[] = [],
  ): Promise<CliResult> =>
    runCli([command, spec(lanes), '--env', 'dev', ...argv], variables());
  const told = async (lanes: number): Promise<ToldPlan> =>
    readPlan(await cli('plan', lanes, ['--format', 'json']));
  const bindings = async (): Promise<readonly LiveBinding[]> => {
    const { body } = await server().management(
      'GET',
      `/api/exchanges/lanes/${spread}/bindings/source`,
    );
    return body as readonly LiveBinding[];
  };
  /** Every slot, and the lanes that it leads to. */
  const places = async (): Promise<readonly string[]> =>
    (await bindings())
      .map(
        ({ destination, arguments: given }) =>
          `${String(given['partition']).padStart(2, '0')} ${destination}`,
      )
      .sort();
  const wanted = (lanes: number): readonly string[] =>
    Array.from(
      { length: slots },
      (_, slot) => `${String(slot).padStart(2, '0')} ${laneOf(slot, lanes)}`,
    );
  const bindBy = async (
    queue: string,
    given: Readonly<Record<string, unknown>>,
  ): Promise<void> => {
    const { status } = await server().management(
      'POST',
      `/api/bindings/lanes/e/${spread}/q/${queue}`,
      { body: { routing_key: '', arguments: given } },
    );
    expect(status).toBe(201);
  };
  const takeAll = async (queue: string): Promise<readonly string[]> => {
    const connection = await connect(server().amqpUrl({ vhost: 'lanes' }));
    const channel = await connection.createChannel();
    const { messageCount } = await channel.checkQueue(queue);
    const texts: string[] = [];
    await channel.consume(
      queue,
      (message) => texts.push(message?.content.toString() ?? ''),
      { noAck: true },
    );
    await expect
      .poll(() => texts.length, { timeout: 60_000 })
      .toBeGreaterThanOrEqual(messageCount);
    await connection.close();
    return texts;
  };

  beforeAll(async () => {
    expect((await cli('apply', 3, ['--yes'])).code).toBe(0);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('binds each slot to one lane, and finds nothing to do afterwards', async () => {
    expect(await places()).toEqual(wanted(3));
    expect(await cli('plan', 3)).toMatchObject({ code: 0, err: '' });
  });

  it('names a slot that was bound twice or let go by hand, and mends it alone', async () => {
    await bindBy(laneOf(1, 3), { 'x-match': 'all', partition: '5' });
    const [gone] = (await bindings()).filter(
      ({ arguments: given }) => given['partition'] === '7',
    );
    await server().management(
      'DELETE',
      `/api/bindings/lanes/e/${spread}/q/${gone?.destination ?? ''}/${encodeURIComponent(gone?.properties_key ?? '')}`,
    );
    const plan = await told(3);
    expect(plan.differences).toMatchObject([
      {
        action: 'change',
        kind: 'slots',
        name: spread,
        settings: [{ key: 'slot 5' }, { key: 'slot 7' }],
      },
    ]);
    const { out } = await cli('plan', 3);
    expect(out).toContain(
      `slot 5: "${laneOf(1, 3)} and ${laneOf(5, 3)}" -> "${laneOf(5, 3)}"`,
    );
    expect(out).toContain('slot 7: not set -> ');
    expect((await cli('apply', 3, ['--yes'])).code).toBe(0);
    expect(await places()).toEqual(wanted(3));
  });

  it('leaves a binding of another shape until it is named by its arguments', async () => {
    await bindBy(laneOf(0, 3), { 'x-match': 'any', colour: 'red' });
    const name = `binding/${spread} -> queue ${laneOf(0, 3)} () {"colour":"red","x-match":"any"}`;
    expect(differencesOf(await told(3))).toEqual([`extra ${name}`]);
    expect((await cli('apply', 3, ['--yes'])).code).toBe(1);
    expect(await bindings()).toHaveLength(slots + 1);
    expect((await cli('apply', 3, ['--yes', '--delete', name])).code).toBe(0);
    expect(await places()).toEqual(wanted(3));
  });

  it('moves slots to a new lane while services publish, and loses no message', async () => {
    const publisher = await publishing(server());
    const plan = await cli('plan', 4);
    expect(plan.out).toContain('Keys move to other lanes.');
    expect(plan.out).toContain(
      `slot 3: "${laneOf(3, 3)}" -> "${laneOf(3, 4)}"`,
    );
    const applied = await cli('apply', 4, ['--yes']);
    const confirmed = await publisher.stop();
    expect(applied).toMatchObject({ code: 0, err: '' });
    expect(applied.out).toContain(`changed slots ${spread}`);
    expect(await places()).toEqual(wanted(4));
    expect((await told(4)).differences).toEqual([]);
    const found = new Set<string>();
    for (let lane = 0; lane < 4; lane += 1)
      for (const body of await takeAll(laneOf(lane, 4))) found.add(body);
    expect(confirmed.length).toBeGreaterThan(0);
    expect(confirmed.filter((body) => !found.has(body))).toEqual([]);
    expect(await takeAll('unrouted')).toEqual([]);
  }, 180_000);

  it('refuses to import definitions with another number of lanes, and changes nothing', async () => {
    const five = writeRabbitmqFolder(
      modelOf(checkText(textWith(5), 'rabbitmq')),
    );
    try {
      const run = await five.apply(server());
      expect(run.code).toBe(1);
      expect(run.stderr).toContain(`4 -> ${laneOf(0, 4)}\n`);
      expect(run.stderr).toContain('Nothing was changed.');
      expect(await places()).toEqual(wanted(4));
      expect((await told(4)).differences).toEqual([]);
    } finally {
      five.remove();
    }
  });

  it('keeps what waits in a lane that is no longer wanted, and tells it', async () => {
    const publisher = await publishing(server());
    await new Promise((resolve) => setTimeout(resolve, 500));
    await publisher.stop();
    expect((await cli('apply', 3, ['--yes'])).code).toBe(1);
    expect(await places()).toEqual(wanted(3));
    expect(differencesOf(await told(3))).toEqual([
      `extra queue/${laneOf(3, 4)}`,
    ]);
    expect((await takeAll(laneOf(3, 4))).length).toBeGreaterThan(0);
  });
});
