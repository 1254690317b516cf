// The tasks of a generated project as people start them: on a running RabbitMQ with the rights that are generated, and
// against what is not there.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GetMessage } from 'amqplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAs, type AmqpSession } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import { linkPackages } from '../../testing/code-packages.ts';
import { compileProject } from '../../testing/compile-project.ts';
import { loadGeneratedConsumers } from '../../testing/generated-consumers.ts';
import { planCode, writeProject } from '../../testing/generated-project.ts';
import { checkText, modelOf, readFixture } from '../../testing/load-model.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';

const read = modelOf(
  checkText(readFixture('apply', 'screens.yaml'), 'rabbitmq'),
);
const model = {
  ...read,
  broker: {
    ...read.broker,
    version: { ...read.broker.version, value: rabbitmqRelease() },
  },
};
const group = 'screens.order-list';
const project = mkdtempSync(join(tmpdir(), 'event-arch-replay-'));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: readonly string[];
}

/** Starts the process with these words, as `npm run` does after the build. */
const start = async (
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Run> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['dist/main.js', ...words],
      {
        cwd: project,
        timeout: 60_000,
        env: { PATH: process.env['PATH'] ?? '', ...environment },
      },
      (_error, out, err) =>
        resolve({
          code: child.exitCode ?? -1,
          out,
          err: err.split('\n').filter((line) => line !== ''),
        }),
    );
  });

/** The one line that a process ends with. Fails when it said more, or was not at its end. */
function lastWords({ code, err }: Run): string {
  expect(code).toBe(1);
  expect(err).toHaveLength(1);
  return (JSON.parse(err[0] ?? '{}') as { error: string }).error;
}

beforeAll(() => {
  writeProject(project, planCode(model));
  linkPackages(project);
  expect(compileProject(project)).toEqual([]);
}, 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('a generated project that is started without what it needs', () => {
  it('says in one line that the broker is not there', async () => {
    const run = await start(['replay', group], {
      BROKER: 'rabbitmq',
      BROKER_URL: 'amqp://screens:x@127.0.0.1:1/screens',
    });
    expect(lastWords(run)).toContain('ECONNREFUSED');
  });

  it('makes the folders of its database', async () => {
    const run = await start(['replay', group], {
      DATABASE_DIR: join(project, 'not', 'there', 'yet'),
    });
    expect(run).toEqual({
      code: 0,
      out: `${group}: 0 replayed, 0 failed again\n`,
      err: [],
    });
  });
});

const folder = writeRabbitmqFolder(model);
const { vhost } = folder.topology;

describeWithBroker('rabbitmq', 'a replay on a running RabbitMQ', (server) => {
  let admin: AmqpSession;
  beforeAll(async () => {
    const run = await folder.apply(server());
    if (run.code !== 0) throw new Error(run.stderr);
    admin = await connectAs(server(), folder);
  });
  afterAll(async () => {
    await admin.close();
    folder.remove();
  });

  const urlOf = (user: string): string =>
    server().amqpUrl({
      username: user,
      password: folder.passwords[user] ?? '',
      vhost,
    });
  const replayAs = (user: string): Promise<Run> =>
    start(['replay', group], { BROKER: 'rabbitmq', BROKER_URL: urlOf(user) });
  const letter = JSON.stringify({
    specversion: '1.0',
    id: '1',
    source: 'orders',
    type: 'order.created',
    time: '2026-01-31T12:00:00Z',
    datacontenttype: 'application/json',
    dataschema: 'urn:event-arch:screens:order.created:v1',
    correlationid: '1',
    data: { orderId: '7b0f6f2e-8c1e-4f0e-9a58-1f8f6d1c2a33' },
  });

  it('is done with the login of the service whose group it is', async () => {
    await admin.publish({
      exchange: 'dead-letters',
      routingKey: group,
      body: letter,
      headers: { 'x-type': 'order.created', 'x-channel': 'order.created' },
    });
    expect(await replayAs('screens')).toEqual({
      code: 0,
      out: `${group}: 1 replayed, 0 failed again\n`,
      err: [],
    });
  });

  it('is refused to another service, in one line', async () => {
    const said = lastWords(await replayAs('orders'));
    expect(said).toContain('ACCESS_REFUSED');
    expect(said).toContain(`${group}.dlq`);
  });

  it('sets a message aside with the properties that it had', async () => {
    const generated = await loadGeneratedConsumers(model);
    const broker = await generated.connect({
      url: urlOf('screens'),
      clientId: 'screens',
      environment: {},
    });
    const consumer = await broker.subscribe(
      generated.subscriptionOf(group),
      () => Promise.reject(generated.permanentError('no')),
    );
    await admin.publish({
      exchange: 'order.created',
      routingKey: 'order.created',
      body: 'bare',
    });
    const channel = await admin.channel();
    const parked: GetMessage[] = [];
    await expect
      .poll(
        async () => {
          const message = await channel.get(`${group}.dlq`, { noAck: true });
          if (message !== false) parked.push(message);
          return parked.length;
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    const [{ content, properties } = {}] = parked;
    expect(content?.toString()).toBe('bare');
    expect(properties?.messageId).toBeUndefined();
    expect(properties?.contentType).toBeUndefined();
    await channel.close();
    await consumer.stop();
    await broker.close();
    generated.remove();
  });

  it('outlives a connection that is lost when a consumer starts', async () => {
    const way = await openWay(new URL(urlOf('screens')).port);
    const url = new URL(urlOf('screens'));
    url.port = String(way.port);
    const generated = await loadGeneratedConsumers(model);
    const broker = await generated.connect({
      url: url.href,
      clientId: 'screens',
      environment: {},
    });
    const handled: string[] = [];
    way.cut();
    const consumer = await broker.subscribe(
      generated.subscriptionOf(group),
      ({ body }) => {
        handled.push(body);
        return Promise.resolve();
      },
    );
    await admin.publish({
      exchange: 'order.created',
      routingKey: 'order.created',
      body: 'after',
    });
    await expect.poll(() => handled, { timeout: 20_000 }).toEqual(['after']);
    await consumer.stop();
    await broker.close();
    way.close();
    generated.remove();
  });
});

/** A way to the broker that can be cut: connections break, and new ones are let through. */
async function openWay(port: string): Promise<{
  readonly port: number;
  readonly cut: () => void;
  readonly close: () => void;
}> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const cut = (): void => open.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    close: () => {
      cut();
      server.close();
    },
  };
}
