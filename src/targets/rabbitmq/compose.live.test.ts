// The compose file and the page beside it, as a person on a new machine would follow them.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { afterAll, expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import {
  startComposedRabbitmq,
  type ComposedRabbitmq,
} from '../../testing/composed-rabbitmq.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';
import { commandsUnder } from '../../testing/readme-commands.ts';

const folder = writeRabbitmqFolder(ordersModel(rabbitmqRelease()));
const readme = readFileSync(join(folder.path, 'README.md'), 'utf8');
// What a person types between the quotes: any character, as a password generator gives it.
const passwordOf = (name: string): string => `p"a\\s $ #${name}`;

describeWithBroker('rabbitmq', 'the compose project of RabbitMQ', () => {
  let composed: ComposedRabbitmq | null = null;
  const node = (): ComposedRabbitmq => {
    if (composed === null) throw new Error('not started');
    return composed;
  };
  afterAll(async () => {
    await composed?.close();
    folder.remove();
  });

  it('does not start before every password is filled in', async () => {
    const [copy = ''] = commandsUnder(readme, 'Start it here');
    execFileSync('sh', ['-c', copy], { cwd: folder.path });
    await expect(startComposedRabbitmq(folder.path)).rejects.toThrow(
      'RABBITMQ_ADMIN_PASSWORD: set it in .env, see .env.example',
    );
  });

  it('comes up and gets its definitions by the commands of the page, with the files as they are', async () => {
    const file = join(folder.path, '.env');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll(
        /^(\w+)=''$/gm,
        (_, name: string) => `${name}='${passwordOf(name)}'`,
      ),
    );
    const [, ...commands] = commandsUnder(readme, 'Start it here');
    expect(commands).toEqual([
      'docker compose up --wait rabbitmq',
      'docker compose up definitions',
    ]);
    composed = await startComposedRabbitmq(folder.path);
    await node().waitHealthy();
    const { exchanges, queues } = folder.topology;
    expect(await node().applyDefinitions()).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        new RegExp(
          `${exchanges.length} exchanges and ${queues.length} queues are there\\n$`,
        ),
      ) as string,
    });
    expect(await node().applyDefinitions()).toMatchObject({ code: 0 });
  }, 300_000);

  it('lets the administrator into the management page, a service into its virtual host, and nobody else', async () => {
    const page = await fetch(`http://${node().addressOf(15_672)}/api/whoami`, {
      headers: {
        authorization: `Basic ${Buffer.from(`admin:${passwordOf('RABBITMQ_ADMIN_PASSWORD')}`).toString('base64')}`,
      },
    });
    expect(await page.json()).toMatchObject({
      name: 'admin',
      tags: ['administrator'],
    });
    const addressFor = (user: string, password: string): string =>
      `amqp://${user}:${encodeURIComponent(password)}@${node().addressOf(5672)}/orders`;
    await (
      await connect(
        addressFor('shipping', passwordOf('RABBITMQ_PASSWORD_SHIPPING')),
      )
    ).close();
    await expect(connect(addressFor('guest', 'guest'))).rejects.toThrow(
      'ACCESS_REFUSED',
    );
  });

  it('gives metrics at every address that the page names', async () => {
    const addresses = [
      ...readme.matchAll(/<http:\/\/localhost:15692([^>]*)>/g),
    ].map(([, path = '']) => path);
    expect(addresses).toHaveLength(2);
    const texts = await Promise.all(
      addresses.map(async (path) =>
        (await fetch(`http://${node().addressOf(15_692)}${path}`)).text(),
      ),
    );
    expect(texts[0]).toContain('rabbitmq_build_info');
    expect(texts[1]).toContain('rabbitmq_detailed_queue_consumers');
  });
});
